"""Public pages that follow from a sealed document alone are made once and kept as they were sent.

The seal is part of the key, the folder, and how many editions were published and taken back:
another edition of the city has other pages, so has another pack under the same seal, and one that
was withdrawn says so. Only what a visitor without a session asks for is kept, and only where the
view says that nothing else stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers

from vatra.web.cities.folders import state_of
from vatra.web.cities.models import City
from vatra.web.cities.shelf import Kept, Key, Shelf, Turns

Handler = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
LONGEST_ADDRESS = 400
# Stands for the slug in a question that is asked for any city; no slug has a space.
_ANY = "any city"
_CITY = re.compile(r"/(?:ro|en)/cities/(?P<slug>[-\w]+)/")
_HEADERS = (
    "Content-Type",
    "Content-Encoding",
    "Content-Language",
    "Content-Disposition",
    "ETag",
    "Vary",
    "Deprecation",
    "Link",
)


def sealed_page(view: View) -> View:
    """Says of a view that its answer follows from the sealed document and the address alone."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.follows_from_seal = True  # type: ignore[attr-defined]
        return response

    return seen


SHELF, TURNS = Shelf(), Turns()
# The names of addresses that this process has kept an answer of.
_KEEPING: set[str] = set()


def keep_pages(get_response: Handler) -> Handler:
    """Answer from the shelf where the page was made before under the same seal."""

    def made(request: HttpRequest, key: Key) -> HttpResponse:
        response = get_response(request)
        # Between question and answer the city may have got another edition.
        if _may_keep(response) and key == _key(request):
            SHELF.put(key, _kept(response))
            if request.resolver_match:
                _KEEPING.add(request.resolver_match.view_name)
        return response

    def handle(request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return get_response(request)
        kept = SHELF.get(key)
        if kept is None and _is_known(request):
            # Many who ask at once for a page that is not there wait for the one who makes it.
            with TURNS.of(key):
                kept = SHELF.get(key)
                if kept is None:
                    return made(request, key)
        if kept is None:
            return made(request, key)
        return _answer(request, kept)

    return handle


def is_kept(request: HttpRequest) -> bool | None:
    """Whether an answer to this lies on the shelf; None for what is never kept."""
    key = _key(request)
    return None if key is None else SHELF.get(key) is not None


def _is_known(request: HttpRequest) -> bool:
    """Whether the answer is of a kind that is kept."""
    try:
        return resolve(request.path_info).view_name in _KEEPING
    except Resolver404:
        return False


def _key(request: HttpRequest) -> Key | None:
    """What a kept page hangs on; None for requests that always go the whole way."""
    found = _CITY.match(request.path_info)
    address = request.get_full_path()
    if (
        found is None
        or request.method not in ("GET", "HEAD")
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or "Authorization" in request.headers
        or len(address) > LONGEST_ADDRESS
    ):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    state = _public_state(found["slug"])
    if state is None:
        return None
    part = request.headers.get("HX-Request", "") + request.headers.get("HX-Target", "")
    packed = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else ""
    return (*state, str(request.scheme), host, address, part, packed)


def _public_state(slug: str) -> Key | None:
    """The seal that a city shows to everybody, its folder, and how many editions it published and
    took back (pages say it of what they show); None where it shows nothing to them."""
    sql, params = _question()
    with connection.cursor() as cursor:
        cursor.execute(sql, [slug if each == _ANY else each for each in params])
        found = cursor.fetchone()
    if found is None:
        return None
    run_id, folder = found[:2]
    # The same run may be written into its folder again, with other terms of use, say.
    return (*map(str, found), state_of(Path(folder), run_id))


@cache
def _question() -> tuple[str, tuple[Any, ...]]:
    """The question put into SQL once: doing so takes longer than its answer."""
    shown = City.objects.filter(slug=_ANY, is_listed=True).exclude(door__members_only=True)
    counted = shown.annotate(
        published=Count("sealed_contracts", Q(sealed_contracts__edition__isnull=False)),
        withdrawn=Count("sealed_contracts", Q(sealed_contracts__state="withdrawn")),
    )
    wanted = counted.order_by().values_list("run_id", "folder", "published", "withdrawn")
    return wanted.query.sql_with_params()


def _may_keep(response: HttpResponse) -> bool:
    return (
        getattr(response, "follows_from_seal", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
    )


def _kept(response: HttpResponse) -> Kept:
    headers = tuple((name, response[name]) for name in _HEADERS if name in response)
    return Kept(response.content, headers)


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    # Whoever counts requests wants to know what was asked for.
    request.resolver_match = resolve(request.path_info)
    response = HttpResponse(kept.body)
    for name, value in kept.headers:
        response[name] = value
    response["Content-Length"] = str(len(kept.body))
    response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    again = get_conditional_response(request, etag=response.get("ETag"), response=response)
    return again if isinstance(again, HttpResponse) else response
