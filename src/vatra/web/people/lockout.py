"""When a door locks: whose account was tried, from where, and the page that says until when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vatra.web.base.caller import caller_of
from vatra.web.base.errors import Choice
from vatra.web.base.language import language_of
from vatra.web.base.views import error_page
from vatra.words import say

LOCKED_MINUTES = 15


def account_of(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The account that is tried, in small letters."""
    given = credentials or {}
    tried = given.get("email") or given.get("username") or ""
    if not tried and request is not None:
        tried = request.POST.get("login", "")
    return str(tried).strip().lower()[:254]


def address_of(request: HttpRequest) -> str:
    """The address that the request came from, behind trusted proxies the visitor's."""
    return caller_of(request)


def locked_out(
    request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any
) -> HttpResponse:
    """429, said alike for accounts that exist and that do not."""
    lang = language_of(request)
    message = say("web.people.locked-out", lang, minutes=LOCKED_MINUTES)
    ways = [
        Choice(say(f"web.people.{name}-title", lang), reverse(f"people:{name}", args=[lang]))
        for name in ("reset", "login")
    ]
    return error_page(request, 429, "locked-out", message, ways)
