"""Organisations: who makes them, who manages their people, and what a delegated role is worth."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person, member, person
from vatra.web.base.queries import entries
from vatra.web.cities.models import City
from vatra.web.people.actions import do_delegate_role
from vatra.web.people.holding import roles_in, today
from vatra.web.people.models import Membership, Organisation, User

pytestmark = pytest.mark.django_db
LIST = "/ro/organisations/"


@pytest.fixture
def runner() -> Client:
    return as_person(person("rodica", proved=True, is_installation_administrator=True))


@pytest.fixture
def company() -> Organisation:
    return Organisation.objects.create(name="Poiana Energie SA", kind="company")


def manager_of(company: Organisation, name: str = "mara", *, proved: bool = True) -> User:
    return person(name, proved=proved, organisation=company, manages_organisation=True)


def page_of(company: Organisation, more: str = "") -> str:
    return f"{LIST}{company.pk}/{more}"


def invite(client: Client, company: Organisation, email: str, part: str = "member") -> str:
    answer = client.post(page_of(company, "invite/"), {"email": email, "part": part})
    assert answer.status_code == 302, read(answer).text
    found = re.search(r"/account/invitations/\S+", mail.outbox[-1].body)
    assert found
    return f"/ro{found[0]}"


def test_who_runs_the_installation_makes_and_renames_one(runner: Client) -> None:
    made = runner.post(LIST, {"title": " Poiana  Energie ", "kind": "owners_assoc"})
    found = Organisation.objects.get()
    assert made["Location"] == f"{page_of(found)}?done=organisation"
    page = read(runner.get(made["Location"]))
    assert "asociație de proprietari" in page.text
    assert "Organizația a fost salvată." in page.text
    runner.post(page_of(found), {"title": "Alta", "kind": "ngo"})
    found.refresh_from_db()
    assert (found.name, found.kind) == ("Alta", "ngo")
    assert [each.verb for each in entries(noun="organisation")] == ["change", "create"]


def test_a_name_that_is_taken_or_a_kind_that_is_none_is_said(
    runner: Client, company: Organisation
) -> None:
    twice = runner.post(LIST, {"title": company.name, "kind": "ngo"})
    assert twice.status_code == 422
    assert f"Există deja o organizație numită {company.name}" in read(twice).text
    assert runner.post(LIST, {"title": "X", "kind": "cult"}).status_code == 422
    other = Organisation.objects.create(name="Alta", kind="ngo")
    assert runner.post(page_of(other), {"title": company.name, "kind": "ngo"}).status_code == 422
    other.refresh_from_db()
    assert other.name == "Alta"


def test_a_manager_invites_a_person_who_joins_and_has_its_roles(
    town: City, company: Organisation
) -> None:
    eva = member("eva", town, "administrator")
    do_delegate_role(city=town, organisation=company, role="contributor", actor=eva)
    url = invite(as_person(manager_of(company)), company, "Dan@Example.org")
    assert "Poiana Energie SA" in mail.outbox[-1].subject
    new = Client()
    assert "Poiana Energie SA" in read(new.get(url)).text
    new.post(url, {"name": "Dan", "password1": "o mie de brazi", "password2": "o mie de brazi"})
    dan = User.objects.get(email="dan@example.org")
    assert dan.organisation == company
    assert not dan.manages_organisation
    # An invitation without a city is no invitation to run the installation.
    assert not dan.is_installation_administrator
    assert roles_in(dan, town) == {"contributor"}
    assert not Membership.objects.filter(person=dan).exists()
    assert new.get(url).status_code == 404


def test_who_joins_as_manager_may_invite_in_turn(company: Organisation) -> None:
    dan = person("dan", proved=True)
    url = invite(as_person(manager_of(company)), company, dan.email, "manager")
    client = as_person(dan)
    assert client.post(url).status_code == 302
    dan.refresh_from_db()
    assert (dan.organisation, dan.manages_organisation) == (company, True)
    invite(client, company, "ema@example.org")


def test_a_person_of_another_organisation_leaves_that_first(company: Organisation) -> None:
    other = Organisation.objects.create(name="Alta", kind="ngo")
    dan = person("dan", organisation=other)
    url = invite(as_person(manager_of(company)), company, dan.email)
    client = as_person(dan)
    refused = client.post(url)
    assert refused.status_code == 403
    assert "Faceți parte din Alta" in read(refused).text
    client.post("/ro/account/organisation/leave/")
    assert client.post(url).status_code == 302
    dan.refresh_from_db()
    assert dan.organisation == company


@pytest.mark.parametrize("who", ["plain", "unproved", "foreign", "stranger"])
def test_nobody_else_touches_it(company: Organisation, who: str) -> None:
    other = Organisation.objects.create(name="Alta", kind="ngo")
    mara = manager_of(company)
    made = {
        "plain": lambda: person("p", proved=True, organisation=company),
        "unproved": lambda: manager_of(company, "u", proved=False),
        "foreign": lambda: manager_of(other, "f"),
        "stranger": lambda: person("s", proved=True),
    }[who]()
    client = as_person(made)
    refused = 403 if made.organisation == company else 404
    assert client.get(page_of(company)).status_code == refused
    for more in ("invite/", f"people/{mara.pk}/manager/", f"people/{mara.pk}/remove/"):
        assert client.post(page_of(company, more), {"email": "x@x.ro"}).status_code == refused
    assert client.post(page_of(company), {"title": "Y", "kind": "ngo"}).status_code == refused
    mara.refresh_from_db()
    assert mara.manages_organisation


def test_a_manager_neither_renames_nor_makes_one(company: Organisation) -> None:
    client = as_person(manager_of(company))
    assert client.get(LIST).status_code == 200
    assert client.post(LIST, {"title": "Y", "kind": "ngo"}).status_code == 403
    assert client.post(page_of(company), {"title": "Y", "kind": "ngo"}).status_code == 403
    assert "Adăugați o organizație" not in read(client.get(LIST)).text


def test_a_person_of_another_organisation_is_not_found_under_mine(company: Organisation) -> None:
    other = Organisation.objects.create(name="Alta", kind="ngo")
    dan = person("dan", organisation=other)
    client = as_person(manager_of(company))
    assert client.post(page_of(company, f"people/{dan.pk}/remove/")).status_code == 404
    url = invite(as_person(manager_of(other, "f")), other, "y@example.org")
    offered = other.invitations.get()
    assert client.post(page_of(company, f"invited/{offered.pk}/")).status_code == 404
    assert Client().get(url).status_code == 200


def test_who_is_taken_out_loses_the_roles_at_once(town: City, company: Organisation) -> None:
    eva = member("eva", town, "administrator")
    do_delegate_role(city=town, organisation=company, role="viewer", actor=eva)
    dan = person("dan", organisation=company)
    assert roles_in(dan, town) == {"viewer"}
    as_person(manager_of(company)).post(page_of(company, f"people/{dan.pk}/remove/"))
    dan.refresh_from_db()
    assert roles_in(dan, town) == frozenset()


def test_a_delegated_role_may_end_on_a_day(town: City, company: Organisation) -> None:
    client = as_person(member("eva", town, "administrator"))
    last = today() + timedelta(days=3)
    sent = {"organisation": company.pk, "role": "viewer", "until": last.isoformat()}
    client.post("/ro/cities/poiana/people/delegate/", sent)
    assert Membership.objects.get(organisation=company).until == last
    gone = {**sent, "until": "2020-01-01"}
    assert client.post("/ro/cities/poiana/people/delegate/", gone).status_code == 422


def test_a_person_sees_their_own_cities_first(runner: Client, town: City) -> None:
    User.objects.get(email="rodica@example.org").memberships.create(
        city=town, role="viewer", since=today()
    )
    City.objects.create(slug="alba", name="Alba", folder="/nowhere", run_id="0", base_year=2021)
    text = read(runner.get("/ro/account/")).text
    assert text.index("Orașele mele") < text.index("Alba")
