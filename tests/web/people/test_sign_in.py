"""Signing in: by address and password, with a second proof, and when the door locks."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import PASSWORD, code_of, person

pytestmark = pytest.mark.django_db
LOGIN = "/ro/account/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def test_a_person_signs_in_and_comes_to_the_account(client: Client) -> None:
    person("ana")
    assert sign_in(client, "Ana@Example.org")["Location"] == "/ro/account/"
    assert "ana@example.org" in read(client.get("/ro/account/")).text


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_are_said_alike(client: Client, email: str) -> None:
    person("ana")
    page = read(sign_in(client, email, "wrong"))
    assert "Adresa și parola nu se potrivesc." in page.text
    assert "not correct" not in page.text


def test_five_wrong_passwords_lock_the_account_for_the_right_one_too(client: Client) -> None:
    person("ana")
    for _ in range(4):
        assert sign_in(client, "ana@example.org", "wrong").status_code == 200
    locked = sign_in(client, "ana@example.org", "wrong")
    assert locked.status_code == 429
    assert "Așteptați 15 minute" in read(locked).text
    assert "/ro/account/password/reset/" in read(locked).links()
    assert sign_in(client, "ana@example.org").status_code == 429
    assert "_auth_user_id" not in client.session


def test_another_account_is_not_locked(client: Client) -> None:
    person("ana")
    person("ion")
    for _ in range(5):
        sign_in(client, "ana@example.org", "wrong")
    assert sign_in(client, "ion@example.org").status_code == 302


@pytest.mark.parametrize(
    "next_url",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "javascript:alert(1)",
        "https:elsewhere.example",
        "\thttps://elsewhere.example/",
    ],
)
def test_nobody_is_led_elsewhere(client: Client, next_url: str) -> None:
    person("ana")
    assert sign_in(client, "ana@example.org", next=next_url)["Location"] == "/ro/account/"


def test_a_person_is_led_back(client: Client) -> None:
    person("ana")
    sent = client.get("/en/account/sessions/")
    assert sent["Location"] == "/en/account/login/?next=%2Fen%2Faccount%2Fsessions%2F"
    assert sign_in(client, "ana@example.org", next="/en/account/sessions/")["Location"] == (
        "/en/account/sessions/"
    )


def test_who_has_a_second_proof_needs_it(client: Client) -> None:
    ana = person("ana", proved=True)
    assert sign_in(client, "ana@example.org")["Location"] == "/ro/account/login/second/"
    assert client.get("/ro/account/")["Location"].startswith(LOGIN)
    wrong = client.post("/ro/account/login/second/", {"code": "000000"})
    assert "Codul nu este corect" in read(wrong).text
    secret = Authenticator.objects.get(user=ana).wrap().instance.data["secret"]
    from allauth.mfa.adapter import get_adapter

    code = code_of(get_adapter().decrypt(secret))
    assert client.post("/ro/account/login/second/", {"code": code})["Location"] == "/ro/account/"


def test_the_session_changes_its_key_and_ends_with_the_browser(client: Client) -> None:
    person("ana")
    client.get(LOGIN)
    before = client.session.session_key
    sign_in(client, "ana@example.org")
    cookie = client.cookies["sessionid"]
    assert cookie.value != before
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"]


def test_a_form_without_its_proof_of_origin_is_refused() -> None:
    person("ana")
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "ana@example.org").status_code == 403


def test_the_bare_addresses_of_allauth_lead_to_a_language(client: Client) -> None:
    found = client.get("/account/login/?next=/ro/", headers={"accept-language": "en"})
    assert found["Location"] == "/en/account/login/?next=%2Fro%2F"
