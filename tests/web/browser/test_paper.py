"""On A4 paper nothing is cut off at the side, and nothing is printed that only a screen can use."""

from __future__ import annotations

import pytest

from tests.web.browser.conftest import CLUJ, Open

pytestmark = pytest.mark.browser
# 210 mm less two margins of 12 mm, at 96 pixels an inch.
PAPER = int((210 - 24) / 25.4 * 96)
SCREEN_ONLY = ".site-nav, .site-tools, .city-nav, .table-files, .foot-help, .btn, main form"


@pytest.mark.slow
@pytest.mark.parametrize("page_of", ["", "inventory/", "pathway/", "investment/", "contract/"])
def test_a_page_fits_on_paper(open_page: Open, page_of: str) -> None:
    page = open_page(CLUJ + page_of, width=PAPER, theme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    assert page.locator(SCREEN_ONLY).filter(visible=True).all_inner_texts() == []
    # Ink on white paper, whatever the theme on the screen.
    assert (
        page.locator("body").evaluate("each => getComputedStyle(each).color") == "rgb(29, 35, 39)"
    )
