"""Figures of an installation as Prometheus reads them: numbers of things, never of a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

import vatra
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.ops import counters
from vatra.web.ops.backup import VERB
from vatra.web.ops.checks import free_disk, pending_migrations
from vatra.web.ops.places import DATABASE_FILE

Line = str


def exposition() -> str:
    """All figures in the text format of Prometheus."""
    lines = [*_gauge("vatra_info", "Version in use", 1, f'{{version="{vatra.__version__}"}}')]
    lines += _requests()
    free, total = free_disk()
    lines += _gauge("vatra_disk_free_bytes", "Free bytes on the disk of the data folder", free)
    lines += _gauge("vatra_disk_total_bytes", "Bytes of that disk", total)
    try:
        lines += _of_database()
        is_up = 1
    except DatabaseError:
        is_up = 0
    lines += _gauge("vatra_database_up", "Whether the database answers", is_up)
    return "\n".join(lines) + "\n"


def _gauge(name: str, help_text: str, value: float, labels: str = "") -> Iterator[Line]:
    yield f"# HELP {name} {help_text}"
    yield f"# TYPE {name} gauge"
    yield f"{name}{labels} {value}"


def _of_database() -> Iterator[Line]:
    shown = City.objects.filter(is_listed=True).count()
    yield from _gauge("vatra_cities", "Cities whose pages are shown", shown)
    pending = len(pending_migrations())
    yield from _gauge("vatra_migrations_pending", "Migrations that wait", pending)
    yield from _gauge("vatra_log_entries", "Entries of the log", AuditEntry.objects.count())
    yield from _gauge("vatra_database_bytes", "Size of the database", _database_bytes())
    last = AuditEntry.objects.filter(verb=VERB).order_by("-id").first()
    if last is not None:
        when = int(last.at.timestamp())
        yield from _gauge("vatra_last_backup_seconds", "When the last backup was made", when)


def _database_bytes() -> int:
    if connection.vendor == "sqlite":
        file = Path(settings.DATA) / DATABASE_FILE
        return file.stat().st_size if file.is_file() else 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _requests() -> Iterator[Line]:
    numbers, names = counters.totals(), counters.view_names()
    width = len(counters.STATUSES)
    yield "# HELP vatra_requests_total Requests answered, by address and kind of answer"
    yield "# TYPE vatra_requests_total counter"
    for row, view in enumerate(names):
        for column, status in enumerate(counters.STATUSES):
            if number := numbers[row * width + column]:
                yield f'vatra_requests_total{{view="{view}",status="{status}"}} {number}'
    yield from _durations(numbers[len(names) * width :])


def _durations(numbers: list[int]) -> Iterator[Line]:
    name = "vatra_request_seconds"
    yield f"# HELP {name} Time to an answer"
    yield f"# TYPE {name} histogram"
    so_far = 0
    for end, number in zip((*counters.STEPS_S, "+Inf"), numbers, strict=False):
        so_far += number
        yield f'{name}_bucket{{le="{end}"}} {so_far}'
    yield f"{name}_sum {numbers[-1] / counters.NS_PER_S}"
    yield f"{name}_count {so_far}"
