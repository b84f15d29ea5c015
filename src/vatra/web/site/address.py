"""Where the installation is seen from outside: an address for documents, letters and codes."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def public_url(given: str) -> str:
    """``https://vatra.example.ro`` without a slash at the end; empty for none.

    Raises ``ImproperlyConfigured`` for anything else.
    """
    url = given.strip().rstrip("/")
    if not url:
        return ""
    if not _is_whole(url):
        raise ImproperlyConfigured(
            f"VATRA_URL is '{given}'. Write the address of the installation, such as "
            "https://vatra.example.ro, without a path."
        )
    return url


def _is_whole(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and not (parts.path or parts.query or parts.fragment or parts.username)
