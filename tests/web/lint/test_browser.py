"""The linter in a real browser: dropping, watching, leaving, keyboard, phone, screen reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.axe import faults, faults_in_every_look
from tests.web.browser.conftest import Open
from tests.web.lint.test_page import SLIP

pytestmark = pytest.mark.browser

PATIENCE_MS = 60_000
DROP = """(text) => {
  const given = new DataTransfer();
  given.items.add(new File([text], "contract.md", { type: "text/markdown" }));
  const area = document.querySelector("[data-drop]");
  for (const name of ["dragover", "drop"]) {
    const how = { dataTransfer: given, bubbles: true, cancelable: true };
    area.dispatchEvent(new DragEvent(name, how));
  }
}"""


def try_example(page: object) -> None:
    page.locator("button[name=example]").click()  # type: ignore[attr-defined]
    expect(page.locator("[data-report-title]")).to_be_visible(timeout=PATIENCE_MS)  # type: ignore[attr-defined]


@pytest.mark.slow
def test_a_dropped_file_is_checked_and_the_page_stays(open_page: Open) -> None:
    page = open_page("/en/lint/")
    page.evaluate(DROP, SLIP)
    expect(page.locator(".answer")).to_contain_text("1 finding in 1", timeout=PATIENCE_MS)
    assert page.url.endswith("/en/lint/")
    expect(page).to_have_title("Tables of contract.md · Vatra")
    expect(page.locator("[data-report-title]")).to_be_focused()


def test_marks_and_findings_lead_to_each_other_by_keyboard(open_page: Open) -> None:
    page = open_page("/ro/lint/")
    try_example(page)
    mark = page.locator("#cell-1")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#finding-1")).to_be_in_viewport()
    back = page.locator("#finding-1 a[href='#cell-1']")
    back.focus()
    page.keyboard.press("Enter")
    expect(mark).to_be_in_viewport()


@pytest.mark.slow
def test_long_work_says_what_it_does_and_can_be_left(open_page: Open, site: str) -> None:
    # A page of its own: a request that is broken off on purpose is no complaint.
    page = open_page("/en/lint/").context.new_page()
    page.goto(f"{site}/en/lint/")
    rows = "".join(f"| Row {at} | {at} | {at} | {2 * at} |\n" for at in range(40_000))
    head = "# Emissions (t)\n\n| Sector | Scope 1 | Scope 2 | Total |\n|---|---|---|---|\n"
    page.evaluate(DROP, head + rows)
    expect(page.locator("[data-step]")).to_contain_text("Reading the file", timeout=PATIENCE_MS)
    cancel = page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_focused()
    cancel.click()
    expect(page.locator("#lint-errors")).to_contain_text("Cancelled; nothing was stored.")
    expect(page.locator("[data-progress]")).to_be_hidden()
    try_example(page)


@pytest.mark.slow
def test_a_file_that_is_too_large_is_not_even_sent(open_page: Open) -> None:
    page = open_page("/en/lint/")
    page.locator("#lint-form").evaluate("form => { form.dataset.largestBytes = '10' }")
    page.evaluate(DROP, SLIP)
    expect(page.locator("#lint-errors")).to_contain_text("so it was not read")


@pytest.mark.slow
def test_a_fault_is_said_where_the_form_stands(open_page: Open) -> None:
    page = open_page("/ro/lint/")
    page.locator("#lint-text").fill("Doar cuvinte.")
    page.get_by_role("button", name="Verificați", exact=True).click()
    errors = page.locator("#lint-errors")
    expect(errors).to_contain_text("Nu conține niciun tabel.", timeout=PATIENCE_MS)
    expect(page.locator("#lint-text")).to_have_value("Doar cuvinte.")


@pytest.mark.slow
def test_without_scripts_the_form_is_a_plain_one(open_page: Open) -> None:
    page = open_page("/en/lint/", scripts=False)
    expect(page.locator("[data-drop-hint]")).to_be_hidden()
    try_example(page)
    page.get_by_role("button", name="Keep this report").click()
    expect(page.locator("#kept-url")).to_be_visible()
    page.get_by_role("button", name="Delete this report").click()
    expect(page.locator(".answer")).to_contain_text("The report is deleted")


@pytest.mark.slow
def test_axe_finds_nothing_and_nothing_moves_sideways(open_page: Open) -> None:
    page = open_page("/ro/lint/")
    assert faults(page) == []
    try_example(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert faults_in_every_look(page, themes_on_phone=True) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.slow
def test_on_a_phone_the_names_of_rows_stay(open_page: Open) -> None:
    page = open_page("/en/lint/", width=360)
    try_example(page)
    frame = page.locator("#table-3 .table-scroll")
    frame.scroll_into_view_if_needed()
    assert frame.evaluate("box => box.scrollWidth > box.clientWidth")
    frame.evaluate("box => { box.scrollLeft = 300 }")
    expect(frame.locator("tbody th").first).to_be_in_viewport()
