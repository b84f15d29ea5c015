"""Walking by keyboard alone: where the focus is, and that one sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Empty where the focus is on something that is drawn and marked; else what is wrong with it.
SEEN = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return 'nothing has the focus';
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== 'none';
  if (box.width && box.height && marked) return '';
  return 'not seen: ' + at.outerHTML.slice(0, 160);
}"""
HAS_FOCUS = "each => each === document.activeElement"
MOST_STOPS = 150


def assert_focus_is_seen(page: Page) -> None:
    """Something has the focus, and it is marked."""
    assert page.evaluate(SEEN) == "", page.url


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has the focus; every stop on the way can be seen."""
    target.wait_for()
    for _ in range(MOST_STOPS):
        if target.evaluate(HAS_FOCUS):
            return
        page.keyboard.press(key)
        assert_focus_is_seen(page)
    raise AssertionError(f"{MOST_STOPS} tabs do not reach {target} on {page.url}")


def enter(page: Page, target: Locator) -> None:
    """Go there by Tab and press Enter."""
    tab_to(page, target)
    page.keyboard.press("Enter")


def type_into(page: Page, target: Locator, text: str) -> None:
    """Go there by Tab, and write in the place of what stands there."""
    tab_to(page, target)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
