"""Rows of a table changed in the browser, one person at a time and two at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person, member
from vatra.web.base.queries import entries
from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import head_of, sheet_of

WORK = "/en/cities/poiana/work/tables/"
ENERGY = f"{WORK}energy/"
PART = {"HX-Request": "true"}


def rows(city: City) -> list[dict[str, str]]:
    head = head_of(city)
    assert head is not None
    return [dict(row) for row in sheet_of(head, "energy").rows]


def number(city: City) -> int:
    head = head_of(city)
    assert head is not None
    return head.number


@pytest.fixture
def browser(ana: User) -> Client:
    return as_person(ana)


def test_every_table_stands_under_its_question_with_its_rows(browser: Client) -> None:
    page = read(browser.get(WORK)).text
    assert "4 rows in 2 tables" in page
    assert "What the city emits" in page
    assert "3 rows" in page


def test_a_table_says_what_its_faults_are_and_where(
    browser: Client, poiana: City, first: Version, ana: User
) -> None:
    from vatra.web.workspace.actions import do_save_cells
    from vatra.web.workspace.changes import CellChange

    change = CellChange("change", 2, "amount", "1000", "a lot")
    do_save_cells(city=poiana, table="energy", base=first, changes=[change], actor=ana)
    assert "1 fault" in read(browser.get(WORK)).text
    page = browser.get(ENERGY, {"faults": "1"})
    assert read(page).text.count("must be a number") == 1
    assert 'id="row-2"' in page.content.decode()
    assert 'id="row-3"' not in page.content.decode()


def test_rows_are_filtered_and_sorted_as_people_read_them(poiana: City) -> None:
    client = as_person(member("rada", poiana, "viewer"))
    found = client.get("/ro/cities/poiana/work/tables/energy/", {"q": "CLADIRI gaz"})
    assert re.findall(r'id="row-(\d+)"', found.content.decode()) == ["2"]
    found = client.get(ENERGY, {"sort": "-amount"})
    assert re.findall(r'id="row-(\d+)"', found.content.decode()) == ["2", "3", "4"]
    found = client.get(ENERGY, {"sort": "amount"})
    assert re.findall(r'id="row-(\d+)"', found.content.decode()) == ["4", "3", "2"]
    # A viewer reads and is not shown how to write.
    assert "edit-cell" not in found.content.decode()


def test_a_cell_is_opened_and_saved_in_place(browser: Client, poiana: City) -> None:
    opened = browser.get(f"{ENERGY}rows/2/amount/?base=1", headers=PART)
    assert 'value="1000"' in opened.content.decode()
    assert opened["HX-Retarget"] == "#cell-2-amount"
    sent = {"base": "1", "c-amount": "1,250.5", "before-amount": "1000"}
    saved = browser.post(f"{ENERGY}rows/2/amount/", sent, headers=PART)
    assert (saved.status_code, saved["HX-Retarget"]) == (200, "#sheet")
    page = saved.content.decode()
    assert "1,250.5" in page
    assert "Saved as version 2" in page
    assert 'data-base="2"' in page
    assert rows(poiana)[0]["amount"] == "1250.5"
    assert entries(city="poiana").filter(verb="save", actor__startswith="person-").count() == 1


def test_what_is_wrong_stands_at_the_cell_and_nothing_is_stored(
    browser: Client, poiana: City
) -> None:
    sent = {"base": "1", "c-amount": "plenty", "before-amount": "1000"}
    answer = browser.post(f"{ENERGY}rows/2/amount/", sent, headers=PART)
    page = answer.content.decode()
    assert answer["HX-Retarget"] == "#cell-2-amount"
    assert 'value="plenty"' in page
    assert "must be a number" in page
    assert number(poiana) == 1


def test_a_double_of_a_key_is_refused_with_the_row_it_doubles(
    browser: Client, poiana: City
) -> None:
    sent = {"base": "1", "c-carrier": "Gaze naturale", "before-carrier": "electricity",
            "c-scope": "1", "before-scope": "2"}  # fmt: skip
    answer = browser.post(f"{ENERGY}rows/3/", sent)
    assert answer.status_code == 422
    assert "row 2 has the same key" in read(answer).text.lower()
    assert number(poiana) == 1


def test_a_row_with_an_old_fault_may_be_mended_cell_by_cell(
    browser: Client, poiana: City, first: Version, ana: User
) -> None:
    from vatra.web.workspace.actions import do_save_cells
    from vatra.web.workspace.changes import CellChange

    spoil = [CellChange("change", 2, "amount", "1000", "x"),
             CellChange("change", 2, "unit", "MWh", "barrels")]  # fmt: skip
    do_save_cells(city=poiana, table="energy", base=first, changes=spoil, actor=ana)
    sent = {"base": "2", "c-amount": "900", "before-amount": "x"}
    assert browser.post(f"{ENERGY}rows/2/amount/", sent, headers=PART)["HX-Retarget"] == "#sheet"
    # But a new fault is not let in beside the old one.
    sent = {"base": "3", "c-year": "20x1", "before-year": "2021"}
    answer = browser.post(f"{ENERGY}rows/2/year/", sent, headers=PART)
    assert answer["HX-Retarget"] == "#cell-2-year"


def test_without_scripts_a_row_is_a_form_of_its_own(browser: Client, poiana: City) -> None:
    assert browser.get(f"{ENERGY}rows/2/amount/")["Location"].endswith("rows/2/?base=1#f-amount")
    page = browser.get(f"{ENERGY}rows/2/").content.decode()
    # Named in words, not by the codes of its key.
    assert "2021 · Buildings · natural gas · 1</h1>" in page
    assert 'name="c-amount"' in page
    assert '<option value="buildings" selected>' in page
    sent = {"base": "1", "c-amount": "7", "before-amount": "1000", "c-note": "read twice",
            "before-note": "", "c-sector": "buildings", "before-sector": "buildings"}  # fmt: skip
    answer = browser.post(f"{ENERGY}rows/2/", sent)
    assert answer["Location"] == f"{ENERGY}?saved=2"
    assert (rows(poiana)[0]["amount"], rows(poiana)[0]["note"]) == ("7", "read twice")
    assert "Undo" in read(browser.get(answer["Location"])).text


def new_row(**more: str) -> dict[str, str]:
    given = {"year": "2021", "sector": "industry", "carrier": "coal", "scope": "1",
             "amount": "3", "unit": "MWh", "source": "meter"} | more  # fmt: skip
    return {f"c-{name}": text for name, text in given.items()}


def test_a_row_is_added_duplicated_and_removed(browser: Client, poiana: City) -> None:
    assert browser.post(f"{ENERGY}rows/new/", new_row()).status_code == 302
    assert rows(poiana)[3]["carrier"] == "coal"
    page = browser.get(f"{ENERGY}rows/new/?from=5").content.decode()
    assert 'value="coal"' in page
    # As it is, it would double the key.
    assert browser.post(f"{ENERGY}rows/new/", new_row()).status_code == 422
    assert browser.post(f"{ENERGY}rows/new/", new_row(year="2022")).status_code == 302
    assert browser.post(f"{ENERGY}rows/2/remove/", {"base": "3"}).status_code == 302
    assert [each["carrier"] for each in rows(poiana)] == ["electricity", "diesel", "coal", "coal"]


def test_a_new_row_hears_all_its_faults_at_once(browser: Client, poiana: City) -> None:
    answer = browser.post(f"{ENERGY}rows/new/", new_row(year="21", amount="x", unit="barrels"))
    marked = {a["name"] for tag, a in read(answer).tags if a.get("aria-invalid") == "true"}
    assert {"c-year", "c-amount", "c-unit"} <= marked
    assert number(poiana) == 1


def test_a_change_is_undone_and_done_again(browser: Client, poiana: City) -> None:
    browser.post(f"{ENERGY}rows/2/", {"base": "1", "c-amount": "7", "before-amount": "1000"})
    answer = browser.post(f"{ENERGY}undo/2/")
    assert answer["Location"] == f"{ENERGY}?saved=3"
    assert rows(poiana)[0]["amount"] == "1000"
    assert "Redo" in read(browser.get(answer["Location"])).text
    part = browser.post(f"{ENERGY}undo/3/", headers=PART)
    assert part["HX-Retarget"] == "#sheet"
    assert rows(poiana)[0]["amount"] == "7"


def test_different_cells_of_a_row_both_win(browser: Client, ion: User, poiana: City) -> None:
    other = as_person(ion)
    other.post(f"{ENERGY}rows/2/", {"base": "1", "c-source": "bill", "before-source": "meter"})
    sent = {"base": "1", "c-amount": "7", "before-amount": "1000"}
    answer = browser.post(f"{ENERGY}rows/2/amount/", sent, headers=PART)
    assert "both changes stand" in answer.content.decode()
    assert (rows(poiana)[0]["amount"], rows(poiana)[0]["source"]) == ("7", "bill")


def clash(browser: Client, ion: User, **headers: Any) -> Any:
    as_person(ion).post(f"{ENERGY}rows/2/", {"base": "1", "c-amount": "8", "before-amount": "1000"})
    sent = {"base": "1", "c-amount": "7", "before-amount": "1000",
            "c-note": "mine", "before-note": ""}  # fmt: skip
    return browser.post(f"{ENERGY}rows/2/", sent, **headers)


@pytest.mark.parametrize(("take", "amount"), [("mine", "7"), ("theirs", "8")])
def test_the_same_cell_asks_the_person_to_choose(
    browser: Client, ion: User, poiana: City, take: str, amount: str
) -> None:
    answer = clash(browser, ion)
    assert answer.status_code == 409
    text = read(answer).text
    assert all(each in text for each in ("1,000", "8", "7", "Two people changed the same"))
    assert number(poiana) == 2
    hidden = {
        a["name"]: a.get("value", "")
        for tag, a in read(answer).tags
        if tag == "input" and a.get("type") == "hidden" and a["name"] != "csrfmiddlewaretoken"
    }
    assert browser.post(f"{ENERGY}rows/2/", hidden | {"take-amount": take}).status_code == 302
    # What did not clash is saved with either choice.
    assert (rows(poiana)[0]["amount"], rows(poiana)[0]["note"]) == (amount, "mine")


def test_in_the_page_the_choice_comes_as_a_part(browser: Client, ion: User) -> None:
    answer = clash(browser, ion, headers=PART)
    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#clash")


def test_who_wins_a_choice_against_a_third_write_is_asked_again(
    browser: Client, ion: User, poiana: City
) -> None:
    clash(browser, ion)
    as_person(ion).post(f"{ENERGY}rows/2/", {"base": "2", "c-amount": "9", "before-amount": "8"})
    sent = {"base": "1", "c-amount": "7", "before-amount": "8", "take-amount": "mine"}
    assert browser.post(f"{ENERGY}rows/2/", sent).status_code == 409
    assert rows(poiana)[0]["amount"] == "9"


def test_a_row_that_was_removed_meanwhile_may_be_added_again(
    browser: Client, ion: User, poiana: City
) -> None:
    as_person(ion).post(f"{ENERGY}rows/2/remove/", {"base": "1"})
    sent = {"base": "1", "c-amount": "7", "before-amount": "1000"}
    answer = browser.post(f"{ENERGY}rows/2/", sent)
    assert answer.status_code == 409
    assert "no longer there" in read(answer).text
    hidden = {
        a["name"]: a["value"]
        for tag, a in read(answer).tags
        if tag == "input" and a.get("name", "").startswith("c-")
    }
    assert browser.post(f"{ENERGY}rows/new/", hidden).status_code == 302
    assert rows(poiana)[-1]["amount"] == "7"


def test_who_removes_a_row_that_was_changed_is_asked(
    browser: Client, ion: User, poiana: City
) -> None:
    as_person(ion).post(f"{ENERGY}rows/3/", {"base": "1", "c-amount": "8", "before-amount": "500"})
    answer = browser.post(f"{ENERGY}rows/3/remove/", {"base": "1"})
    assert answer.status_code == 409
    assert len(rows(poiana)) == 3
    assert browser.post(f"{ENERGY}rows/3/remove/", {"base": "2"}).status_code == 302
    assert len(rows(poiana)) == 2


def test_an_edit_says_what_it_did_to_the_answer(browser: Client) -> None:
    saved = browser.post(
        f"{ENERGY}rows/2/", {"base": "1", "c-amount": "2000", "before-amount": "1000"}
    )
    page = browser.get(saved["Location"]).content.decode()
    url = re.search(r'hx-get="([^"]+effect[^"]+)"', page)
    assert url is not None
    part = browser.get(url[1], headers=PART)
    # 1,000 MWh of gas at 0.202 t/MWh beside 500 of electricity at 0.25 and diesel; twice the gas
    # adds 202 t.
    masses = [int(each.replace(",", "")) for each in re.findall(r"([\d,]+)\s*t", read(part).text)]
    assert masses[1] - masses[0] == 202
    assert "/work/compare/?from=1&amp;to=2" in part.content.decode()


@pytest.mark.parametrize(
    "url",
    ["nope/", "energy/rows/99/", "energy/rows/2/nope/", "energy/?base=99999999999999999999",
     "energy/?page=0&q=%00&sort=nope", "energy/rows/2/?base=77"],
)  # fmt: skip
def test_rubbish_in_an_address_is_answered_plainly(browser: Client, url: str) -> None:
    assert browser.get(WORK + url).status_code in (200, 302, 404)


@pytest.mark.parametrize("text", ["\x00", "x" * 2001, "\u202e", "=1+1"])
def test_rubbish_in_a_cell_is_refused_or_kept_as_text(
    browser: Client, poiana: City, text: str
) -> None:
    sent = {"base": "1", "c-source": text, "before-source": "meter"}
    answer = browser.post(f"{ENERGY}rows/2/", sent)
    if text == "=1+1":
        assert answer.status_code == 302
        assert rows(poiana)[0]["source"] == "=1+1"
    else:
        assert answer.status_code == 422
        assert number(poiana) == 1


def test_names_that_attack_are_shown_as_they_are(browser: Client) -> None:
    bad = '"><script>alert(1)</script>'
    sent = {"base": "1", "c-source": bad, "before-source": "meter"}
    page = browser.post(f"{ENERGY}rows/2/source/", sent, headers=PART).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    opened = browser.get(f"{ENERGY}rows/2/source/?base=2", headers=PART).content.decode()
    assert "<script>alert" not in opened
