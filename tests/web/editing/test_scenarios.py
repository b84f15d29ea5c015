"""Choices of the laboratory kept by name, compared, and made the plan of the draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.conftest import CLUJ
from tests.web.pages import read
from tests.web.people.cast import as_person, member
from vatra.web.cities.models import City
from vatra.web.editing.models import Scenario
from vatra.web.workspace.actions_start import do_open_workspace
from vatra.web.workspace.queries import head_of, sheet_of

WORK = "/en/cities/poiana/work/tables/"
SHELF = f"{WORK}scenarios/"
# A35 buys electric trucks for waste; nothing excludes it.
QUERY = "level.A35=50&start.A35=2027"


@pytest.fixture
def planned(db: None, own_data: None, tmp_path: Path) -> City:
    """A city with the measures of an example."""
    pack = tmp_path / "out" / "pack"
    pack.mkdir(parents=True)
    for each in CLUJ.iterdir():
        (pack / each.name).write_bytes(each.read_bytes())
    city = City.objects.create(
        slug="poiana", name="Poiana", folder=str(pack.parent), run_id="0", base_year=2021
    )
    do_open_workspace(city=city, actor=None)
    return city


@pytest.fixture
def browser(planned: City) -> Client:
    return as_person(member("ana", planned, "editor"))


def action(city: City, code: str) -> dict[str, str]:
    head = head_of(city)
    assert head is not None
    return next(dict(row) for row in sheet_of(head, "actions").rows if row["code"] == code)


@pytest.mark.slow
def test_choices_are_kept_compared_and_made_the_plan(browser: Client, planned: City) -> None:
    before = action(planned, "A35")
    kept = {"query": QUERY, "name": "Half the schools", "as": "scenario", "note": "by 2030"}
    assert browser.post(f"{SHELF}keep/", kept).status_code == 302
    scenario = Scenario.objects.get()
    assert scenario.choices == {"A35": {"level_percent": "50", "start_year": "2027"}}
    assert action(planned, "A35") == before
    shelf = read(browser.get(SHELF)).text
    assert "Half the schools" in shelf
    sides = read(browser.get(f"{SHELF}compare/", {"one": "", "other": str(scenario.pk)})).text
    assert "The plan" in sides
    assert "level 50%, from 2027" in sides
    # The name is taken.
    assert browser.post(f"{SHELF}keep/", kept).status_code == 422
    answer = browser.post(f"{SHELF}{scenario.pk}/plan/")
    assert answer["Location"] == f"{WORK}actions/?saved=2"
    now = action(planned, "A35")
    assert (now["level_percent"], now["start_year"]) == ("50", "2027")
    head = head_of(planned)
    assert head is not None
    assert head.note == "scenario Half the schools"
    # What it changes is the plan now: nothing is left to write.
    assert browser.post(f"{SHELF}{scenario.pk}/plan/")["Location"] == f"{WORK}actions/"
    browser.post(f"{SHELF}{scenario.pk}/drop/")
    assert not Scenario.objects.exists()


@pytest.mark.slow
def test_choices_are_saved_as_the_draft_at_once(browser: Client, planned: City) -> None:
    answer = browser.post(f"{SHELF}keep/", {"query": QUERY, "as": "plan"})
    assert answer["Location"] == f"{WORK}actions/?saved=2"
    assert action(planned, "A35")["level_percent"] == "50"


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    ["", "level.A35=0", "level.NOPE=50", "level.A35=5000", "start.A35=1066", "level.A35=\x00",
     # It stands against 5.1, which the plan holds already.
     "level.A1=50"],
)  # fmt: skip
def test_what_cannot_be_a_plan_is_not_saved(browser: Client, planned: City, query: str) -> None:
    assert browser.post(f"{SHELF}keep/", {"query": query, "as": "plan"}).status_code == 422
    head = head_of(planned)
    assert head is not None
    assert head.number == 1


def test_a_measure_of_the_catalogue_opens_filled_in(browser: Client, planned: City) -> None:
    listed = browser.get(f"{WORK}catalogue/").content.decode()
    assert "rows/new/?catalogue=street_trees" in listed
    page = browser.get(f"{WORK}actions/rows/new/?catalogue=street_trees").content.decode()
    assert 'value="street_trees"' in page
    assert 'value="2024"' in page
    sent = {"c-code": "N1", "c-catalogue": "street_trees", "c-start_year": "2024",
            "c-source": "catalogue", "c-level_percent": "100"}  # fmt: skip
    assert browser.post(f"{WORK}actions/rows/new/", sent).status_code == 302
    assert action(planned, "N1")["catalogue"] == "street_trees"


def test_a_reason_is_set_from_the_picture_of_completeness(browser: Client, planned: City) -> None:
    page = browser.get(f"{WORK}notations/rows/new/?category=II.4.1&year=2021").content.decode()
    assert '<option value="II.4.1" selected>' in page
    sent = {"c-year": "2021", "c-category": "II.4.1", "c-key": "NO", "c-explanation": "no ships"}
    assert browser.post(f"{WORK}notations/rows/new/", sent).status_code == 302


def test_doors_into_the_work_are_asked_for_once_a_page(cluj: City, own_data: None) -> None:
    do_open_workspace(city=cluj, actor=None)
    editor = as_person(member("ana", cluj, "editor"))
    with CaptureQueriesContext(connection) as asked:
        page = editor.get("/en/cities/cluj-napoca/inventory/completeness/").content.decode()
    assert page.count("work/tables/notations/rows/new/") > 3
    # Whether work has begun: for the door at the head of the page, and for those of all its rows.
    for table, most in (("workspace_workspace", 2), ("mfa_authenticator", 1)):
        questions = [each["sql"] for each in asked if f'FROM "{table}"' in each["sql"]]
        assert len(questions) <= most, questions


def test_without_measures_the_shelf_says_the_next_step(poiana: City) -> None:
    page = as_person(member("rada", poiana, "viewer")).get(SHELF)
    assert "There is no plan that can be computed yet" in read(page).text
