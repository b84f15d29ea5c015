"""What a walk through all pages looks for on each: by keyboard, without scripts, after a swap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from tests.web.axe import COLOURS, faults, put_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

MOST_STOPS = 250
# So many keys are pressed before it is asked where they led.
AT_ONCE = 25
# Notes every stop: which one, whether it can be seen, whether it shows that one is there.
NOTE_STOPS = """() => {
  window.stops = []; window.round = false;
  document.addEventListener('focusin', ({target: here}) => {
    const look = getComputedStyle(here), box = here.getBoundingClientRect();
    const known = here.dataset.stop;
    // A day has three parts: the same field, thrice.
    if (known) { window.round ||= known !== String(window.stops.length - 1); return; }
    here.dataset.stop = String(window.stops.length);
    // The parts of a day show it themselves, inside the field.
    const seen = box.width * box.height > 0 && here.type !== 'date';
    const shows = look.outlineStyle !== 'none' || look.boxShadow !== 'none';
    window.stops.push(seen && !shows ? here.outerHTML.slice(0, 160) : '');
  });
}"""
# What a person could click: on show, not shut off, and one button of each group.
MISSED = """() => [...document
  .querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled
    && each.type !== 'hidden' && each.type !== 'radio' && each.tabIndex >= 0
    && !each.closest('details:not([open]) > :not(summary)') && !each.closest('dialog:not([open])'))
  .filter(each => !each.dataset.stop).map(each => each.outerHTML.slice(0, 160))"""
# Read in one go: each question on its own would wait for the browser once more.
READ = """main => ({
  words: main.innerText.trim().length,
  headings: main.querySelectorAll('h1').length,
  dead: main.querySelectorAll("a[href='#'], a[href='']").length,
  idle: [...main.querySelectorAll('button')]
    // A browser sends a form and opens a popover by itself.
    .filter(each => each.checkVisibility({visibilityProperty: true})
      && !(each.type === 'submit' && each.form) && !each.popoverTargetElement)
    .map(each => each.outerHTML.slice(0, 160)),
})"""


def faults_by_keyboard(page: Page) -> Iterator[str]:
    """Stops that do not show where one is, and what no stop reaches."""
    # A part that is asked for again and again would be another one each time.
    page.route("**/*", _not_a_part)
    page.evaluate(NOTE_STOPS)
    for _ in range(MOST_STOPS // AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.down("Tab")
        if page.evaluate("window.round"):
            break
    page.keyboard.up("Tab")
    stops = page.evaluate("window.stops")
    yield from (f"does not show where one is: {each}" for each in stops if each)
    if page.evaluate("window.round") or len(stops) < AT_ONCE:
        yield from (f"not reached by keyboard: {each}" for each in page.evaluate(MISSED))
    page.evaluate("document.activeElement.blur()")
    page.unroute("**/*", _not_a_part)


def _not_a_part(route: Route) -> None:
    if "hx-request" in route.request.headers:
        route.abort()
    else:
        route.continue_()


def faults_without_scripts(page: Page) -> Iterator[str]:
    """What a page opened without scripts lacks."""
    read = page.locator("main").evaluate(READ)
    if read["words"] < 20:
        yield "nothing to read without scripts"
    if read["headings"] != 1:
        yield f"{read['headings']} headings of the page"
    if read["dead"]:
        yield f"{read['dead']} links that lead nowhere"
    yield from (f"a button that does nothing without scripts: {each}" for each in read["idle"])


def _search(page: Page) -> Iterator[Locator]:
    page.locator("#q").fill("clădiri")
    yield page.locator("#results a").first


def _type_text(page: Page) -> Iterator[Locator]:
    page.locator("#text-ro").fill("**Rezumat** {{ total.2021 }} și {{ nimic }}.")
    yield page.locator("#preview-ro strong")
    page.locator("#figure-search").fill("total")
    yield page.locator("#figure-list > *").first


def _change_cell(page: Page) -> Iterator[Locator]:
    page.locator("#cell-2-amount a").press("Enter")
    field = page.locator("#cell-2-amount input[name=c-amount]")
    yield field
    field.fill("mult")
    field.press("Enter")
    yield page.locator("#cell-2-amount [role=alert]")
    field.fill("7")
    field.press("Enter")
    yield page.locator(".edit-effect > :is(p, ul)").first


def _open_number(page: Page) -> Iterator[Locator]:
    page.locator("main a[data-number]").first.click()
    yield page.locator("#number-dialog .number-total")


# Pages that exchange a part of themselves: what a person does there, and what comes of each deed.
SWAPS: Mapping[str, Callable[[Page], Iterator[Locator]]] = {
    "search:search": _search,
    "drafting:section": _type_text,
    "editing:table": _change_cell,
    "cities:inventory": _open_number,
}


def faults_after_swaps(name: str, page: Page) -> Iterator[str]:
    """What axe finds on a page, light and dark, after each part that came in place of another."""
    if name not in SWAPS:
        return
    page.set_viewport_size({"width": 1280, "height": 800})
    for turn, arrived in enumerate(SWAPS[name](page), start=1):
        arrived.wait_for()
        for each in faults(page):
            yield f"after swap {turn}: {each}"
        put_in(page, "dark")
        for each in faults(page, COLOURS):
            yield f"after swap {turn}, dark: {each}"
        put_in(page, "light")
