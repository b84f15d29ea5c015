"""Who asks: the address that a visitor comes from, seen by the outermost proxy of our own."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# A line of IPv6 holds so many bits of network; the rest a machine chooses for itself.
LINE_BITS = 64
NOBODY = "0.0.0.0"


def caller_of(request: HttpRequest) -> str:
    """The address that attempts are counted under.

    Each proxy adds at the end of ``X-Forwarded-For`` whom it sees, so the entry of the outermost of
    ``settings.PROXIES`` is that many from the end; what stands before it the visitor may have
    invented. Without proxies the header counts for nothing. Where an entry is missing or is no
    address, it is that of the connection, which nobody invents.

    An address of IPv6 counts as the line that it is on: who has one line has 2^64 addresses.
    """
    found = _forwarded(request) or _address(request.META.get("REMOTE_ADDR", ""))
    if found is None:
        return NOBODY
    if isinstance(found, IPv6Address):
        return str(ip_network((found, LINE_BITS), strict=False).network_address)
    return str(found)


def _forwarded(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if not 0 < settings.PROXIES <= len(entries):
        return None
    return _address(entries[-settings.PROXIES])


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """``192.0.2.7``, ``192.0.2.7:443``, ``2001:db8::1`` or ``[2001:db8::1]:443``."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
