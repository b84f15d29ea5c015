"""The log of every write: who did what to which thing, when. Only ever added to."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from vatra.web.base.audit import START


class AuditEntry(models.Model):
    """One write. ``hash`` covers it and ``previous``, the hash of the entry before it.

    ``actor`` and ``name`` hold no address and no name of a person but a number: the log stays when
    an account is erased.
    """

    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    actor: models.CharField[str, str] = models.CharField(max_length=200)
    verb: models.CharField[str, str] = models.CharField(max_length=60)
    noun: models.CharField[str, str] = models.CharField(max_length=60)
    name: models.CharField[str, str] = models.CharField(max_length=200)
    detail: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    # The address part of the city whose people may read the entry.
    city: models.CharField[str, str] = models.CharField(
        max_length=80, blank=True, default="", db_index=True
    )
    previous: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    hash: models.CharField[str, str] = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.noun} {self.name}"


class SharedCounter(models.Model):
    """The table of Django's cache: how often somebody tried, counted by all workers together.

    Nothing but short-lived counters stands there; backups leave it out.
    """

    cache_key: models.CharField[str, str] = models.CharField(max_length=255, primary_key=True)
    value: models.TextField[str, str] = models.TextField()
    expires: models.DateTimeField[datetime, datetime] = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "base_sharedcounter"

    def __str__(self) -> str:
        return self.cache_key


class AuditHead(models.Model):
    """The end of the chain, one row: writers take it in turn, and a cut end does not fit it."""

    count: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField(default=0)
    last: models.CharField[str, str] = models.CharField(max_length=64, default=START)

    def __str__(self) -> str:
        return f"{self.count}: {self.last}"
