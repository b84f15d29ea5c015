"""What a city assumes, as a form over its file."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person
from tests.web.workspace.conftest import CITY
from vatra.sources.city_yaml import parse_city
from vatra.web.cities.models import City
from vatra.web.editing.city_form import texts_of, written
from vatra.web.people.models import User
from vatra.web.workspace.queries import head_of, text_of

URL = "/en/cities/poiana/work/tables/city/"
LONG = """\
# What this town says.
name: Poiana   # as people write it
code: poiana
source: >-
  one line
  and another

# The end.
gases: [CO2, CH4]
"""


@pytest.fixture
def browser(ana: User) -> Client:
    return as_person(ana)


def content(city: City) -> str:
    head = head_of(city)
    assert head is not None
    return text_of(head, "city.yaml")


def test_remarks_and_other_lines_stay() -> None:
    new = written(LONG, {"source": "a register: 2021", "gases": "CO2", "note": "yes"})
    assert new == (
        "# What this town says.\nname: Poiana   # as people write it\ncode: poiana\n"
        "source: 'a register: 2021'\n\n# The end.\ngases: [CO2]\nnote: 'yes'\n"
    )
    assert texts_of(new)["source"] == "a register: 2021"


def test_a_value_that_is_taken_out_leaves_no_key() -> None:
    assert "gases" not in written(LONG, {"gases": ""})


def test_each_assumption_has_an_explanation_and_is_saved(browser: Client, poiana: City) -> None:
    page = read(browser.get(URL)).text
    assert "Year the reduction is counted from" in page
    sent = {**texts_of(CITY), "base": "1", "target_year": "2035", "factor_sets": "local",
            "note": "decision 7: agreed"}  # fmt: skip
    answer = browser.post(URL, sent)
    assert answer["Location"] == f"{URL}?saved=2"
    city, findings = parse_city(content(poiana))
    assert city is not None, findings
    assert (city.target_year, city.factor_sets, city.note) == (2035, ("local",),
                                                               "decision 7: agreed")  # fmt: skip


def test_every_fault_stands_at_its_field(browser: Client, poiana: City) -> None:
    sent = {**texts_of(CITY), "base": "1", "target_year": "soon", "gwp_set": "AR99", "source": ""}
    answer = browser.post(URL, sent)
    assert answer.status_code == 422
    said = read(answer).text
    assert "'target_year' must be a year" in said or "target_year" in said
    assert "AR5_FEEDBACK" in said
    assert content(poiana) == CITY


def test_the_code_is_not_changed(browser: Client, poiana: City) -> None:
    browser.post(URL, {**texts_of(CITY), "base": "1", "code": "valea", "note": "x"})
    assert texts_of(content(poiana))["code"] == "poiana"


def test_two_people_change_different_assumptions(browser: Client, ion: User, poiana: City) -> None:
    as_person(ion).post(URL, {**texts_of(CITY), "base": "1", "base_year": "2020"})
    browser.post(URL, {**texts_of(CITY), "base": "1", "note": "mine"})
    assert (texts_of(content(poiana))["base_year"], texts_of(content(poiana))["note"]) == (
        "2020", "mine",
    )  # fmt: skip


def test_the_same_assumption_is_never_overwritten_silently(
    browser: Client, ion: User, poiana: City
) -> None:
    as_person(ion).post(URL, {**texts_of(CITY), "base": "1", "target_year": "2040"})
    answer = browser.post(URL, {**texts_of(CITY), "base": "1", "target_year": "2035"})
    assert answer.status_code == 409
    assert "Stands now: 2040" in read(answer).text
    assert texts_of(content(poiana))["target_year"] == "2040"
