"""Rows copied from a spreadsheet: looked at first, then added all or none."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person
from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.queries import head_of, sheet_of

PASTE = "/ro/cities/poiana/work/tables/energy/paste/"
BY_HEADINGS = (
    "An\tSector\tPurtător de energie\tDomeniu\tCantitate\tUnitate\tSursă\r\n"
    "2022\tClădiri\tGaze naturale\t1\t1.234,5\tMWh\tfactură\r\n"
    '2023\tClădiri\tGaze naturale\t1\t900\tMWh\t"pe două\nrânduri"\r\n'
)
# In the order of the page: the columns that the file has, as the table declares them.
BY_ORDER = "2022\tbuildings\tnatural_gas\t1\t5\tMWh\tmeter\n"


@pytest.fixture
def browser(ana: User) -> Client:
    return as_person(ana)


def rows(city: City) -> list[dict[str, str]]:
    head = head_of(city)
    assert head is not None
    return [dict(row) for row in sheet_of(head, "energy").rows]


def test_what_was_pasted_is_shown_before_it_is_saved(browser: Client, poiana: City) -> None:
    page = browser.post(PASTE, {"text": BY_HEADINGS, "base": "1"})
    assert page.status_code == 200, read(page).text
    text = read(page).text
    assert "2 rânduri sunt corecte" in text
    assert "1.234,5" in text
    assert len(rows(poiana)) == 3
    saved = browser.post(PASTE, {"text": BY_HEADINGS, "base": "1", "step": "save"})
    assert saved.status_code == 302
    assert [each["amount"] for each in rows(poiana)[3:]] == ["1234.5", "900"]
    assert rows(poiana)[4]["source"] == "pe două rânduri"
    head = head_of(poiana)
    assert head is not None
    assert head.number == 2


def test_without_headings_cells_go_in_the_order_of_the_page(browser: Client, poiana: City) -> None:
    browser.post(PASTE, {"text": BY_ORDER, "base": "1", "step": "save"})
    assert (rows(poiana)[3]["year"], rows(poiana)[3]["amount"]) == ("2022", "5")


def test_one_bad_row_keeps_all_of_them_out(browser: Client, poiana: City) -> None:
    text = BY_HEADINGS + "2021\tClădiri\tGaze naturale\t1\tmult\tbutoaie\tx\n"
    text += "2022\tClădiri\tgaze naturale\t1\t3\tMWh\tx\n"
    page = browser.post(PASTE, {"text": text, "base": "1", "step": "save"})
    assert page.status_code == 422
    said = read(page).text
    # A number, a unit, a key that stands in the table, a key that stands twice in what was pasted.
    assert "trebuie să fie un număr" in said
    assert "butoaie" in said
    assert "rândul 2 are deja aceeași cheie" in said.lower()
    assert len(rows(poiana)) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Aici nu sunt rânduri"),
        ("\t\t\n\n", "Aici nu sunt rânduri"),
        ("1\t" * 40 + "\n", "Într-un rând sunt"),
        ("2021\n" * 501, "Peste 500"),
        ("x" * 400_001, "prea mult"),
    ],
    ids=["nothing", "blank", "wide", "many", "large"],
)
def test_what_cannot_be_rows_says_so(browser: Client, text: str, says: str) -> None:
    page = browser.post(PASTE, {"text": text, "base": "1"})
    assert page.status_code == 422
    assert says in read(page).text


def test_faults_of_pasted_rows_speak_the_words_of_the_page(browser: Client, poiana: City) -> None:
    heads = BY_HEADINGS.splitlines()[0] + "\n"
    row = "2021\tClădiri\tGaze naturale\t1\t5\tMWh\tx\n"
    text = read(browser.post(PASTE, {"text": heads + row.replace("Clădiri", "lună")})).text
    assert "Folosiți una dintre valorile Clădiri, Transport, Deșeuri" in text
    # The table has a row of 2021 for the gas of buildings.
    text = read(browser.post(PASTE, {"text": heads + row})).text
    assert "2021 · Clădiri · gaze naturale · 1" in text


def test_cells_without_headings_are_told_from_missing_headings(browser: Client) -> None:
    row = "2022\tClădiri\tGaze naturale\t1\t5\tMWh\tx\ty\n"
    text = read(browser.post(PASTE, {"text": BY_HEADINGS.splitlines()[0] + "\n" + row})).text
    assert "8 celule, iar deasupra lor 7 titluri" in text
