"""Addresses and networks as a setting names them."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.exceptions import ImproperlyConfigured

from vatra.words import say

Network = IPv4Network | IPv6Network


def networks(text: str) -> tuple[Network, ...]:
    """``127.0.0.1,10.0.0.0/8,::1``; empty for none. Raises ``ImproperlyConfigured`` for others."""
    try:
        return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())
    except ValueError as problem:
        raise ImproperlyConfigured(say("web.ops.networks", "en", text=text)) from problem
