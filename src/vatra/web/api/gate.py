"""What every address of the API passes: method, token, limit, policies of the answer."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from vatra.web.api.actions import do_note_use
from vatra.web.api.limits import Count, counted
from vatra.web.api.models import Token
from vatra.web.api.problems import problem, unauthorized
from vatra.web.api.tokens import read_token
from vatra.web.people.holding import today
from vatra.web.people.lockout import address_of
from vatra.web.people.rules import Actor

View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")
ALLOW = "GET, HEAD, OPTIONS"
LONGEST_HEADER = 200


def gated(view: View) -> View:
    """A view behind the gate. It is given ``request.token`` and ``request.caller``."""

    @functools.wraps(view)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _policies(request, _preflight())
        if request.method not in READ:
            allow = {"Allow": ALLOW}
            return _policies(request, problem(request, 405, "web.api.only-reading", headers=allow))
        count, refused = _enter(request)
        response = refused or _answer(view, request, *args, **kwargs)
        if count is not None:
            for name, value in count.headers().items():
                response[name] = value
        return _policies(request, response)

    # Nothing is written, and no cookie says who asks.
    handle.csrf_exempt = True  # type: ignore[attr-defined]
    return handle


def _enter(request: HttpRequest) -> tuple[Count | None, HttpResponse | None]:
    """Who asks, and whether they asked too often; the answer for who may not go on."""
    try:
        token = token_of(request)
    except ValueError:
        # Counted by address: nobody tries tokens without end.
        count = counted(f"wrong {address_of(request)}", settings.API_LIMIT_A_MINUTE)
        return count, _too_many(request, count) or unauthorized(request, "web.api.token-wrong")
    request.token = token  # type: ignore[attr-defined]
    request.caller = token.person if token else _signed_in(request)  # type: ignore[attr-defined]
    if token is None:
        count = counted(address_of(request), settings.API_LIMIT_A_MINUTE)
    else:
        count = counted(token.log_name, settings.API_TOKEN_LIMIT_A_MINUTE)
        do_note_use(token=token)
    return count, _too_many(request, count)


def _too_many(request: HttpRequest, count: Count) -> HttpResponse | None:
    if not count.is_over:
        return None
    return problem(request, 429, "web.api.too-many", limit=count.limit, seconds=count.wait_seconds)


def token_of(request: HttpRequest) -> Token | None:
    """The token of a request, None without one; ``ValueError`` for one that opens nothing."""
    given = request.headers.get("Authorization", "")
    if not given:
        return None
    kind, _, text = given[:LONGEST_HEADER].partition(" ")
    written = read_token(text.strip()) if kind.lower() == "bearer" else None
    if written is None:
        raise ValueError("no token")
    found = (
        Token.objects.filter(selector=written.selector)
        .select_related("person", "person__organisation", "city")
        .first()
    )
    fits = written.fits(found.hash if found else None)
    if not fits or found is None or not _is_open(found):
        raise ValueError("opens nothing")
    return found


def _is_open(token: Token) -> bool:
    return token.revoked_at is None and token.expires >= today() and token.person.is_active


def _has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _signed_in(request: HttpRequest) -> Actor:
    """Who opens the address in a browser where they signed in; nothing can be written here."""
    return request.user if _has_session(request) else AnonymousUser()


def caller_of(request: HttpRequest) -> Actor:
    """Who asks: the token's person, who signed in, or anybody."""
    return getattr(request, "caller", AnonymousUser())


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    # What answers GET answers HEAD; the server leaves the body out.
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = ALLOW
    response["Access-Control-Allow-Methods"] = ALLOW
    # No Authorization: tokens belong to programs, not to pages of other sites.
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _policies(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Public data may be read by pages of any site; what a token opens may not."""
    patch_vary_headers(response, ["Authorization", "Cookie"])
    if request.headers.get("Authorization") or _has_session(request):
        response["Cache-Control"] = "private, no-store"
        return response
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = (
        "ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
    )
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "public, no-cache"
    return response
