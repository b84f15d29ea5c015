"""Reads about people; ``access_city`` is the only door to a city for who has an account."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from vatra.web.cities import queries as cities
from vatra.web.cities.models import City
from vatra.web.cities.rules import PUBLIC
from vatra.web.people.errors import Refused
from vatra.web.people.models import CityDoor, Invitation, Membership, User
from vatra.web.people.rules import Actor, Rule, may_read_city, may_read_work
from vatra.words import Language


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.user


def access_city(actor: Actor, slug: str, lang: Language, rule: Rule = may_read_city) -> City:
    """The city of an address, if the actor may do with it what the rule says.

    A city whose pages the actor may not read does not exist for them: ``NotHere``, as for one that
    nobody knows. Who may read it but not do the rest is told why: ``Refused``.
    """
    city = cities.access_city(PUBLIC, slug, lang)
    if not may_read_city.allows(actor, city):
        raise cities.unknown_city(slug, lang)
    refusal = rule.refusal(actor, city)
    if refusal:
        raise Refused(refusal, city=city.name)
    return city


def access_members(actor: Actor, slug: str, lang: Language, rule: Rule) -> City:
    """As ``access_city``; a city that is not published yet has members as well, and they may."""
    city = City.objects.filter(slug=slug, is_listed=False).first()
    if city is None or not may_read_work.allows(actor, city):
        return access_city(actor, slug, lang, rule)
    refusal = rule.refusal(actor, city)
    if refusal:
        raise Refused(refusal, city=city.name)
    return city


def may_enter(actor: Actor, slug: str) -> bool:
    """Whether an actor may open pages under a city's address; one query for a public city."""
    door = (
        CityDoor.objects.filter(city__slug=slug, members_only=True).select_related("city").first()
    )
    return door is None or may_read_city.allows(actor, door.city)


def members(city: City) -> QuerySet[Membership]:
    """All roles in a city, ended ones too, the newest first."""
    held = Membership.objects.filter(city=city).select_related("person", "organisation")
    return held.order_by("until", "-since", "id")


def invitations(city: City) -> QuerySet[Invitation]:
    """What was offered in a city and not yet accepted or taken back."""
    return Invitation.objects.filter(city=city, accepted_at=None, revoked_at=None)


def every_city() -> QuerySet[City]:
    """All cities, not published ones too; for who runs the installation."""
    return City.objects.all()


def is_closed(city: City) -> bool:
    """Whether only members read the city's pages."""
    return CityDoor.objects.filter(city=city, members_only=True).exists()


def person_of(email: str) -> User | None:
    """The account of an address."""
    return User.objects.filter(email=email.strip().lower()).first()
