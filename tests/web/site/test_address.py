"""Under which address the installation is seen: set once, or said to be missing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from vatra.web.base.addresses import absolute, public
from vatra.web.ops.checks import _address
from vatra.web.site.address import public_url


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("", ""),
        (" https://vatra.example.ro/ ", "https://vatra.example.ro"),
        ("http://10.0.0.7:8000", "http://10.0.0.7:8000"),
    ],
)
def test_an_address_is_kept_without_its_slash(given: str, url: str) -> None:
    assert public_url(given) == url


@pytest.mark.parametrize(
    "given",
    ["vatra.example.ro", "ftp://x.ro", "https://", "https://x.ro/pages", "https://a:b@x.ro",
     "https://x.ro?a=1", "https://x.ro:port", "https://[x"],
)  # fmt: skip
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="VATRA_URL"):
        public_url(given)


def test_pages_are_named_by_it(settings: Any) -> None:
    request = RequestFactory().get("/ro/")
    settings.PUBLIC_URL = ""
    assert public("/ro/") == "" and absolute(None, "/ro/") == "/ro/"
    assert absolute(request, "/ro/") == "http://testserver/ro/"
    settings.PUBLIC_URL = "https://vatra.example.ro"
    assert absolute(request, "/ro/") == absolute(None, "/ro/") == "https://vatra.example.ro/ro/"


@pytest.mark.parametrize(
    ("url", "hosts", "key"),
    [
        ("", ["localhost"], "check-no-address"),
        ("https://vatra.example.ro", ["localhost"], "check-other-host"),
        ("https://vatra.example.ro", ["vatra.example.ro"], "check-address"),
        ("https://vatra.example.ro:8443", [".example.ro"], "check-address"),
    ],
)
def test_the_check_says_how_it_stands(settings: Any, url: str, hosts: list[str], key: str) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = url, hosts
    (found,) = _address()
    assert found.key == f"web.ops.{key}"
    assert found.severity == ("ok" if key == "check-address" else "warning")
