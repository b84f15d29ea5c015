"""Everybody may have a contract checked; who has the key of a kept report may delete it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.web.people.rights import ALL, NOBODY, READ, SEND, TAKE, Right, World
from vatra.web.lint.actions import hash_of
from vatra.web.lint.models import KeptReport

RIGHTS: dict[str, Right] = {
    "lint:check": Right("/{lang}/lint/", TAKE, ALL, ALL),
    "lint:example": Right("/{lang}/lint/example.md", READ),
    "lint:report": Right("/{lang}/lint/report/", TAKE, ALL, ALL),
    "lint:findings": Right("/{lang}/lint/findings.csv", SEND, NOBODY, ALL),
    "lint:keep": Right("/{lang}/lint/keep/", TAKE, ALL, ALL),
    "lint:kept": Right("/{lang}/lint/reports/{kept}/", READ),
    "lint:kept-findings": Right("/{lang}/lint/reports/{kept}/findings.csv", READ),
    "lint:own": Right("/{lang}/lint/reports/{kept}/{key}/", TAKE, ALL, ALL),
}


def things(world: World) -> dict[str, object]:
    """A report that somebody kept, and the key that allows to delete it."""
    kept, key = "k" * 32, "d" * 32
    empty = {"name": "c.md", "tables": [], "findings": [], "notes": [], "left_out_count": 0}
    until = timezone.now() + timedelta(days=1)
    KeptReport.objects.create(address=kept, key_hash=hash_of(key), report=empty, expires_at=until)
    return {"kept": kept, "key": key}
