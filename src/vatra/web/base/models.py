"""The log of every write: who did what to which thing, when. Only ever added to."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class AuditEntry(models.Model):
    """One write."""

    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    actor: models.CharField[str, str] = models.CharField(max_length=200)
    verb: models.CharField[str, str] = models.CharField(max_length=60)
    noun: models.CharField[str, str] = models.CharField(max_length=60)
    name: models.CharField[str, str] = models.CharField(max_length=200)
    detail: models.CharField[str, str] = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.noun} {self.name}"
