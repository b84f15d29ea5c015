"""What a city assumes, as a form over its file."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.http import QueryDict
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person
from tests.web.workspace.conftest import CITY
from vatra.sources.city_yaml import parse_city
from vatra.tables.vocabulary import GASES
from vatra.web.cities.models import City
from vatra.web.editing.city_form import form_of, texts_of, written
from vatra.web.people.models import User
from vatra.web.workspace.actions import do_save_files
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


def test_what_was_changed_is_named_in_the_readers_language(
    browser: Client, ana: User, poiana: City
) -> None:
    """By its code, or by the words of whoever saved it."""
    browser.post(URL, {**texts_of(CITY), "base": "1", "note": "a decision"})
    do_save_files(
        city=poiana, base=head_of(poiana), files={"energy.csv": None}, kind="edit",
        note="Energy used", actor=ana,
    )  # fmt: skip
    for lang, city, energy in (
        ("en", "City and its settings", "Energy used"),
        ("ro", "Orașul și setările lui", "Energia consumată"),
    ):
        page = read(browser.get(f"/{lang}/cities/poiana/work/history/")).text
        assert f": {city}" in page and f": {energy}" in page


def test_every_fault_stands_at_its_field(browser: Client, poiana: City) -> None:
    sent = {**texts_of(CITY), "base": "1", "target_year": "soon", "gwp_set": "AR99", "source": ""}
    answer = browser.post(URL, sent)
    assert answer.status_code == 422
    said = read(answer).text
    assert "'soon' in 'Target year' is not a year" in said
    assert "target_year" not in said
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


def test_codes_have_names_in_both_languages(browser: Client, poiana: City) -> None:
    for url, names in (
        (URL, ("Romania", "AR5: fifth report of the IPCC, 2013", "Nitrous oxide (N₂O)", "Romanian",
               "production mix of Romania, AIB", "No, the city&#x27;s own")),
        (URL.replace("/en/", "/ro/"), ("România", "AR5: al cincilea raport IPCC, 2013", "română",
                                       "mixul de producție al României, AIB", "Metan (CH₄)")),
    ):  # fmt: skip
        page = browser.get(url).content.decode()
        assert not [each for each in names if each not in page]
        # What is kept is the code.
        assert '<option value="RO" selected>' in page and '<option value="AR5" selected>' in page


def test_what_the_form_shows_is_what_stays(browser: Client, poiana: City) -> None:
    """Sent as it was shown, the form changes no letter of the file."""
    inputs = Shown(browser.get(URL).content.decode()).sent
    assert inputs.getlist("gases") == ["CO2"] and inputs.getlist("languages") == ["ro", "en"]
    assert browser.post(URL, dict(inputs.lists()))["Location"] == URL
    assert content(poiana) == CITY


class Shown(HTMLParser):
    """What a browser would send of the form as it stands there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent, self.select, self.area = QueryDict(mutable=True), "", ""
        form = page[page.index('class="edit-row-form"') :]
        self.feed(form[: form.index("</form>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.select, self.chosen = given["name"], ""
        elif tag == "option" and "selected" in given:
            self.chosen = given["value"]
        elif tag == "textarea":
            self.area = given["name"]
            self.sent[self.area] = ""
        elif tag == "input" and (given["type"] != "checkbox" or "checked" in given):
            self.sent.appendlist(given["name"], given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] = f"{self.sent[self.area]}{data}"

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.sent.appendlist(self.select, self.chosen)
        self.area = "" if tag == "textarea" else self.area


def test_lists_are_written_in_the_order_of_their_places() -> None:
    """A set chosen twice is asked once; empty places are none."""
    sent = QueryDict("factor_sets=ro_eea&factor_sets=local&factor_sets=&factor_sets=ro_eea"
                     "&gases=CO2&gases=CH4&languages=ro&languages=en")  # fmt: skip
    new = form_of(CITY + "languages: [ro, en]\n", sent, "en").content
    found = texts_of(new)
    assert (found["factor_sets"], found["gases"]) == ("ro_eea, local", "CO2, CH4")
    every = QueryDict(mutable=True)
    every.setlist("gases", list(GASES))
    assert texts_of(form_of(new, every, "en").content)["gases"] == "all"


FILLED = CITY.replace("ipcc_2006]", "ipcc_2006, ro_eea]\nby_default: [factor_sets]")


def test_what_was_filled_in_is_checked_once() -> None:
    assert "by_default" in FILLED
    assert [each.key for each in form_of(FILLED, None, "en").fields("en") if each.is_unchecked] == [
        "factor_sets"
    ]
    other = form_of(FILLED, QueryDict("note=x"), "en").content
    assert texts_of(other)["by_default"] == "factor_sets"
    for sent in ("checked=factor_sets", "factor_sets=local"):
        assert "by_default" not in form_of(FILLED, QueryDict(sent), "en").content, sent
