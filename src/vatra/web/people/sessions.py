"""How long a session may last: ended when nobody used it for hours, and after a day in any case."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

Handler = Callable[[HttpRequest], HttpResponse]
BEGAN, SEEN = "began_at", "seen_at"
# The time of the last request is written down not more often than this.
STEP_SECONDS = 300


def end_old(get_response: Handler) -> Handler:
    """End the session of a person who was away too long; the page to sign in leads back.

    No answer to a person who is signed in is kept by a cache.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _end_or_note(request, int(time.time()))
            response = get_response(request)
            if "Cache-Control" not in response:
                # What a person sees is not left in a shared browser or a proxy.
                add_never_cache_headers(response)
            return response
        return get_response(request)

    return handle


def begin(request: HttpRequest) -> None:
    """A person has just signed in: the session's times begin now."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def _end_or_note(request: HttpRequest, now: int) -> None:
    session = request.session
    began, seen = session.get(BEGAN), session.get(SEEN)
    if not isinstance(began, int) or not isinstance(seen, int):
        begin(request)
    elif now - began > settings.SESSION_LONGEST_SECONDS or (
        now - seen > settings.SESSION_IDLE_SECONDS
    ):
        logout(request)
    elif abs(now - seen) > STEP_SECONDS:
        # Also when the clock was put back: a time to come would keep the session for longer.
        session[SEEN] = now
        session[BEGAN] = min(began, now)
