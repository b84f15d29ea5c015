"""Sessions: begun anew at sign-in, ended when idle, old, signed out of or after a new password."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.web.people.cast import PASSWORD, as_person, person
from vatra.web.people import sessions

pytestmark = pytest.mark.django_db
LOGIN, ACCOUNT = "/ro/account/login/", "/ro/account/"
HOUR = 3600


def sign_in(client: Client) -> Any:
    return client.post(LOGIN, {"login": "ana@example.org", "password": PASSWORD})


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_800_000_000.0]
    monkeypatch.setattr(sessions.time, "time", lambda: now[0])
    return now


def test_a_session_that_was_there_before_signing_in_is_not_the_persons(client: Client) -> None:
    person("ana")
    client.get(LOGIN)
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
    planted = session.session_key
    sign_in(client)
    mine = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    assert mine != planted
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = planted
    assert thief.get(ACCOUNT).status_code == 302


def test_an_invented_session_is_not_taken_over(client: Client) -> None:
    person("ana")
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "a" * 32
    sign_in(client)
    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value != "a" * 32


def test_who_was_away_for_hours_signs_in_again(client: Client, clock: list[float]) -> None:
    person("ana")
    sign_in(client)
    clock[0] += 3 * HOUR
    assert client.get(ACCOUNT).status_code == 200
    clock[0] += 3 * HOUR
    assert client.get(ACCOUNT).status_code == 200
    clock[0] += 4 * HOUR + 1
    answer = client.get(ACCOUNT)
    assert answer["Location"] == f"{LOGIN}?next=%2Fro%2Faccount%2F"
    clock[0] -= 4 * HOUR
    assert client.get(ACCOUNT).status_code == 302


def test_a_session_lasts_a_day_at_most(client: Client, clock: list[float]) -> None:
    person("ana")
    sign_in(client)
    for _ in range(12):
        clock[0] += 2 * HOUR
        assert client.get(ACCOUNT).status_code == 200
    clock[0] += 1
    assert client.get(ACCOUNT).status_code == 302


def test_a_clock_that_is_put_back_does_not_make_a_session_longer(
    client: Client, clock: list[float]
) -> None:
    person("ana")
    clock[0] += 30 * 24 * HOUR
    sign_in(client)
    clock[0] -= 30 * 24 * HOUR
    assert client.get(ACCOUNT).status_code == 200
    clock[0] += 4 * HOUR + 1
    assert client.get(ACCOUNT).status_code == 302


def test_signing_out_ends_the_session_on_the_server(client: Client) -> None:
    person("ana")
    sign_in(client)
    kept = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    client.post("/ro/account/logout/")
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = kept
    assert thief.get(ACCOUNT).status_code == 302


def test_signing_out_needs_a_form(client: Client) -> None:
    """A picture on a foreign page cannot do it."""
    person("ana")
    sign_in(client)
    client.get("/ro/account/logout/")
    assert client.get(ACCOUNT).status_code == 200


def test_another_password_ends_the_other_sessions(client: Client) -> None:
    ana = person("ana")
    other = as_person(ana)
    assert other.get(ACCOUNT).status_code == 200
    sign_in(client)
    new = "noua zile pe vale 9"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/ro/account/password/", sent).status_code == 302
    assert client.get(ACCOUNT).status_code == 200
    assert other.get(ACCOUNT).status_code == 302


def test_a_closed_account_is_out_at_once(client: Client) -> None:
    ana = person("ana")
    sign_in(client)
    ana.is_active = False
    ana.save()
    assert client.get(ACCOUNT).status_code == 302


def test_cookies_are_for_the_browser_alone(client: Client) -> None:
    person("ana")
    client.get(LOGIN)
    sign_in(client)
    for name in (django_settings.SESSION_COOKIE_NAME, django_settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] in ("Lax", "Strict")
        assert not cookie["domain"]
    # Gone when the browser is closed.
    assert not client.cookies[django_settings.SESSION_COOKIE_NAME]["max-age"]
