"""Reads of reviews: which version is approved, who may approve one."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from vatra.web.base.errors import NotHere
from vatra.web.cities.models import City
from vatra.web.drafting.models import Review
from vatra.web.people.holding import held_on, once, today
from vatra.web.people.models import Membership, User
from vatra.web.people.roles import EDITORS
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import head_of

MOST_REVIEWS = 2**31


def reviews(city: City) -> QuerySet[Review]:
    """All reviews of a city, the newest first."""
    found = Review.objects.filter(city=city)
    return found.select_related("version", "version__author", "asked_by", "decided_by")


def review_of(city: City, pk: int) -> Review:
    """One review of a city; ``NotHere`` for another."""
    # A number that no database counts to is nobody's.
    found = reviews(city).filter(pk=pk).first() if pk < MOST_REVIEWS else None
    if found is None:
        raise NotHere("web.drafting.review-unknown")
    return found


def open_review(city: City) -> Review | None:
    """The review that waits for an answer."""
    return once(("open review", city.pk), reviews(city).filter(state="open").first)


def approved_review(city: City) -> Review | None:
    """The last approval, if nothing changed since."""
    return once(("approved review", city.pk), lambda: _approved(city))


def _approved(city: City) -> Review | None:
    found = reviews(city).filter(state__in=("approved", "sealed")).first()
    head = head_of(city)
    if found is None or head is None or found.version.digest != head.digest:
        return None
    later = reviews(city).filter(state="refused", pk__gt=found.pk, version__digest=head.digest)
    return None if later.exists() else found


def approved_version(city: City) -> Version | None:
    """The version that may be sealed: approved last, and still what the draft is."""
    found = approved_review(city)
    return found.version if found else None


def changes_since(review: Review) -> int:
    """How many versions came after the one under review; none where the draft is the same."""
    head = head_of(review.city)
    if head is None or head.digest == review.version.digest:
        return 0
    return head.number - review.version.number


def editors(city: City) -> QuerySet[User]:
    """Everybody who may edit the city today, by an own role or by that of the organisation."""
    held = Membership.objects.filter(held_on(today()), city=city, role__in=EDITORS)
    people = Q(pk__in=held.values("person")) | Q(organisation__in=held.values("organisation"))
    return User.objects.filter(people, is_active=True)
