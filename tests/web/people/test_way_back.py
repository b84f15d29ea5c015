"""Who had to set up a second proof is led back to the page that wanted it, and nowhere else."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import PASSWORD, as_person, code_of, member
from tests.web.security.test_redirects import ELSEWHERE
from vatra.web.cities.models import City
from vatra.web.people.way_back import WAY_BACK, asking_back, own_page

PEOPLE = "/en/cities/poiana/people/"
LOG = "/en/cities/poiana/log/?page=1"
SECURITY = "/en/account/security/"
ASKED = f"{SECURITY}?next=%2Fen%2Fcities%2Fpoiana%2Flog%2F%3Fpage%3D1"


@pytest.fixture
def client(town: City) -> Client:
    """An administrator of the city who has a password and nothing else."""
    return as_person(member("ana", town, "administrator", proved=False))


def set_up(client: Client) -> str:
    """Confirm the password, set up an authenticator app; where that leads."""
    confirm = client.get("/en/account/security/app/")["Location"]
    assert client.post(confirm, {"password": PASSWORD})["Location"] == "/en/account/security/app/"
    secret = client.get("/en/account/security/app/").context["form"].secret
    return str(client.post("/en/account/security/app/", {"code": code_of(secret)})["Location"])


def links(client: Client, path: str) -> list[str]:
    return read(client.get(path)).links()


def test_a_refusal_leads_over_the_recovery_codes_back(client: Client) -> None:
    assert ASKED in links(client, LOG)
    assert LOG in links(client, ASKED)
    assert set_up(client) == "/en/account/security/codes/"
    assert LOG in links(client, "/en/account/security/codes/")


def test_who_has_codes_already_is_back_at_once_and_only_once(client: Client, town: City) -> None:
    RecoveryCodes.activate(town.memberships.get().person)
    client.get(ASKED)
    assert set_up(client) == LOG
    assert LOG not in links(client, SECURITY)


def test_a_form_leads_back_to_its_page(client: Client) -> None:
    page = "http://testserver" + PEOPLE
    refused = client.post(PEOPLE, {"email": "x@example.org"}, headers={"referer": page})
    assert f"{SECURITY}?next=%2Fen%2Fcities%2Fpoiana%2Fpeople%2F" in read(refused).links()


def test_who_goes_to_the_account_first_stays_there(client: Client, town: City) -> None:
    RecoveryCodes.activate(town.memberships.get().person)
    client.get(ASKED)
    client.get("/en/account/")
    assert set_up(client) == SECURITY


@pytest.mark.parametrize("url", [*ELSEWHERE, "", "page/", "/" + "a" * 500])
def test_no_other_site_is_a_way_back(url: str) -> None:
    assert own_page(url) == ""
    assert asking_back(SECURITY, url) == SECURITY


def test_an_address_that_names_another_site_is_not_kept(client: Client) -> None:
    for path in (SECURITY, "/en/account/security/app/", "/en/account/security/keys/add/"):
        client.get(path, {"next": "//elsewhere.example/"})
    assert WAY_BACK not in client.session
    client.get(SECURITY, {"next": LOG})
    assert client.session[WAY_BACK] == LOG
