"""Writes of reports: kept when somebody asks, deleted when asked or when their day has come."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from vatra.web.base.actions import do_record_write
from vatra.web.lint.limits import KEPT_DAYS
from vatra.web.lint.models import KeptReport

VISITOR = "visitor"
ADDRESS_BYTES = 24


def do_keep_report(*, report: Mapping[str, Any], actor: str = VISITOR) -> tuple[KeptReport, str]:
    """Keep a report for ``KEPT_DAYS``; the second value is the word that allows to delete it."""
    key = secrets.token_urlsafe(ADDRESS_BYTES)
    with transaction.atomic():
        do_purge_reports(actor=actor)
        kept = KeptReport.objects.create(
            address=secrets.token_urlsafe(ADDRESS_BYTES),
            key_hash=hash_of(key),
            report=dict(report),
            expires_at=timezone.now() + timedelta(days=KEPT_DAYS),
        )
        # The log says that something was kept, not where it can be read.
        do_record_write(actor=actor, verb="keep", noun="lint report", name=str(kept.pk))
    return kept, key


def do_delete_report(*, kept: KeptReport, actor: str = VISITOR) -> None:
    """Delete a report for good."""
    with transaction.atomic():
        do_record_write(actor=actor, verb="delete", noun="lint report", name=str(kept.pk))
        kept.delete()


def do_purge_reports(*, actor: str) -> int:
    """Delete every report whose day has come; how many there were."""
    with transaction.atomic():
        over = list(KeptReport.objects.filter(expires_at__lte=timezone.now()))
        for kept in over:
            do_record_write(actor=actor, verb="purge", noun="lint report", name=str(kept.pk))
        KeptReport.objects.filter(pk__in=[kept.pk for kept in over]).delete()
    return len(over)


def hash_of(key: str) -> str:
    """What is stored instead of the word that allows to delete."""
    return hashlib.sha256(key.encode()).hexdigest()
