"""Writes of the index: derived from what is here, so that it can be made anew at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.utils import timezone

import vatra
from vatra.web.base.errors import NotReady
from vatra.web.base.searchable import Findable
from vatra.web.cities.models import City
from vatra.web.search.engine import words_kept
from vatra.web.search.models import Entry, Indexed
from vatra.web.search.registry import sources

BATCH = 1_000
TITLE_LENGTH, TEXT_LENGTH = 300, 400
Progress = Callable[[int, int], None]


def do_index_source(*, name: str, city: City | None) -> int:
    """Make the entries of one source of a city anew, whole or not at all; returns how many."""
    made = iter(sources()[name].entries(city))
    with transaction.atomic():
        Entry.objects.filter(source=name, city=city).delete()
        count = 0
        for batch in _batches(made):
            Entry.objects.bulk_create([_entry(name, city, each) for each in batch])
            count += len(batch)
        _note(name, city, count)
    return count


def do_index_city(*, city: City, all_of_it: bool = False, progress: Progress | None = None) -> int:
    """Index what is not as the city's pages show it; everything where ``all_of_it``."""
    wanted = [
        name
        for name, source in sources().items()
        if source.of_city and (all_of_it or not is_current(name, city))
    ]
    count = 0
    for at, name in enumerate(wanted):
        if progress:
            progress(at, len(wanted))
        try:
            count += do_index_source(name=name, city=city)
        except NotReady:
            # The city's folder is gone: nothing of it can be opened, so nothing is to be found.
            Entry.objects.filter(source=name, city=city).delete()
    return count


def do_index_installation() -> int:
    """Index what belongs to no city."""
    found = [name for name, source in sources().items() if not source.of_city]
    return sum(do_index_source(name=name, city=None) for name in found)


def is_current(name: str, city: City) -> bool:
    """Whether a source was indexed from what the city's pages show now."""
    return Indexed.objects.filter(source=name, city=city, mark=mark_of(city)).exists()


def mark_of(city: City | None) -> str:
    """What entries are made of: the contract that is shown, and the version of Vatra."""
    return f"{vatra.__version__} {city.run_id if city else ''}"[:80]


def _note(name: str, city: City | None, count: int) -> None:
    # Two at once write the same: the last one stands.
    Indexed.objects.filter(source=name, city=city).delete()
    now = timezone.now()
    Indexed.objects.create(source=name, city=city, mark=mark_of(city), entry_count=count, at=now)


def _batches(made: Iterator[Findable]) -> Iterable[list[Findable]]:
    while batch := list(islice(made, BATCH)):
        yield batch


def _entry(source: str, city: City | None, found: Findable) -> Entry:
    place = city.name if city else ""
    rest = (found.text, found.more, place)
    return Entry(
        source=source,
        kind=found.kind,
        city=city,
        audience=found.audience,
        lang=found.lang,
        title=_clean(found.title)[:TITLE_LENGTH],
        text=_clean(found.text)[:TEXT_LENGTH],
        folded=words_kept(found.title, rest, found.bulk),
        url_name=found.url_name,
        url_args=list(found.url_args),
        query=found.query[:200],
        updated=timezone.now(),
    )


def _clean(text: str) -> str:
    """One line; PostgreSQL keeps no NUL."""
    return " ".join(text.replace("\0", " ").split())
