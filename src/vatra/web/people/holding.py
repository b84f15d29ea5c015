"""What a person holds today: roles in cities, a second proof of who they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import date
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from vatra.web.cities.models import City
from vatra.web.people.models import Membership, User
from vatra.web.people.roles import Role, role_of

# The session's word for a person whom the identity provider asked for several proofs, and the
# attribute of a request and a person that says so.
PROVED_BY_PROVIDER = "proved_by_provider"
Answer = TypeVar("Answer")
# What was asked before while one page is read, by question and what it is about. None while
# anything is written.
SEEN: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("SEEN", default=None)
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def today() -> date:
    """The day in the country, by the server's clock."""
    return timezone.localdate()


def held_on(day: date) -> Q:
    """Roles that hold on a day, its first and last day included."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def memberships_of(person: User) -> QuerySet[Membership]:
    """Roles that a person holds today, own ones and those of the organisation."""
    own = Q(person=person)
    if person.organisation is not None:
        own |= Q(organisation=person.organisation)
    return Membership.objects.filter(own & held_on(today())).select_related("city", "organisation")


def roles_in(actor: User | AnonymousUser, city: City) -> frozenset[Role]:
    """The roles of an actor in a city today; none for who has not signed in."""
    if not isinstance(actor, User) or not actor.is_active:
        return frozenset()
    return once(
        ("roles", actor.pk, city.pk), lambda: _roles(memberships_of(actor).filter(city=city))
    )


def _roles(held: Iterable[Membership]) -> frozenset[Role]:
    return frozenset(role_of(each.role) for each in held)


def has_second_factor(actor: User | AnonymousUser) -> bool:
    """Whether an authenticator app or a passkey is set up, or the identity provider has asked for
    several proofs in this session; recovery codes alone do not count."""
    if not isinstance(actor, User):
        return False
    if getattr(actor, PROVED_BY_PROVIDER, False):
        return True
    held = Authenticator.objects.filter(user_id=actor.pk, type__in=SECOND_FACTORS)
    return once(("factors", actor.pk), lambda: held.exists())


def once(question: tuple[object, ...], ask: Callable[[], Answer]) -> Answer:
    """The answer of the database, asked for once while a page is read."""
    seen = SEEN.get()
    if seen is None:
        return ask()
    if question not in seen:
        seen[question] = ask()
    answer: Answer = seen[question]
    return answer
