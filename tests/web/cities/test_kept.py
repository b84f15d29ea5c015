"""Pages kept as they were sent: the same bytes, never across a seal, a door or a person."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.web.people.cast import as_person, member
from vatra.web.cities.kept import SHELF, _key
from vatra.web.cities.models import City
from vatra.web.people.models import CityDoor
from vatra.web.publication.models import SealedContract

PAGE = "/en/cities/cluj-napoca/"


def test_the_second_visitor_gets_the_same_bytes(
    cluj: City, django_assert_max_num_queries: object
) -> None:
    first = Client().get(PAGE, headers={"accept-encoding": "gzip"})
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        second = Client().get(PAGE, headers={"accept-encoding": "gzip"})
    assert second.content == first.content
    for name in ("Content-Type", "ETag", "Content-Language", "Content-Security-Policy",
                 "X-Frame-Options", "Permissions-Policy"):  # fmt: skip
        assert second[name] == first[name], name
    assert {"accept-encoding", "cookie"} <= {
        each.strip().lower() for each in second["Vary"].split(",")
    }


def test_a_browser_that_has_the_page_is_told_so(cluj: City) -> None:
    first = Client().get(PAGE)
    again = Client().get(PAGE, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_another_seal_has_other_pages(cluj: City) -> None:
    assert Client().get(PAGE).status_code == 200
    City.objects.filter(pk=cluj.pk).update(run_id="0" * 64)
    # The folder holds another contract than the one that is registered now.
    assert Client().get(PAGE).status_code == 503


def test_a_folder_that_is_written_again_under_the_same_seal_is_read_again(
    cluj: City, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(cluj.folder, tmp_path / "out"))
    City.objects.filter(pk=cluj.pk).update(folder=str(folder))
    data = "/api/v1/cities/cluj-napoca"
    assert Client().get(data).json()["licence"] is None
    page, kept = Client().get(PAGE), keys(PAGE)
    assert kept and keys(PAGE) == kept
    # As ``publish`` does: whole, under its name; the seal does not hang on the terms of use.
    replace(folder / "pack" / "city.yaml", "name:", "licence: CC0-1.0\nname:")
    assert Client().get(data).json()["licence"] == "CC0-1.0"
    assert keys(PAGE) != kept
    # Another run in the folder, which nobody has registered: pages go on with what they know.
    kept = keys(PAGE)
    replace(folder / "contract.json", cluj.run_id, "0" * 64)
    assert keys(PAGE) == kept
    assert Client().get(PAGE).content == page.content


def keys(address: str) -> object:
    request = RequestFactory().get(address)
    return _key(request)


def replace(file: Path, old: str, new: str) -> None:
    beside = file.with_name("beside")
    text = file.read_text("utf-8")
    assert old in text
    beside.write_text(text.replace(old, new, 1), "utf-8")
    beside.replace(file)


def test_what_was_taken_back_says_so_at_once(cluj: City) -> None:
    edition = SealedContract.objects.create(
        city=cluj,
        number=1,
        edition=1,
        version_number=1,
        version_digest="0" * 64,
        seal=cluj.run_id,
        state="published",
        published_at=timezone.now(),
    )
    assert "withdrew these figures" not in Client().get(PAGE).content.decode()
    SealedContract.objects.filter(pk=edition.pk).update(
        state="withdrawn", reason="a wrong factor", ended_at=timezone.now()
    )
    shown = Client().get(PAGE).content.decode()
    assert "withdrew these figures" in shown and "“a wrong factor”" in shown


def test_a_door_that_closes_closes_for_kept_pages_too(cluj: City) -> None:
    assert Client().get(PAGE).status_code == 200
    CityDoor.objects.create(city=cluj, members_only=True)
    assert Client().get(PAGE).status_code == 404


def test_nothing_of_a_person_is_kept(cluj: City) -> None:
    browser = as_person(member("ana", cluj, "viewer"))
    own = browser.get(PAGE).content.decode()
    assert "My account" in own
    assert "My account" not in Client().get(PAGE).content.decode()
    assert "My account" in browser.get(PAGE).content.decode()


def test_languages_addresses_and_parts_are_kept_apart(cluj: City) -> None:
    seen = {
        Client().get(url).content
        for url in (PAGE, "/ro/cities/cluj-napoca/", f"{PAGE}inventory/", f"{PAGE}inventory/gpc/")
    }
    assert len(seen) == 4
    url = f"{PAGE}number/buildings.2021/"
    whole = Client().get(url)
    part = Client().get(url, headers={"hx-request": "true"})
    assert whole.content != part.content
    kept = Client().get(url)
    assert kept.content == whole.content
    # Else a browser that goes back would show the part in place of the page.
    assert "HX-Request" in whole["Vary"] and "HX-Request" in kept["Vary"]


def test_old_pages_make_room(cluj: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SHELF._memory, "most", 1)
    assert Client().get(PAGE).status_code == 200
    assert len(SHELF._memory) == 0
