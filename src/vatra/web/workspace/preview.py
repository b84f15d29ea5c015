"""Who works on a city may see its public pages as the draft would make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from vatra.web.base.errors import Choice, NotHere
from vatra.web.base.language import language_of
from vatra.web.base.views import error_page
from vatra.web.cities import shown
from vatra.web.cities.models import City
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_read_work
from vatra.web.workspace.packs import computed
from vatra.web.workspace.queries import head_of
from vatra.words import say

KEY = "draft_of"
# The page that stands for a city.
FRONT = "cities:overview"
Handler = Callable[[HttpRequest], HttpResponse]


def is_on(request: HttpRequest, slug: str) -> bool:
    """Whether the reader chose to see the draft of this city."""
    return _has_session(request) and slug in request.session.get(KEY, [])


def switch(request: HttpRequest, slug: str, on: bool) -> None:
    """Show the draft of a city from now on in this session, or no longer."""
    chosen = {*request.session.get(KEY, [])} - {slug}
    request.session[KEY] = sorted({*chosen, slug} if on else chosen)


class Preview:
    """Lets the city of an address be its draft for this request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = shown.INSTEAD.set({})
        try:
            return self.get_response(request)
        finally:
            shown.INSTEAD.reset(token)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        slug = kwargs.get("slug")
        # The pages of work speak of versions themselves.
        if not slug or "/work/" in request.path or not is_on(request, slug):
            return None
        city = City.objects.filter(slug=slug).first()
        if city is None or not may_read_work.allows(actor_of(request), city):
            return None
        head = head_of(city)
        if head is None:
            return None
        draft = computed(head)
        if draft.folder is None:
            return _faults(request, city)
        about = draft.document["city"] if draft.document else {}
        shown.INSTEAD.set({slug: shown.Draft(str(draft.folder), draft.run_id, head.number, about)})
        request.draft_number = head.number  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The address of a city that published nothing leads its members to its work."""
        match = request.resolver_match
        if not isinstance(problem, NotHere) or match is None or match.view_name != FRONT:
            return None
        city = City.objects.filter(slug=match.kwargs["slug"], is_listed=False).first()
        if city is None or not may_read_work.allows(actor_of(request), city):
            return None
        return redirect("desk:desk", language_of(request), city.slug)


def _faults(request: HttpRequest, city: City) -> HttpResponse:
    """A draft that cannot be computed has no pages; its findings have one."""
    lang = language_of(request)
    url = reverse("workspace:findings", args=[lang, city.slug])
    exist = [Choice(say("web.workspace.findings-title", lang), url)]
    message = say("web.workspace.draft-faults", lang, city=city.name)
    return error_page(request, 409, "not-ready", message, exist)


def _has_session(request: HttpRequest) -> bool:
    from django.conf import settings

    return settings.SESSION_COOKIE_NAME in request.COOKIES


def context(request: HttpRequest) -> dict[str, Any]:
    """``draft_number``: the version that a page shows instead of what is published."""
    return {"draft_number": getattr(request, "draft_number", None)}
