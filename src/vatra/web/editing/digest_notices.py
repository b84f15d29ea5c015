"""What the room tells by letter: somebody was named in a comment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vatra.web.cities.models import City
from vatra.web.editing.models import Mention
from vatra.web.people.notices import Notice


def notices(city: City, day: date) -> Iterator[Notice]:
    """Comments that name a person who has not seen them yet."""
    unseen = Mention.objects.filter(comment__thread__city=city, seen_at=None)
    for each in unseen.select_related("comment__author", "comment__thread").order_by("pk"):
        author = each.comment.author
        yield Notice(
            f"mention:{each.pk}",
            "web.editing.letter-mention" if author else "web.editing.letter-mention-nobody",
            {"author": str(author), "about": each.comment.thread.anchor},
            "editing:thread",
            (city.slug, each.comment.thread_id),
            people=frozenset({each.person_id}),
        )
