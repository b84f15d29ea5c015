"""Axe finds nothing on any page, light and dark, desk and phone, nor in the dialog."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.browser.conftest import CLUJ, Open
from tests.web.pages import CITY_PAGES

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": WCAG}}
PATHS = [f"/ro/cities/cluj-napoca/{page}" for page in CITY_PAGES] + [
    "/en/",
    "/en/verify/",
    "/en/cities/atac/",
    "/en/cities/cluj-napoca/number/buildings.2021/",
    "/en/cities/cluj-napoca/pathway/?electricity=0.27746",
]


def found(page: object) -> list[str]:
    results = Axe().run(page, options=OPTIONS)  # type: ignore[arg-type]
    return [
        f"{each['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for each in results.response["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(open_page: Open, path: str, theme: str) -> None:
    assert found(open_page(path, theme=theme)) == []


@pytest.mark.parametrize("page", CITY_PAGES)
def test_axe_finds_nothing_on_a_phone(open_page: Open, page: str) -> None:
    assert found(open_page(CLUJ + page, width=360)) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_after_a_number_was_opened(open_page: Open, theme: str) -> None:
    page = open_page(CLUJ + "inventory/", theme=theme)
    page.locator("a[data-number]", has_text="641.750").first.click()
    page.locator("#number-dialog .number-total").wait_for()
    assert found(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_opened_tables(open_page: Open, theme: str) -> None:
    page = open_page(CLUJ + "contract/", theme=theme)
    page.locator("summary", has_text="B-2.2").first.click()
    page.locator("summary", has_text="A-1.4").first.click()
    assert found(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_beside_an_error(open_page: Open, theme: str) -> None:
    page = open_page("/en/verify/", theme=theme)
    # 422 is the answer a wrong form deserves; the browser logs it, which is not a fault here.
    page.route("**/verify/", lambda route: answer_as_200(route))
    page.locator("textarea").fill("{")
    page.get_by_role("button", name="Verify").click()
    page.locator(".field-error").wait_for()
    assert found(page) == []


def answer_as_200(route: object) -> None:
    response = route.fetch()  # type: ignore[attr-defined]
    route.fulfill(response=response, status=200)  # type: ignore[attr-defined]
