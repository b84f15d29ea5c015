"""Tokens: shown once, kept as a hash, taken back, and never more than their person may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.web.people.cast import as_person, member, person
from vatra.web.api.actions import do_make_token, do_revoke_token
from vatra.web.api.models import Token
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.people.errors import Refused
from vatra.web.people.holding import today
from vatra.web.people.models import CityDoor, Membership, User
from vatra.web.workspace.actions_start import do_open_workspace

pytestmark = pytest.mark.django_db
CLUJ = "/api/v1/cities/cluj-napoca"


def made(actor: User, *scopes: str, city: City | None = None, days: int = 9) -> str:
    _, written = do_make_token(
        name="map",
        scopes=scopes or ("read",),
        city=city,
        expires=today() + timedelta(days=days),
        actor=actor,
    )
    return str(written)


def ask(url: str, token: str) -> Any:
    return Client().get(url, headers={"authorization": f"Bearer {token}"})


@pytest.fixture
def closed(cluj: City) -> City:
    CityDoor.objects.create(city=cluj, members_only=True)
    return cluj


def test_a_token_opens_what_its_person_may_read(closed: City) -> None:
    ana = member("ana", closed, "viewer")
    token = made(ana)
    response = ask(f"{CLUJ}/totals", token)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in response
    assert ask("/api/v1/cities", token).json()["count"] == 1
    Membership.objects.filter(person=ana).delete()
    assert ask(f"{CLUJ}/totals", token).status_code == 404
    assert ask("/api/v1/cities", token).json()["count"] == 0


def test_a_token_of_one_city_opens_no_other(closed: City, other_city: City) -> None:
    ana = member("ana", closed, "viewer")
    Membership.objects.create(city=other_city, person=ana, role="viewer", since=today())
    CityDoor.objects.create(city=other_city, members_only=True)
    token = made(ana, city=other_city)
    assert ask(f"{CLUJ}/totals", token).status_code == 404
    listed = ask("/api/v1/cities", token).json()["items"]
    assert [each["city"] for each in listed] == ["valea"]


@pytest.fixture
def other_city(cluj: City) -> City:
    return City.objects.create(
        slug="valea", name="Valea", folder=cluj.folder, run_id=cluj.run_id, base_year=2021
    )


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer x",
        "Basic dXNlcjpwdw==",
        "Bearer vatra_0123456789abcdef_" + "x" * 43,
        "\x01",
    ],
)
def test_what_is_no_token_opens_nothing(cluj: City, header: str) -> None:
    response = Client().get(f"{CLUJ}/totals", headers={"authorization": header})
    assert response.status_code == 401
    assert response.json()["code"] == "web.api.token-wrong"


def test_a_token_that_is_over_opens_nothing(cluj: City) -> None:
    ana = member("ana", cluj, "viewer")
    token = made(ana)
    assert ask(f"{CLUJ}/totals", token).status_code == 200
    assert Token.objects.get().last_used_day == today()
    kept = Token.objects.get()
    Token.objects.update(expires=today() - timedelta(days=1))
    assert ask(f"{CLUJ}/totals", token).status_code == 401
    Token.objects.update(expires=today())
    do_revoke_token(token=kept, actor=ana)
    assert ask(f"{CLUJ}/totals", token).status_code == 401
    Token.objects.update(revoked_at=None)
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert ask(f"{CLUJ}/totals", token).status_code == 401


def test_only_a_hash_is_kept_and_the_log_names_no_secret(cluj: City) -> None:
    token = made(member("ana", cluj, "viewer"))
    secret = token.rpartition("_")[2]
    kept = Token.objects.get()
    assert secret not in (kept.hash, kept.selector)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.noun, entry.name) == ("make", "token", f"token-{kept.pk}")
    assert secret not in str(vars(entry))


@pytest.mark.slow
def test_drafts_need_a_token_that_was_made_for_them(cluj: City) -> None:
    do_open_workspace(city=cluj, actor=None)
    ana = member("ana", cluj, "editor")
    plain, work = made(ana), made(ana, "read", "work")
    assert ask(f"{CLUJ}/totals?of=draft", plain).status_code == 403
    assert ask(f"{CLUJ}/work/versions", plain).status_code == 403
    draft = ask(f"{CLUJ}?of=draft", work)
    assert draft.status_code == 200, draft.content
    assert draft.json()["draft_number"] == 1
    assert ask(f"{CLUJ}/totals?of=draft", work).json() == ask(f"{CLUJ}/totals", work).json()
    listed = ask(f"{CLUJ}/work/versions", work).json()
    assert [each["number"] for each in listed["items"]] == [1]
    sheet = ask(f"{CLUJ}/work/versions/1/tables/energy?limit=3", work).json()
    assert len(sheet["items"]) == len(sheet["lines"]) == len(sheet["origins"]) == 3
    stranger = made(person("eva"), "read", "work")
    assert ask(f"{CLUJ}/work/versions", stranger).status_code == 403


def test_who_must_prove_twice_does_so_before_making_a_token(cluj: City) -> None:
    dan = member("dan", cluj, "editor", proved=False)
    for city in (cluj, None):
        with pytest.raises(Refused):
            made(dan, "read", "work", city=city)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_token_ends_within_a_year(cluj: City, days: int) -> None:
    with pytest.raises(Refused):
        made(member("ana", cluj, "viewer"), days=days)


def test_the_page_shows_a_token_once_and_takes_it_back(cluj: City) -> None:
    client = as_person(member("ana", cluj, "viewer"))
    url = "/en/account/tokens/"
    last = (today() + timedelta(days=30)).isoformat()
    form = {"name": "map of the <city hall>", "scopes": "read", "city": "", "expires": last}
    page = client.post(url, form).content.decode()
    kept = Token.objects.get()
    assert f"vatra_{kept.selector}_" in page
    later = client.get(url).content.decode()
    assert kept.selector not in later
    assert "map of the &lt;city hall&gt;" in later
    done = client.post(f"{url}{kept.pk}/revoke/")
    assert done.status_code == 302
    assert "taken back" in client.get(url).content.decode()


def test_the_page_says_what_is_missing(cluj: City) -> None:
    client = as_person(member("ana", cluj, "viewer"))
    response = client.post("/ro/account/tokens/", {"name": "", "scopes": "read", "expires": "x"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Spuneți la ce folosește jetonul." in page
    assert "AAAA-LL-ZZ" in page
    assert not Token.objects.exists()
