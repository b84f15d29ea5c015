"""What pages of other rooms take from here, asked for only where a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from vatra.web.base.language import language_of
from vatra.web.cities.models import City
from vatra.web.desk.topics import help_address, topic, topic_of
from vatra.web.desk.tour import FIELD, address, demonstrated, tour_of
from vatra.web.people.holding import memberships_of
from vatra.web.people.models import User
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_edit_city, may_read_work
from vatra.web.workspace.actions_start import may_start_city
from vatra.web.workspace.models import Workspace
from vatra.words import Language


@dataclass(frozen=True)
class Entrance:
    """The way from a city's public pages to its work: a link, or a button that begins it."""

    url: str
    begins: bool


def desk(request: HttpRequest) -> dict[str, Any]:
    """``own``: the reader's cities; ``entrance``: to the work on this one; help and tour."""
    lang = language_of(request)
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return {
        "help_url": help_address(view_name, lang),
        "help_topic": _topic_title(view_name, lang),
        "tour": tour_of(request, lang) if FIELD in request.GET else None,
        "tour_begins": SimpleLazyObject(lambda: _tour_begins(lang)),
        "own": SimpleLazyObject(lambda: own_cities(request)) if has_session else [],
        "may_start_city": _lazy_flag(request) if has_session else False,
        "entrance": SimpleLazyObject(lambda: entrance(request, lang)) if has_session else None,
    }


def own_cities(request: HttpRequest) -> list[City]:
    """The cities in which the reader holds a role today, by name."""
    actor = actor_of(request)
    if not isinstance(actor, User):
        return []
    held = {each.city_id: each.city for each in memberships_of(actor)}
    return sorted(held.values(), key=lambda city: city.name)


def entrance(request: HttpRequest, lang: Language) -> Entrance | None:
    """How the reader comes from a city's page to its work; None for who may not."""
    slug = request.resolver_match.kwargs.get("slug") if request.resolver_match else None
    city = City.objects.filter(slug=slug).first() if slug else None
    actor = actor_of(request)
    if city is None or not may_read_work.allows(actor, city):
        return None
    if Workspace.objects.filter(city=city).exists():
        return Entrance(reverse("desk:desk", args=[lang, city.slug]), False)
    if not may_edit_city.allows(actor, city):
        return None
    return Entrance(reverse("workspace:start", args=[lang, city.slug]), True)


def _lazy_flag(request: HttpRequest) -> Any:
    return SimpleLazyObject(lambda: may_start_city.allows(actor_of(request), None))


def _topic_title(view_name: str, lang: Language) -> str:
    name = topic_of(view_name)
    return topic(name, lang).title if name else ""


def _tour_begins(lang: Language) -> str:
    city = demonstrated()
    return address(1, city, lang) if city else ""
