"""Reports that somebody asked to keep: findings and the tables they stand in, never the file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models


class KeptReport(models.Model):
    """One report under an address nobody can guess, until a day.

    ``key_hash`` is the SHA-256 of the word that allows to delete it; the word itself is nowhere.
    """

    address: models.CharField[str, str] = models.CharField(max_length=43, unique=True)
    key_hash: models.CharField[str, str] = models.CharField(max_length=64)
    report: models.JSONField[Any, Any] = models.JSONField()
    kept_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    expires_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"report {self.pk}, until {self.expires_at:%Y-%m-%d}"
