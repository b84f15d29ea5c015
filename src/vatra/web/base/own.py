"""Requests that Vatra makes to itself: they are answered as a visitor's, and are nobody's visit."""

from __future__ import annotations

from django.http import HttpRequest

# No header of a request is named so.
OWN = "vatra.own"


def is_own(request: HttpRequest) -> bool:
    """Whether nobody outside asked."""
    return bool(request.META.get(OWN))
