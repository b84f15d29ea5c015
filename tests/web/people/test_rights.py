"""Every address of people, every one of the cast, every method: allowed or refused by the table."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.web.people.cast import as_person, member, person
from tests.web.people.rights import BARE, CAST, RIGHTS
from tests.web.site.test_addresses import ADDRESSES
from vatra.web.cities.models import City
from vatra.web.people.actions_invite import do_invite_member
from vatra.web.people.models import CityDoor, Membership, Organisation
from vatra.web.people.roles import ROLES

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "DELETE")
LOGIN = "/ro/account/login/"
# A visitor's own affairs begin there.
ENTRANCE = ("people:login", "people:login-key")


def client_of(who: str, town: City, other: City) -> Client:
    if who == "visitor":
        return Client()
    if who == "stranger":
        return as_person(person(who))
    if who == "runner":
        return as_person(person(who, proved=True, is_installation_administrator=True))
    if who == "foreign":
        return as_person(member(who, other, "administrator"))
    if who == "unproved":
        return as_person(member(who, town, "administrator", proved=False))
    return as_person(member(who, town, who))


def outcome(response: Any, name: str) -> str:
    if response.status_code == 405:
        return "unknown method"
    to_login = response.get("Location", "").startswith(LOGIN) and name not in ENTRANCE
    return "refused" if to_login or response.status_code in (403, 404) else "allowed"


@pytest.fixture
def cast(town: City, other_town: City) -> dict[str, Client]:
    """A browser for each of the cast."""
    return {who: client_of(who, town, other_town) for who in CAST}


@pytest.fixture
def ids(town: City) -> dict[str, int]:
    """Somebody to lead, and an invitation to take back."""
    dan = member("dan", town, "viewer")
    Organisation.objects.create(name="Poiana SRL", kind="company")
    ema = member("ema", town, "administrator")
    made, _ = do_invite_member(
        city=town, email="x@example.org", role="viewer", actor=ema, lang="ro"
    )
    return {"member": Membership.objects.get(person=dan).pk, "invitation": made.pk}


@pytest.mark.parametrize("name", RIGHTS)
def test_everyone_may_do_what_the_row_says_and_nothing_else(
    cast: dict[str, Client], ids: dict[str, int], name: str
) -> None:
    right, found, expected = RIGHTS[name], {}, {}
    url = right.url.format(lang="ro", **ids)
    for who, client in cast.items():
        for method in METHODS:
            # Each of them finds the city as it was.
            with transaction.atomic():
                found[who, method] = outcome(client.generic(method, url), name)
                transaction.set_rollback(True)
            allowed = who in (right.writers if method == "POST" else right.readers)
            known = "allowed" if allowed else "refused"
            expected[who, method] = known if method in right.methods else "unknown method"
    assert found == expected


@pytest.mark.parametrize("name", BARE)
def test_a_bare_address_leads_to_the_page_in_a_language(client: Client, name: str) -> None:
    url = BARE[name].replace("<base36:uidb36>", "1").replace("<str:key>", "x")
    url = url.replace("<int:pk>", "1")
    assert client.get(url, headers={"accept-language": "en"})["Location"] == f"/en{url}"
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("who", ["visitor", "stranger", "foreign"])
def test_a_closed_city_does_not_exist_for_others(town: City, other_town: City, who: str) -> None:
    """Every address of a city, whichever app answers it: also one that is new."""
    CityDoor.objects.create(city=town, members_only=True)
    client = client_of(who, town, other_town)
    of_city = [url.format(lang="ro") for url, _ in ADDRESSES.values() if "cluj" in url]
    assert len(of_city) > 30
    for url in of_city:
        response = client.get(url.replace("cluj-napoca", "poiana"))
        assert response.status_code == 404, url
        assert "Poiana" not in response.content.decode()


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
