"""The living charts: the server's numbers with tooltips, in both themes, at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import CLUJ, Open

pytestmark = pytest.mark.browser

# Page -> words that its living charts draw.
CHARTS = {
    "": ["1.167.223 t", "537.366 t", "217.466 t", "641.750", "Clădiri"],
    "inventory/": ["641.750 t", "303.478 t", "55 %"],
    "pathway/": ["−382.962 t", "+340.690 t", "−611.044 t"],
    "measures/": ["70.000 t", "5.1 Renovarea a 40.000 de apartamente"],
}


@pytest.mark.slow
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
@pytest.mark.parametrize("page", CHARTS)
def test_a_living_chart_takes_the_drawings_place(
    open_page: Open, page: str, width: int, theme: str
) -> None:
    opened = open_page(CLUJ + page, width=width, theme=theme, motion="no-preference")
    for figure in opened.locator("figure.picture").all():
        expect(figure.locator(".picture-live svg")).to_be_visible()
        expect(figure.locator(".picture-drawn")).to_be_hidden()
    drawn = opened.locator(".picture-live")
    for words in CHARTS[page]:
        expect(drawn.locator("text", has_text=words).first).to_be_attached()


@pytest.mark.slow
def test_a_tooltip_names_what_is_under_the_pointer(open_page: Open) -> None:
    page = open_page(CLUJ)
    chart = page.locator("#chart-pathway .picture-live")
    box = chart.bounding_box()
    assert box
    chart.hover(position={"x": box["width"] * 0.27, "y": box["height"] * 0.5})
    expect(chart).to_contain_text("Transport: 151.962 t")


@pytest.mark.slow
def test_the_theme_switch_draws_charts_again_and_is_remembered(open_page: Open) -> None:
    page = open_page(CLUJ)
    bar = page.locator("#chart-pathway .picture-live path[fill]")
    before = bar.evaluate_all("paths => paths.map(path => path.getAttribute('fill'))")
    toggle = page.locator("[data-theme-toggle]")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    after = bar.evaluate_all("paths => paths.map(path => path.getAttribute('fill'))")
    assert before != after
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


@pytest.mark.slow
def test_a_chart_follows_the_width_of_the_page(open_page: Open) -> None:
    page = open_page(CLUJ)
    chart = page.locator("#chart-pathway .picture-live svg")
    wide = chart.bounding_box()
    page.set_viewport_size({"width": 360, "height": 800})
    expect(chart).to_have_attribute("width", "328")
    narrow = chart.bounding_box()
    assert wide and narrow and narrow["width"] < wide["width"]


def test_charts_are_loaded_only_where_one_stands(open_page: Open) -> None:
    for path, count in ((CLUJ, 1), (CLUJ + "findings/", 0), ("/ro/verify/", 0)):
        assert open_page(path).locator("script[src$='charts.js']").count() == count


@pytest.mark.slow
def test_paper_gets_the_drawing_in_light_colours(open_page: Open) -> None:
    page = open_page(CLUJ, theme="dark")
    page.emulate_media(media="print")
    expect(page.locator(".picture-wide")).to_be_visible()
    expect(page.locator(".picture-live")).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", "rgb(251, 250, 247)")
    expect(page.locator(".city-nav")).to_be_hidden()
