"""What is noted of every request: which kind of address, how it was answered, how long it took."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from vatra.web.base.own import is_own
from vatra.web.ops.counters import NO_VIEW, count

Handler = Callable[[HttpRequest], HttpResponse]
REQUESTS = logging.getLogger("vatra.requests")
NS_PER_MS = 1_000_000
# Probes ask every few seconds; they are neither work nor news.
PROBES = frozenset({"health", "ready", "metrics"})


def note(get_response: Handler) -> Handler:
    """Count each answer, and log it by the name and route of its address.

    Never by the address itself: it may hold the key of a report or the token of an invitation, its
    query what somebody looked for.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if is_own(request):
            return get_response(request)
        begin = time.perf_counter_ns()
        response = get_response(request)
        took_ns = time.perf_counter_ns() - begin
        found = request.resolver_match
        view = found.view_name if found else NO_VIEW
        if view not in PROBES:
            count(view, response.status_code, took_ns)
            about = {
                "method": request.method,
                "view": view,
                "status": response.status_code,
                "ms": round(took_ns / NS_PER_MS, 1),
            }
            REQUESTS.info("answered", extra={"about": about})
        return response

    return handle
