"""The desk of a city: parse the request, ask, render."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vatra.web.cities.models import City
from vatra.web.desk.standing import draft as draft_of
from vatra.web.desk.standing import standing
from vatra.web.people.models import User
from vatra.web.people.queries import actor_of
from vatra.web.workspace.drafts import is_ready
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import is_computed
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work, head_of, versions, workspace_of
from vatra.web.workspace.steps import first_address, waiting_for
from vatra.words import Language

LATEST = 5


@never_cache
@require_safe
def desk(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Where the work on a city stands, and what comes next."""
    city = access_work(actor_of(request), slug, lang)
    head = head_of(city)
    content: dict[str, Any] = {}
    if head is not None:
        actor = actor_of(request)
        content = {
            "latest": list(versions(city)[:LATEST]),
            "waiting": waiting_for(actor, city, lang) if isinstance(actor, User) else [],
            "hand_in": first_address(("evidence:uploads",), lang, slug),
            "is_ready": is_computed(head),
            **_standing(city, head, lang, now=is_computed(head)),
        }
    return work_page(request, lang, city, "desk/desk.html", content)


@never_cache
@require_safe
def draft(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The newest version computed: a part of the desk, or the desk itself without scripts."""
    city = access_work(actor_of(request), slug, lang)
    head = head_of(city)
    if head is None:
        return redirect("desk:desk", lang, slug)
    done = is_ready(head, actor=actor_of(request))
    content = _standing(city, head, lang, now=done) | {"is_swap": True}
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("desk:desk", lang, slug)
    page = "desk/_computed.html" if done else "desk/_computing.html"
    response = work_page(request, lang, city, page, content | {"again": True}, tab="desk")
    patch_vary_headers(response, ["HX-Request"])
    return response


def _standing(city: City, head: Version, lang: Language, now: bool) -> dict[str, Any]:
    """Steps, and the draft when it is computed already or to be computed now."""
    workspace = workspace_of(city)
    published = workspace.published if workspace else None
    found = {"draft": draft_of(city, head, published, lang)} if now else {}
    return found | {"standing": standing(city, head, lang)}
