"""Who asks, when a proxy stands in between: what a visitor writes in headers counts for nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.web.people.cast import PASSWORD, person

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
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


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
    assert knock(header) in (200, 403)


@pytest.mark.parametrize("header", ["x-real-ip", "forwarded", "x-client-ip", "true-client-ip"])
def test_other_headers_count_for_nothing(behind_proxy: None, header: str) -> None:
    person("ana")
    for number in range(5):
        knock("203.0.113.7", **{header: f"198.51.100.{number}"})
    assert knock("203.0.113.7", PASSWORD, **{header: "198.51.100.99"}) == 429
