"""Reads of the log."""

from __future__ import annotations

from django.db.models import QuerySet

from vatra.web.base.actions import HEAD_ID
from vatra.web.base.audit import START, Verdict, check
from vatra.web.base.models import AuditEntry, AuditHead


def entries(
    city: str = "", actor: str = "", verb: str = "", noun: str = ""
) -> QuerySet[AuditEntry]:
    """Entries, the newest first; every word given must fit."""
    asked = {"city": city, "actor": actor, "verb": verb, "noun": noun}
    chosen = {name: value for name, value in asked.items() if value}
    return AuditEntry.objects.filter(**chosen).order_by("-id")


def verify() -> Verdict:
    """Follow the whole chain from its first entry to its head."""
    head = AuditHead.objects.filter(pk=HEAD_ID).first()
    count, last = (head.count, head.last) if head else (0, START)
    # In portions: a log of years does not fit into memory at once.
    return check(AuditEntry.objects.order_by("id").iterator(chunk_size=2000), count, last)
