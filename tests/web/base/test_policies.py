"""What browsers are told to forbid, and that no page asks for what is forbidden."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.web.pages import city_urls, page_urls, read
from vatra.web.cities.models import City

URLS = page_urls("cluj-napoca")
EVENT = re.compile(r"on[a-z]+")


@pytest.mark.parametrize("url", URLS)
def test_the_policy_allows_our_own_files_and_nothing_inline(
    client: Client, cluj: City, url: str
) -> None:
    policy = client.get(url).headers["Content-Security-Policy"]
    directives = {each.split()[0]: each.split()[1:] for each in policy.split("; ")}
    assert directives.pop("default-src") == ["'none'"]
    for name in ("base-uri", "frame-ancestors"):
        assert directives.pop(name) == ["'none'"]
    assert all(sources == ["'self'"] for sources in directives.values()), directives


@pytest.mark.parametrize("url", URLS)
def test_no_page_holds_an_inline_script_style_or_handler(
    client: Client, cluj: City, url: str
) -> None:
    page = read(client.get(url))
    for tag, attrs in page.tags:
        assert tag != "style", url
        assert "style" not in attrs, (url, tag, attrs)
        assert not [name for name in attrs if EVENT.fullmatch(name)], (url, tag, attrs)
        assert not attrs.get("href", "").startswith("javascript:"), (url, attrs)
        if tag == "script":
            # Data in an inert element is no script; everything else comes from a file.
            assert attrs.get("type") == "application/json" or attrs["src"].startswith("/static/")


@pytest.mark.parametrize("url", [*city_urls("cluj-napoca"), "/health", "/ro/verify/"])
def test_security_headers_stand_on_every_answer(client: Client, cluj: City, url: str) -> None:
    headers = client.get(url).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_reading_sets_no_cookie(client: Client, cluj: City) -> None:
    for url in city_urls("cluj-napoca"):
        assert not client.get(url).cookies, url
