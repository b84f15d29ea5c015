"""How often one may try: counted for all workers together."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.cache.backends.db import DatabaseCache
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import PASSWORD, person

pytestmark = pytest.mark.django_db
LOGIN, RESET = "/ro/account/login/", "/ro/account/password/reset/"


def another_worker() -> DatabaseCache:
    """The counters as another process opens them: nothing of its own memory."""
    known = settings.CACHES["default"]
    return DatabaseCache(known["LOCATION"], {"OPTIONS": known["OPTIONS"]})


def test_workers_count_in_one_table() -> None:
    first, second = another_worker(), another_worker()
    first.set("tries", 1, 60)
    second.incr("tries")
    assert first.get("tries") == 2
    # Of two who take the turn at once one gets it.
    assert first.add("turn", "x", 60) != second.add("turn", "x", 60)


def test_many_accounts_from_one_address_are_stopped() -> None:
    """Ten guesses at each of many accounts lock none of them; the address is stopped."""
    person("ana")
    right = {"login": "ana@example.org", "password": PASSWORD}
    assert Client().post(LOGIN, right).status_code == 302
    for number in range(22):
        Client().post(LOGIN, {"login": f"p{number}@example.org", "password": "x"})
    stopped = Client().post(LOGIN, right)
    assert stopped.status_code == 200
    assert "Prea multe încercări" in read(stopped).text
    # From elsewhere the same account opens.
    assert Client(REMOTE_ADDR="198.51.100.4").post(LOGIN, right).status_code == 302


def test_an_account_is_guessed_ten_times_from_wherever_and_however_it_is_named() -> None:
    """Each guess from another address, to another port, spelled another way: ten, and no more."""
    person("ana")

    def knock(number: int, login: str, password: str) -> bool:
        browser = Client(REMOTE_ADDR=f"198.51.100.{number}", HTTP_HOST=f"testserver:{number + 1}")
        return browser.post(LOGIN, {"login": login, "password": password}).status_code == 302

    assert knock(0, "ana@example.org", PASSWORD)
    names = ("ana@example.org", "Ana@Example.org", " ana@example.org", "ANA@EXAMPLE.ORG ")
    for number in range(10):
        assert not knock(number, names[number % len(names)], "wrong")
    assert not knock(99, "ana@example.org", PASSWORD)


def test_letters_are_not_sent_without_end(mailoutbox: list[object]) -> None:
    person("ana")
    for _ in range(12):
        Client().post(RESET, {"email": "ana@example.org"})
    assert 1 <= len(mailoutbox) <= 5
