"""Who asks, when a proxy stands in between: what a visitor writes in headers counts for nothing."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from tests.web.people.cast import PASSWORD, person
from vatra.web.base.caller import caller_of
from vatra.web.people import lockout
from vatra.web.site.proxies import proxy_count

pytestmark = pytest.mark.django_db
LOGIN = "/ro/account/login/"


def knock(address: str, password: str = "wrong", **more: str) -> int:
    """An attempt from a new browser; ``address`` as the proxy, or the visitor, writes it."""
    return (
        Client(REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": address, **more})
        .post(LOGIN, {"login": "ana@example.org", "password": password})
        .status_code
    )


@pytest.fixture
def behind_proxy(settings: Any) -> None:
    """As the settings are with VATRA_HTTPS=1."""
    settings.PROXIES = 1


@pytest.fixture
def behind_two(settings: Any) -> None:
    """As the settings are with VATRA_PROXIES=2: the outer one is seen as 10.0.0.2."""
    settings.PROXIES = 2


def test_an_invented_address_does_not_open_the_lock(behind_proxy: None) -> None:
    person("ana")
    # The proxy adds the true address at the end of what the visitor sent.
    for number in range(5):
        knock(f"6.6.6.{number}, 203.0.113.7")
    assert knock("6.6.6.99, 203.0.113.7", PASSWORD) == 429


def test_others_behind_the_same_proxy_are_not_locked_out(behind_proxy: None) -> None:
    person("ana")
    for _ in range(5):
        knock("203.0.113.7")
    assert knock("198.51.100.4", PASSWORD) == 302


def test_nobody_can_lock_another_address(behind_proxy: None) -> None:
    person("ana")
    for _ in range(5):
        knock("198.51.100.4, 203.0.113.7")
    assert knock("198.51.100.4", PASSWORD) == 302


def test_without_a_proxy_the_header_counts_for_nothing() -> None:
    person("ana")
    for number in range(5):
        knock(f"203.0.113.{number}")
    assert knock("198.51.100.4", PASSWORD) == 429


@pytest.mark.parametrize("header", ["", "garbage", "1.2.3.4;DROP", "::ffff:203.0.113.7", "," * 500])
def test_a_strange_header_breaks_nothing(behind_proxy: None, header: str) -> None:
    person("ana")
    assert knock(header) == 200


@pytest.mark.parametrize("header", ["x-real-ip", "forwarded", "x-client-ip", "true-client-ip"])
def test_other_headers_count_for_nothing(behind_proxy: None, header: str) -> None:
    person("ana")
    for number in range(5):
        knock("203.0.113.7", **{header: f"198.51.100.{number}"})
    assert knock("203.0.113.7", PASSWORD, **{header: "198.51.100.99"}) == 429


def test_behind_two_proxies_the_one_that_the_outer_saw_counts(behind_two: None) -> None:
    person("ana")
    for number in range(5):
        knock(f"6.6.6.{number}, 203.0.113.7, 10.0.0.2")
    assert knock("6.6.6.99, 203.0.113.7, 10.0.0.2", PASSWORD) == 429
    # Neither who was named by the visitor nor who comes through the same proxies is locked out.
    assert knock("198.51.100.4, 10.0.0.2", PASSWORD) == 302


def test_behind_two_proxies_nobody_locks_whom_they_name(behind_two: None) -> None:
    person("ana")
    for number in range(5):
        knock(f"203.0.113.7, 6.6.6.{number}, 10.0.0.2")
    assert knock("203.0.113.7, 10.0.0.2", PASSWORD) == 302


REQUEST = "10.0.0.1"


@pytest.mark.parametrize(
    "proxies, header, counted",
    [
        (0, "203.0.113.7", REQUEST),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (3, "6.6.6.6, 203.0.113.7, 10.0.0.3, 10.0.0.2", "203.0.113.7"),
        # Past the outer proxy: no entry of it, so the connection's own address.
        (2, "203.0.113.7", REQUEST),
        (1, "203.0.113.7, garbage", REQUEST),
        (1, "203.0.113.7, 198.51.100.4:4711", "198.51.100.4"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        # 2001:db8:1:2 is the line, the rest the machine's choice.
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "[2001:db8:1:2:ffff::9]:443", "2001:db8:1:2::"),
    ],
)
def test_the_address_that_counts(settings: Any, proxies: int, header: str, counted: str) -> None:
    settings.PROXIES = proxies
    asked = RequestFactory().get("/", REMOTE_ADDR=REQUEST, headers={"x-forwarded-for": header})
    assert caller_of(asked) == counted


def test_every_count_is_by_the_same_address(behind_two: None) -> None:
    """Attempts, sessions, the API and what is handed in to be verified: one answer for all."""
    header = {"x-forwarded-for": "6.6.6.6, 203.0.113.7, 10.0.0.2"}
    asked = RequestFactory().get("/", REMOTE_ADDR=REQUEST, headers=header)
    assert get_adapter().get_client_ip(asked) == lockout.address_of(asked) == "203.0.113.7"


@pytest.mark.parametrize("said, https, count", [("", True, 1), ("", False, 0), (" 2 ", True, 2)])
def test_how_many_proxies_there_are_unless_said(said: str, https: bool, count: int) -> None:
    assert proxy_count(said, https) == count


@pytest.mark.parametrize("said, https", [("-1", True), ("two", True), ("10", True), ("0", True)])
def test_a_number_of_proxies_that_cannot_be_is_refused(said: str, https: bool) -> None:
    with pytest.raises(ImproperlyConfigured, match="VATRA_PROXIES"):
        proxy_count(said, https)
