"""Whole addresses of pages: by the installation's own name, whatever name was asked under."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def public(path: str) -> str:
    """The address of a page for documents and codes; empty where the installation has no name."""
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else ""


def absolute(request: HttpRequest | None, path: str) -> str:
    """The address of a page for letters and snippets: else the name that was asked under."""
    return public(path) or (request.build_absolute_uri(path) if request is not None else path)
