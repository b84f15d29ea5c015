"""Two people in one cell, by pointer and by keyboard; what is said about a number is heard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.journeys.conftest import Come, Visit
from tests.web.journeys.hands import assert_focus_is_seen, enter, tab_to
from tests.web.people.cast import member
from tests.web.workspace.conftest import ana, ion, poiana
from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.queries import head_of, sheet_of, versions

__all__ = ["ana", "ion", "poiana"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
WORK = "/en/cities/poiana/work/"
ENERGY = f"{WORK}tables/energy/"


def amounts(city: City) -> list[str]:
    head = head_of(city)
    assert head is not None
    return [row["amount"] for row in sheet_of(head, "energy").rows]


def write(visit: Visit, line: int, text: str) -> None:
    """Open the cell with its amount and save another one."""
    visit.page.locator(f"#cell-{line}-amount a").click()
    field = visit.page.locator(f"#cell-{line}-amount input[name=c-amount]")
    expect(field).to_be_focused()
    field.fill(text)
    field.press("Enter")


def test_two_people_in_one_cell_see_each_other_and_lose_nothing(
    come: Come, poiana: City, ana: User, ion: User
) -> None:
    one, other = come(ENERGY, ana), come(ENERGY, ion)
    # In different rows nobody waits for anybody.
    write(one, 2, "1100")
    one.told("Saved as version 2.")
    write(other, 3, "550")
    other.told("Saved as version 3.")
    assert amounts(poiana) == ["1100", "550", "200"]
    expect(other.page.locator("#cell-2-amount")).to_contain_text("1,100")
    # In one cell the second one sees the first one's value, and chooses.
    write(one, 4, "210")
    one.told("Saved as version 4.")
    write(other, 4, "220")
    clash = other.page.locator("[data-clash]")
    expect(clash).to_contain_text("Two people changed the same")
    expect(clash).to_contain_text("210")
    expect(clash).to_contain_text("220")
    expect(clash).to_contain_text("200")
    other.clean()
    assert amounts(poiana)[2] == "210"
    clash.locator("input[value=mine]").check()
    clash.locator("button").click()
    other.told("Saved as version 5.")
    other.clean()
    one.page.reload()
    expect(one.page.locator("#cell-4-amount")).to_contain_text("220")
    # Taken back by the button, the other value stands there again; both are in the history.
    other.press("Undo")
    other.told("Taken back")
    other.clean()
    assert amounts(poiana) == ["1100", "550", "210"]
    one.follow("History")
    one.clean()
    assert versions(poiana).count() == 6
    said = {(each.get("before"), each.get("after")) for v in versions(poiana) for each in v.changes}
    assert {("200", "210"), ("210", "220")} <= said


def test_the_same_by_keyboard_alone(come: Come, poiana: City, ana: User, ion: User) -> None:
    one, other = come(ENERGY, ana).page, come(ENERGY, ion).page
    for page, text in ((one, "7"), (other, "8")):
        to_amount(page)
        page.keyboard.press("Enter")
        expect(page.locator("#cell-2-amount input[name=c-amount]")).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    expect(one.locator("#cell-3-amount a")).to_be_focused()
    assert_focus_is_seen(one)
    clash = other.locator("[data-clash]")
    expect(clash).to_be_focused()
    assert_focus_is_seen(other)
    tab_to(other, clash.locator("input[value=theirs]"))
    other.keyboard.press("ArrowDown")
    expect(clash.locator("input[value=mine]")).to_be_checked()
    enter(other, clash.locator("button"))
    undo = other.locator("[data-undo]")
    enter(other, undo)
    expect(other.locator("[data-notice]")).to_contain_text("Taken back")
    assert amounts(poiana)[0] == "7"
    # What was swapped leaves the focus where somebody can go on from.
    assert_focus_is_seen(other)


def to_amount(page: Page) -> None:
    """From the top of the page into the table by Tab, along the row by arrows."""
    cell = page.locator("#cell-2-year a")
    tab_to(page, cell)
    while not page.locator("#cell-2-amount a").evaluate("e => e === document.activeElement"):
        page.keyboard.press("ArrowRight")
        assert_focus_is_seen(page)


def test_what_is_said_about_a_number_arrives_at_the_desk(
    come: Come, poiana: City, ana: User
) -> None:
    reviewer = come(f"{WORK}", member("vera", poiana, "editor"))
    reviewer.press("See the pages as drafted")
    reviewer.go("/en/cities/poiana/number/buildings.2021/")
    reviewer.clean()
    reviewer.page.get_by_role("link", name="Discuss").click()
    reviewer.clean()
    reviewer.label("Your words", "@Ana: is this gross or net?")
    reviewer.press("Say it")
    reviewer.told("@Ana: is this gross or net?")
    reviewer.clean()
    officer = come(WORK, ana)
    waiting = officer.page.locator(".desk-waiting a").first
    waiting.click()
    officer.told("@Ana: is this gross or net?")
    officer.clean()
    officer.label("Your words", "Net, by the meters.")
    officer.press("Answer")
    officer.told("Net, by the meters.")
    officer.press("Resolve")
    officer.clean()
    reviewer.page.reload()
    reviewer.told("Net, by the meters.")
