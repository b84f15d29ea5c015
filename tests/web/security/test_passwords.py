"""Passwords: what is asked of one, how it lies, and that guessing tells nothing by its time."""

from __future__ import annotations

import logging
import threading
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hashers
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from tests.web.people.cast import person
from vatra.web.people.models import User
from vatra.web.site import settings as own

LOGIN, RESET = "/ro/account/login/", "/ro/account/password/reset/"
# OWASP's cheat sheet of storing passwords, 2023: PBKDF2 with HMAC-SHA-256.
LEAST_ITERATIONS = 600_000


def test_a_password_lies_as_a_slow_hash(settings: Any) -> None:
    assert not hasattr(own, "PASSWORD_HASHERS")
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    first = get_hashers()[0]
    assert type(first) is PBKDF2PasswordHasher
    assert first.iterations >= LEAST_ITERATIONS


@pytest.mark.parametrize(
    "wrong", ["short word1", "password1234", "administrator", "ana@example.org", "a" * 11]
)
def test_what_is_short_or_known_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(wrong, User(email="ana@example.org", name="Ana"))


@pytest.mark.parametrize(
    "right",
    ["patru cuvinte fara rost", "ștevie și măcriș 2026", "日本語のパスワード十二文字", "x y" * 40],
)
def test_long_ones_are_taken_whatever_their_letters(right: str) -> None:
    validate_password(right, User(email="ana@example.org", name="Ana"))


@pytest.mark.django_db
def test_an_unknown_address_costs_as_much_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same number of slow hashes: time tells nobody which accounts there are."""
    person("ana")
    counted: list[str] = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        counted.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    costs = []
    for email in ("ana@example.org", "nobody@example.org"):
        counted.clear()
        Client().post(LOGIN, {"login": email, "password": "wrong and long enough"})
        costs.append(len(counted))
    assert costs[0] == costs[1] >= 1


@pytest.mark.django_db
def test_a_forgotten_password_is_answered_alike() -> None:
    person("ana")
    found = []
    for email in ("ana@example.org", "nobody@example.org"):
        answer = Client().post(RESET, {"email": email}, follow=True)
        found.append((answer.redirect_chain, answer.status_code))
    assert found[0] == found[1]


class Silent(BaseEmailBackend):
    """A mail server that takes its time, and then nothing."""

    asked, answers = threading.Event(), threading.Event()

    def send_messages(self, email_messages: Any) -> int:
        self.asked.set()
        assert self.answers.wait(30)
        raise SMTPRecipientsRefused({"ana@example.org": (550, b"no such ana@example.org")})


@pytest.mark.django_db
def test_a_mail_server_that_is_slow_or_refuses_tells_of_no_account(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    person("ana")
    settings.EMAIL_BACKEND = f"{__name__}.Silent"
    settings.LETTERS_ASIDE = True
    logging.getLogger("vatra").addHandler(caplog.handler)
    try:
        answer = Client().post(RESET, {"email": "ana@example.org"})
        # Answered while the server has not.
        assert answer.status_code == 302 and not Silent.answers.is_set()
        assert Silent.asked.wait(30)
        Silent.answers.set()
        for each in threading.enumerate():
            if each.name == "letter":
                each.join(30)
        said = [each.getMessage() for each in caplog.records if each.name.endswith("people.mail")]
    finally:
        logging.getLogger("vatra").removeHandler(caplog.handler)
    assert said == ["the letter reset did not leave: SMTPRecipientsRefused"]


@pytest.mark.django_db
def test_a_password_may_be_pasted_and_filled_in() -> None:
    page = Client().get(LOGIN).content.decode()
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
