"""Reads of kept reports."""

from __future__ import annotations

import secrets

from django.utils import timezone

from vatra.web.base.errors import NotHere
from vatra.web.lint.actions import hash_of
from vatra.web.lint.models import KeptReport


def access_report(address: str) -> KeptReport:
    """The report at an address. Raises ``NotHere`` when there is none or its day has come."""
    kept = KeptReport.objects.filter(address=address, expires_at__gt=timezone.now()).first()
    if kept is None:
        raise NotHere("web.lint.kept-unknown")
    return kept


def access_own_report(address: str, key: str) -> KeptReport:
    """The same for whoever may delete it. Raises ``NotHere`` when the key is another one."""
    kept = access_report(address)
    if not secrets.compare_digest(kept.key_hash, hash_of(key)):
        raise NotHere("web.lint.kept-unknown")
    return kept
