"""What the head of every page says of the person who reads it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from vatra.web.people.mail import goes_to_folder


def person(request: HttpRequest) -> dict[str, Any]:
    """``person``: who is signed in, read from the session only when a visitor has one."""
    provider = settings.IDENTITY_PROVIDER
    content: dict[str, Any] = {
        "goes_to_folder": goes_to_folder(),
        "provider_name": provider.name if provider else "",
    }
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return content | {"person": None}
    return content | {"person": SimpleLazyObject(lambda: getattr(request, "user", None))}
