"""What the room tells by letter: a file that was handed in has faults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vatra.web.cities.models import City
from vatra.web.evidence.models import OPEN, Upload
from vatra.web.people.notices import Notice


def notices(city: City, day: date) -> Iterator[Notice]:
    """Files with faults, to who handed them in."""
    waiting = Upload.objects.filter(city=city, error_count__gt=0, state__in=OPEN)
    for each in waiting.exclude(by=None).order_by("pk"):
        yield Notice(
            f"upload:{each.pk}:{each.round}:{each.error_count}",
            "web.evidence.letter-faults",
            {"name": each.name, "count": each.error_count},
            "evidence:upload",
            (city.slug, each.pk),
            people=frozenset({int(each.by.pk)}) if each.by else frozenset(),
        )
