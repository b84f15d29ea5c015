"""The first version of the API: its addresses, its faults, its description."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.errors import ValidationError

from vatra.web.api.entrance import Fresh, Unknown, unknown_names
from vatra.web.api.gate import gated
from vatra.web.api.problems import (
    Problem,
    language_asked,
    of_invalid,
    of_not_here,
    of_not_ready,
    of_problem,
    of_refused,
    problem,
)
from vatra.web.api.routes import buildings, cities, data, inventory, lineage, plan, work
from vatra.web.api.schema import described
from vatra.web.base.errors import NotReady
from vatra.web.base.faults import fault_of
from vatra.web.base.views import RETRY_SECONDS
from vatra.web.people.errors import Refused

BASE = "/api/v1"
log = logging.getLogger("vatra.api")
api = NinjaAPI(
    title="Vatra",
    version="1",
    urls_namespace="v1",
    openapi_url=None,
    docs_url=None,
)
for module in (cities, inventory, plan, buildings, lineage, data, work):
    api.add_router("", module.router)


@api.exception_handler(Fresh)
def _fresh(request: HttpRequest, raised: Fresh) -> HttpResponse:
    return raised.response


@api.exception_handler(Problem)
def _problem(request: HttpRequest, raised: Problem) -> HttpResponse:
    return of_problem(request, raised)


@api.exception_handler(Http404)
def _not_here(request: HttpRequest, raised: Http404) -> HttpResponse:
    return of_not_here(request, raised)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, raised: Refused) -> HttpResponse:
    return of_refused(request, raised)


@api.exception_handler(NotReady)
def _not_ready(request: HttpRequest, raised: NotReady) -> HttpResponse:
    return of_not_ready(request, raised)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, raised: ValidationError) -> HttpResponse:
    known = _known_names().get(str(getattr(request.resolver_match, "url_name", "")), frozenset())
    return of_invalid(request, [*raised.errors, *unknown_names(request, known)])


@cache
def _known_names() -> dict[str, frozenset[str]]:
    """Address by name -> the names that its query may hold."""
    operations = [each["get"] for each in described(api, BASE, "en")["paths"].values()]
    return {
        each["operationId"]: frozenset(one["name"] for one in each["parameters"])
        for each in operations
    }


@api.exception_handler(Unknown)
def _unknown(request: HttpRequest, raised: Unknown) -> HttpResponse:
    return of_invalid(request, raised.errors)


@api.exception_handler(Exception)
def _broken(request: HttpRequest, raised: Exception) -> HttpResponse:
    """A fault of ours, or 503 for one of the machine: told in the log, to the caller no details."""
    log.exception("the API failed", extra={"path": request.path})
    if fault_of(raised) is not None:
        return problem(request, 503, "web.api.away", headers={"Retry-After": RETRY_SECONDS})
    return problem(request, 500, "web.api.broken")


def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description of all addresses, OpenAPI 3.1."""
    return JsonResponse(
        described(api, BASE, language_asked(request)), json_dumps_params={"ensure_ascii": False}
    )


def index(request: HttpRequest) -> HttpResponseBase:
    """Where to begin."""
    found: dict[str, Any] = {
        "name": "Vatra",
        "version": "1",
        "openapi_url": f"{BASE}/openapi.json",
        "docs_url": f"/{language_asked(request)}/api/",
        "cities_url": f"{BASE}/cities",
        "catalog_url": f"{BASE}/catalog.jsonld",
    }
    return JsonResponse(found)


def unknown(request: HttpRequest, rest: str) -> HttpResponseBase:
    """An address that the API does not have."""
    return problem(request, 404, "web.api.no-address", choices=[f"{BASE}/openapi.json"])


def patterns() -> list[URLPattern]:
    """Every address behind the gate."""
    # The last one is the package's own first page.
    found: list[Any] = [*api.urls[0][:-1]]
    for each in found:
        each.callback = gated(_tagged(each.callback))
    return [
        path("", gated(index), name="index"),
        path("openapi.json", gated(openapi), name="openapi"),
        *found,
        re_path(r"^(?P<rest>.*)$", gated(unknown), name="unknown"),
    ]


def _tagged(view: Any) -> Any:
    """The view whose good answers carry the tags that were noted on the way."""

    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            for name, value in getattr(request, "tags", {}).items():
                response[name] = value
        return response

    return handle
