"""Bare addresses of accounts, and a closed city's pages and lists.

Who may do what at which address stands in tables: ``tests/web/site/test_rights.py``.
"""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.people.cast import as_person, member
from tests.web.people.rights import BARE
from vatra.web.cities.models import City
from vatra.web.people.models import CityDoor
from vatra.web.people.roles import ROLES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", BARE)
def test_a_bare_address_leads_to_the_page_in_a_language(client: Client, name: str) -> None:
    url = BARE[name].replace("<base36:uidb36>", "1").replace("<str:key>", "x")
    url = url.replace("<int:pk>", "1")
    assert client.get(url, headers={"accept-language": "en"})["Location"] == f"/en{url}"
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("role", ROLES)
def test_a_closed_city_is_open_to_its_members(cluj: City, role: str) -> None:
    CityDoor.objects.create(city=cluj, members_only=True)
    url = "/ro/cities/cluj-napoca/findings/"
    assert as_person(member("ana", cluj, role)).get(url).status_code == 200
    assert Client().get(url).status_code == 404


def test_a_closed_city_is_in_no_list(cluj: City) -> None:
    CityDoor.objects.create(city=cluj, members_only=True)
    assert "Cluj" not in Client().get("/ro/").content.decode()
    assert "Cluj" not in Client().get("/ro/cities/nowhere/").content.decode()
