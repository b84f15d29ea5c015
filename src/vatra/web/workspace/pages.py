"""A page of work under its tabs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from vatra.web.cities.models import City
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_edit_city, may_see_members
from vatra.web.workspace.preview import is_on
from vatra.web.workspace.queries import workspace_of
from vatra.words import Language, say

# The pages of a city's work, in the order of their tabs.
TABS = {
    "desk": "desk:desk",
    "evidence": "evidence:uploads",
    "tables": "editing:tables",
    "contract": "drafting:contract",
    "publish": "publication:publish",
    "progress": "progress:work",
    "history": "workspace:history",
}


def work_page(
    request: HttpRequest,
    lang: Language,
    city: City,
    template: str,
    content: dict[str, Any],
    *,
    tab: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page of a city's work; ``tab`` the one it belongs to, else that of its template's name."""
    name = template.rpartition("/")[2].removesuffix(".html")
    workspace = workspace_of(city)
    shared = {
        "city": city,
        "tabs": _tabs(request, lang, city),
        "here": tab or name,
        "part": name if tab and tab != name else "",
        "head": workspace.head if workspace else None,
        "published": workspace.published if workspace else None,
        "is_preview": is_on(request, city.slug),
        "may_edit": may_edit_city.allows(actor_of(request), city),
    }
    return render(request, template, shared | content, status=status)


def _tabs(request: HttpRequest, lang: Language, city: City) -> list[tuple[str, str, str]]:
    wanted = dict(TABS)
    if may_see_members.allows(actor_of(request), city):
        wanted["people"] = "people:members"
    found = []
    for name, address in wanted.items():
        try:
            url = reverse(address, args=[lang, city.slug])
        except NoReverseMatch:
            continue
        found.append((name, say(f"web.workspace.tab-{name}", lang), url))
    return found
