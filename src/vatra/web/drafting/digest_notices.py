"""What the room tells by letter: a review waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vatra.web.cities.models import City
from vatra.web.drafting.models import Review
from vatra.web.people.notices import Notice
from vatra.web.people.roles import EDITORS


def notices(city: City, day: date) -> Iterator[Notice]:
    """Reviews that nobody has decided yet."""
    for each in Review.objects.filter(city=city, state="open").select_related("version"):
        yield Notice(
            f"review:{each.pk}",
            "web.drafting.letter-review",
            {"number": str(each.version.number)},
            "drafting:review",
            (city.slug, each.pk),
            # Four eyes: who asked does not decide.
            roles=EDITORS,
            besides=frozenset({each.asked_by_id} if each.asked_by_id else ()),
        )
