"""Which entries an actor may find: those whose pages they may open."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from vatra.web.cities.models import City
from vatra.web.people.holding import memberships_of
from vatra.web.people.models import User
from vatra.web.people.roles import ADMINISTRATORS
from vatra.web.people.rules import Actor


@dataclass(frozen=True)
class Sight:
    """What an actor sees: cities that are hidden from them, theirs, those they administer.

    ``runs_all`` who runs the installation.
    """

    hidden: frozenset[int]
    mine: frozenset[int]
    administered: frozenset[int]
    runs_all: bool = False

    def condition(self) -> Q:
        """The entries that may be found; everything else does not exist."""
        if self.runs_all:
            return ~Q(city_id__in=self.hidden, audience="public")
        public = Q(audience="public") & ~Q(city_id__in=self.hidden)
        members = Q(audience="members", city_id__in=self.mine)
        return public | members | Q(audience="administrators", city_id__in=self.administered)


def sight_of(actor: Actor) -> Sight:
    """What an actor sees today."""
    unlisted = set(City.objects.filter(is_listed=False).values_list("pk", flat=True))
    closed = set(City.objects.filter(door__members_only=True).values_list("pk", flat=True))
    if not isinstance(actor, User) or not actor.is_active:
        return Sight(frozenset(unlisted | closed), frozenset(), frozenset())
    if actor.is_installation_administrator:
        return Sight(frozenset(unlisted), frozenset(), frozenset(), runs_all=True)
    held = list(memberships_of(actor))
    mine = frozenset(each.city_id for each in held)
    led = frozenset(each.city_id for each in held if each.role in ADMINISTRATORS)
    # The pages of a city that is not shown exist for nobody, its work for its members.
    return Sight(frozenset(unlisted | (closed - mine)), mine, led)
