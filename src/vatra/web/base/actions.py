"""Writing to the log; called inside the transaction of the write it records."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from vatra.web.base.audit import hash_of
from vatra.web.base.models import AuditEntry, AuditHead

HEAD_ID = 1


def do_record_write(
    *, actor: str, verb: str, noun: str, name: str, detail: str = "", city: str = ""
) -> AuditEntry:
    """Add one line to the log, chained to the one before it.

    ``city`` is the address part of the city it belongs to. Writers stand in line at the head of
    the chain until the transaction of the one before them ends.
    """
    with transaction.atomic():
        AuditHead.objects.get_or_create(pk=HEAD_ID)
        head = AuditHead.objects.select_for_update().get(pk=HEAD_ID)
        entry = AuditEntry(
            at=timezone.now(),
            actor=actor,
            verb=verb,
            noun=noun,
            name=name,
            detail=detail,
            city=city or (name if noun in ("city", "edition") else ""),
            previous=head.last,
        )
        entry.hash = hash_of(entry, head.last)
        entry.save(force_insert=True)
        head.count, head.last = head.count + 1, entry.hash
        head.save(update_fields=["count", "last"])
    return entry
