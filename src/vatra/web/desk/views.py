"""The desk of a city: parse the request, ask, render."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vatra.web.people.queries import actor_of
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work, versions
from vatra.words import Language

LATEST = 5


@require_safe
def desk(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Where the work on a city stands, and what comes next."""
    city = access_work(actor_of(request), slug, lang)
    content = {"latest": list(versions(city)[:LATEST])}
    return work_page(request, lang, city, "desk/desk.html", content)
