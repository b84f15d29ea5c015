"""Letters about reviews: to who may decide, and to who asked."""

from __future__ import annotations

from collections.abc import Callable

from django.core.mail import EmailMessage

from vatra.web.drafting.models import Review
from vatra.web.drafting.queries import editors
from vatra.web.people.models import User
from vatra.words import Language, language, say

# The page of a review in a language, with the name of the site before it.
AddressOf = Callable[[Language, Review], str]


def tell_reviewers(review: Review, address_of: AddressOf) -> None:
    """Everybody who may decide on a review."""
    involved = {review.asked_by_id, review.version.author_id}
    for person in editors(review.city):
        if person.pk not in involved:
            _send("asked", person, review, address_of)


def tell_asker(review: Review, address_of: AddressOf) -> None:
    """Who asked for a review that was decided."""
    if review.asked_by is not None:
        _send(review.state, review.asked_by, review, address_of)


def _send(name: str, person: User, review: Review, address_of: AddressOf) -> None:
    lang = language(person.language)
    params = {
        "city": review.city.name,
        "version": str(review.version.number),
        "who": str(review.decided_by or review.asked_by or ""),
        "note": review.reason or review.note or "–",
        "url": address_of(lang, review),
    }
    subject = say(f"web.drafting.mail-{name}-subject", lang, **params)
    text = say(f"web.drafting.mail-{name}", lang, **params)
    EmailMessage(" ".join(subject.split()), text, to=[person.email]).send(fail_silently=True)
