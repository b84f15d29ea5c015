"""What the public pages offer to people who work on a city: doors into its draft."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from vatra.web.cities.models import City
from vatra.web.pathways.choices import Wished
from vatra.web.pathways.figures import PlanFigures
from vatra.web.people.holding import memberships_of
from vatra.web.people.models import User
from vatra.web.people.roles import EDITORS
from vatra.web.people.rules import may_contribute, may_edit_city

register = template.Library()


def _person(context: Context) -> User | None:
    request = context.get("request")
    actor = getattr(request, "user", None)
    return actor if isinstance(actor, User) else None


def _has_begun(city: Any) -> bool:
    # The city remembers its workspace: a page asks for it at every row.
    return isinstance(city, City) and hasattr(city, "workspace")


@register.simple_tag(takes_context=True)
def may_edit_work(context: Context, city: Any) -> bool:
    """Whether the reader may write into the city's draft; asks nothing for visitors."""
    person = _person(context)
    return person is not None and may_edit_city.allows(person, city) and _has_begun(city)


@register.simple_tag(takes_context=True)
def may_talk(context: Context, city: Any) -> bool:
    """Whether the reader may comment on the city's figures."""
    person = _person(context)
    return person is not None and may_contribute.allows(person, city) and _has_begun(city)


@register.simple_tag(takes_context=True)
def cities_to_plan(context: Context) -> list[City]:
    """The cities whose draft the reader may write into."""
    person = _person(context)
    if person is None:
        return []
    held = memberships_of(person).filter(role__in=EDITORS, city__workspace__isnull=False)
    found = {each.city_id: each.city for each in held}
    return sorted(found.values(), key=lambda each: each.name)


@register.simple_tag
def laboratory_query(wished: Wished, figures: PlanFigures) -> str:
    """What the laboratory shows, as an address says it."""
    return wished.query(figures.scenario)
