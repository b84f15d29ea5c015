"""Public pages lie ready before anybody asks; nothing is made where nobody could ask for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from vatra.web.cities import kept
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder
from vatra.web.jobs.models import Job
from vatra.web.ops import middleware
from vatra.web.people.models import CityDoor
from vatra.web.publication import ahead
from vatra.web.publication.jobs import make_missing_pages

pytestmark = pytest.mark.django_db
HOST = "vatra.example.org"


@pytest.fixture
def city(cluj_folder: Path) -> City:
    return do_register_folder(folder=cluj_folder, actor="test")


@pytest.fixture
def named(settings: Any) -> None:
    settings.PUBLIC_URL = f"http://{HOST}"
    settings.ALLOWED_HOSTS = [HOST]


def job_count() -> int:
    return Job.objects.filter(kind=ahead.KIND).count()


def test_a_visitor_finds_every_page_ready(
    city: City, named: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    monkeypatch.setattr(middleware, "count", lambda view, *_: counted.append(view))
    ahead.begin_pages(city.pk)
    job = Job.objects.get(kind=ahead.KIND)
    # Three tabs in two languages, all of them kept.
    assert (job.state, job.result) == ("done", {"page_count": 6})
    assert counted == []
    # Nobody is asked for a page any more: whoever made one now would fail.
    monkeypatch.setattr(kept.SHELF, "put", None)
    for address in ahead.addresses(city):
        found = Client(HTTP_HOST=HOST).get(address, headers={"accept-encoding": "gzip, br"})
        assert found.status_code == 200
    assert len(counted) == 6
    # They lie there: nothing is queued once more.
    make_missing_pages()
    assert job_count() == 1


def test_after_an_update_the_missing_ones_are_made(city: City, named: None) -> None:
    ahead.begin_pages(city.pk)
    kept.SHELF.clear()
    make_missing_pages()
    assert job_count() == 2


def test_a_city_that_shows_something_new_gets_its_pages(
    cluj_folder: Path, named: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        do_register_folder(folder=cluj_folder, actor="test")
    assert job_count() == 1


def test_nothing_is_made_without_an_address(city: City) -> None:
    ahead.begin_pages(city.pk)
    make_missing_pages()
    assert job_count() == 0


def test_nothing_is_made_of_a_city_that_only_members_see(city: City, named: None) -> None:
    CityDoor.objects.create(city=city, members_only=True)
    make_missing_pages()
    assert job_count() == 0


def test_https_in_front_is_asked_as_it_asks(city: City, named: None, settings: Any) -> None:
    settings.PUBLIC_URL = f"https://{HOST}"
    settings.HTTPS = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ahead.begin_pages(city.pk)
    found = Client(HTTP_HOST=HOST).get(
        ahead.addresses(city)[0],
        headers={"accept-encoding": "gzip", "x-forwarded-proto": "https"},
    )
    assert kept.is_kept(found.wsgi_request)
