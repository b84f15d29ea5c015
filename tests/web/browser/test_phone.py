"""At 360 pixels no page moves sideways; wide tables scroll inside their own frame."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import CLUJ, Open
from tests.web.pages import CITY_PAGES

pytestmark = pytest.mark.browser

# In Romanian they are asked with axe.
PATHS = [f"/en/cities/cluj-napoca/{page}" for page in CITY_PAGES]


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        *PATHS,
        "/ro/",
        "/ro/verify/",
        "/en/cities/atac/measures/",
        "/en/cities/cluj-napoca/number/2021/",
        "/en/cities/cluj-napoca/pathway/?electricity=0.27746",
    ],
)
def test_the_page_does_not_move_sideways(open_page: Open, path: str) -> None:
    page = open_page(path, width=360)
    for details in page.locator("summary").all():
        details.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.slow
def test_a_wide_table_scrolls_in_its_frame_and_keeps_its_names(open_page: Open) -> None:
    page = open_page(CLUJ + "inventory/", width=360)
    frame = page.locator("#carriers .table-scroll")
    assert frame.evaluate("box => box.scrollWidth > box.clientWidth")
    frame.scroll_into_view_if_needed()
    frame.evaluate("box => { box.scrollLeft = 200 }")
    name = frame.locator("tbody th").first
    expect(name).to_be_in_viewport()
    frame.focus()
    expect(frame).to_be_focused()


@pytest.mark.slow
def test_the_dialog_fills_a_phone(open_page: Open) -> None:
    page = open_page(CLUJ + "inventory/", width=360)
    page.locator("#scopes-base a", has_text="479.160").click()
    dialog = page.locator("#number-dialog")
    expect(dialog.locator(".number-total")).to_contain_text("479.160")
    box = dialog.bounding_box()
    assert box and box["width"] == 360
    assert dialog.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_the_current_tab_can_be_reached(open_page: Open) -> None:
    page = open_page(CLUJ + "contract/", width=360)
    page.locator(".city-nav a").last.focus()
    expect(page.locator(".city-nav a").last).to_be_in_viewport()


def test_the_menu_of_the_site_hides_nothing(open_page: Open) -> None:
    page = open_page(CLUJ + "contract/", width=360)
    menu = page.locator(".site-nav")
    assert menu.evaluate("box => box.scrollWidth <= box.clientWidth")
    for link in menu.locator("a").all():
        expect(link).to_be_in_viewport(ratio=1)
    # The tabs of a city do not fit: a shade stands over the edge behind which there is more.
    tabs = page.locator(".city-nav")
    assert tabs.evaluate("box => box.scrollWidth > box.clientWidth")
    shades = tabs.evaluate("box => getComputedStyle(box).backgroundAttachment")
    assert shades == "local, local, scroll, scroll"
