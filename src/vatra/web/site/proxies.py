"""How many proxies stand in front, as a setting says it."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from vatra.words import say

MOST_PROXIES = 9


def proxy_count(text: str, is_https: bool) -> int:
    """``VATRA_PROXIES``; empty means one behind HTTPS, else none.

    Raises ``ImproperlyConfigured`` for what is no number from 0 to 9, and for none behind HTTPS:
    Vatra speaks no TLS of its own, so somebody else does.
    """
    said = text.strip() or str(int(is_https))
    if not (said.isascii() and said.isdigit() and int(said) <= MOST_PROXIES):
        raise ImproperlyConfigured(say("web.ops.proxies", "en", text=text, most=MOST_PROXIES))
    if is_https and int(said) == 0:
        raise ImproperlyConfigured(say("web.ops.no-proxy", "en"))
    return int(said)
