"""Writing to the log; called inside the transaction of the write it records."""

from __future__ import annotations

from vatra.web.base.models import AuditEntry


def do_record_write(*, actor: str, verb: str, noun: str, name: str, detail: str = "") -> AuditEntry:
    """Add one line to the log."""
    return AuditEntry.objects.create(actor=actor, verb=verb, noun=noun, name=name, detail=detail)
