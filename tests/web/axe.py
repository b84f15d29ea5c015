"""What axe finds on a page, in every look that a page has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": WCAG}
# All that another theme can change: it moves nothing and renames nothing.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Only the faults leave the browser: what passes is a hundred times as much to carry.
RUN = "async only => (await axe.run({runOnly: only, resultTypes: ['violations']})).violations"


def faults(page: Page, only: dict[str, Any] = EVERYTHING) -> list[str]:
    """Every fault with its element and how to mend it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{each['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for each in page.evaluate(RUN, only)
        for node in each["nodes"]
    ]


def put_in(page: Page, theme: Literal["light", "dark"]) -> None:
    """Show the page in a theme. A busy browser may lose the first word of a change."""
    from playwright.sync_api import TimeoutError as Late

    if not page.locator("html[data-bs-theme]").count():
        # No script chooses: a page for the frames of other sites does as the browser says.
        return page.emulate_media(color_scheme=theme)
    shown = page.locator(f"html[data-bs-theme={theme}]")
    for _ in range(2):
        page.emulate_media(color_scheme=theme)
        try:
            return shown.wait_for(timeout=8000)
        except Late:
            page.emulate_media(color_scheme="light" if theme == "dark" else "dark")
    page.emulate_media(color_scheme=theme)
    return shown.wait_for()


UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"


def faults_in_every_look(page: Page, themes_on_phone: bool = False) -> dict[str, list[str]]:
    """Faults of a page opened on a desk in light: there, in the dark, and on a phone, where
    it may not move sideways either, all of it unfolded."""
    found = {"desk, light": faults(page)}
    put_in(page, "dark")
    found["desk, dark"] = faults(page, COLOURS)
    page.set_viewport_size({"width": 360, "height": 800})
    if themes_on_phone:
        found["phone, dark"] = faults(page, COLOURS)
    put_in(page, "light")
    found["phone, light"] = faults(page)
    page.evaluate(UNFOLD)
    width = page.evaluate("document.documentElement.scrollWidth")
    found["phone, unfolded"] = [] if width <= 360 else [f"moves sideways: {width} pixels wide"]
    return {look: each for look, each in found.items() if each}
