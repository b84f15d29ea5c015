"""The pages of a city's work: begun from nothing, compared, undone, seen as the public would."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person, member, person
from tests.web.workspace.conftest import ENERGY
from vatra.sources.city_yaml import parse_city
from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.actions import do_save_cells, do_save_files
from vatra.web.workspace.changes import CellChange
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import head_of, text_of

WORK = "/en/cities/poiana/work/"


@pytest.fixture
def runner(db: None) -> User:
    return person("rada", proved=True, is_installation_administrator=True)


def test_a_city_begins_with_a_name_and_two_years(runner: User) -> None:
    given = {
        "name": "Vadu Ștefan", "base_year": "2021", "target_year": "2035",
        "target_cut_percent": "81,44", "source": "decision 12/2026",
    }  # fmt: skip
    answer = as_person(runner).post("/ro/new-city/", given)
    assert answer.status_code == 302
    city = City.objects.get(slug="vadu-stefan")
    assert (city.is_listed, city.folder, city.base_year) == (False, "", 2021)
    head = head_of(city)
    assert head is not None
    about, _ = parse_city(text_of(head, "city.yaml"))
    assert about is not None and about.target_cut_ppm == 814_400
    # Nobody else learns that it exists.
    assert Client().get("/ro/cities/vadu-stefan/").status_code == 404
    stranger = person("dan")
    assert as_person(stranger).get("/ro/cities/vadu-stefan/work/history/").status_code == 404
    assert as_person(runner).get("/ro/cities/vadu-stefan/work/history/").status_code == 200


def test_every_fault_of_a_new_city_stands_at_its_field(runner: User) -> None:
    given = {"name": "", "base_year": "twenty", "target_year": "1700", "source": ""}
    page = as_person(runner).post("/en/new-city/", given)
    assert page.status_code == 422
    marked = {a["id"] for tag, a in read(page).tags if a.get("aria-invalid") == "true"}
    # The code comes from the name: nobody need fill it in.
    assert marked == {"id-name", "id-base_year", "id-target_year", "id-source"}
    assert City.objects.count() == 0
    # Nothing of the file that nobody has seen yet, and no mark at what is right.
    given = {"name": "Vad", "base_year": "2021", "target_year": "2o35", "source": "x"}
    page = as_person(runner).post("/ro/new-city/", given)
    assert "„2o35” din „Anul țintă” nu este un an" in read(page).text
    assert "Rândul" not in read(page).text
    marked = {a["id"] for tag, a in read(page).tags if a.get("aria-invalid") == "true"}
    assert marked == {"id-target_year"}


def test_a_code_is_taken_once(runner: User, poiana: City) -> None:
    given = {"name": "Poiana", "base_year": "2021", "target_year": "2035", "source": "x"}
    page = as_person(runner).post("/en/new-city/", given)
    assert page.status_code == 422
    assert "poiana" in read(page).text


def test_an_empty_city_says_what_is_missing(runner: User) -> None:
    given = {"name": "Gol", "base_year": "2021", "target_year": "2035", "source": "x"}
    browser = as_person(runner)
    browser.post("/en/new-city/", given)
    page = read(browser.get("/en/cities/gol/work/findings/"))
    assert "1 error keeps the draft from being computed" in page.text
    # In words of pages: neither files nor commands, and the way to mend it.
    assert "Nothing is handed in yet." in page.text
    assert "vatra template" not in page.text and "by_default" not in page.text
    assert "/en/cities/gol/work/tables/energy/" in page.links()
    assert "No table holds a row yet." in read(browser.get("/en/cities/gol/work/tables/")).text


def test_a_comparison_names_the_figures_and_the_cells(
    poiana: City, first: Version, ana: User
) -> None:
    change = CellChange("change", 2, "amount", "1000", "2000")
    do_save_cells(city=poiana, table="energy", base=first, changes=[change], actor=ana)
    page = read(as_person(ana).get(f"{WORK}compare/?from=1&to=2"))
    # 1,000 MWh of gas more: 1000 x 3.6 GJ x 56.1 kg = 201.96 t.
    assert "202" in page.text
    assert "1000" in page.text and "2000" in page.text
    # The unit stands once at a mass, and not over cells, which are in units of their own.
    assert "Buildings" in page.text and " t t" not in page.text
    assert "Row Column Before After" in " ".join(page.text.split())


def test_undo_and_restore_from_the_page(poiana: City, first: Version, ana: User) -> None:
    change = CellChange("change", 2, "amount", "1000", "2000")
    do_save_cells(city=poiana, table="energy", base=first, changes=[change], actor=ana)
    browser = as_person(ana)
    assert browser.post(f"{WORK}history/2/undo/").status_code == 302
    head = head_of(poiana)
    assert head is not None
    assert (head.number, head.manifest) == (3, first.manifest)
    assert browser.post(f"{WORK}history/2/restore/").status_code == 302
    # Nothing leads away from here.
    sent = {"next": "https://elsewhere.example/"}
    answer = browser.post(f"{WORK}history/1/restore/", sent)
    assert answer["Location"].startswith(WORK)


def test_the_draft_shows_on_the_public_pages_to_members_only(
    poiana: City, first: Version, ana: User
) -> None:
    double = ENERGY.replace("1000", "2000")
    do_save_files(
        city=poiana, base=first, files={"energy.csv": double.encode()}, kind="import", actor=ana
    )
    browser = as_person(ana)
    assert browser.post(f"{WORK}preview/", {"show": "draft"}).status_code == 302
    page = browser.get("/en/cities/poiana/inventory/")
    assert page.status_code == 200
    text = read(page).text
    assert "You see version 2" in text
    # 2000 MWh gas 403.92 t, 500 MWh power 125 t, 200 MWh diesel 53.35 t.
    assert "582" in text
    city = City.objects.get(pk=poiana.pk)
    assert (city.folder, city.run_id) == (poiana.folder, "0")
    other = as_person(member("vlad", poiana, "viewer"))
    other_page = other.get("/en/cities/poiana/inventory/")
    assert "You see version" not in other_page.content.decode()
    browser.post(f"{WORK}preview/", {"show": "published"})
    again = browser.get("/en/cities/poiana/inventory/")
    assert "You see version" not in again.content.decode()


def test_a_draft_with_errors_says_so_instead_of_showing(
    poiana: City, first: Version, ana: User
) -> None:
    change = CellChange("change", 2, "amount", "1000", "many")
    do_save_cells(city=poiana, table="energy", base=first, changes=[change], actor=ana)
    browser = as_person(ana)
    browser.post(f"{WORK}preview/", {"show": "draft"})
    page = browser.get("/en/cities/poiana/inventory/")
    assert page.status_code == 409
    assert f"{WORK}findings/" in read(page).links()


def test_an_unknown_version_names_the_ones_that_exist(poiana: City, ana: User) -> None:
    page = as_person(ana).get(f"{WORK}history/99/")
    assert page.status_code == 404
    assert f"{WORK}history/1/" in read(page).links()
