"""A piece of long work: who asked for it, how far it is, how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from vatra.web.cities.models import City
from vatra.web.people.models import User

# "stale": its worker was lost more often than it is tried anew.
STATES = ("waiting", "running", "done", "failed", "cancelled", "stale")
OPEN = ("waiting", "running")
# Over without having been done.
UNDONE = ("failed", "stale", "cancelled")


class Job(models.Model):
    """Work that a worker process does. ``attempt`` grows when it passes to another worker: whoever
    holds an older number may no longer write. ``asked_attempt`` the first since a person asked.

    ``about`` fills the blank of the title (a file's name); ``place`` is the address, after the
    language, of the page it belongs to; ``step`` the key of a text.
    """

    id: int
    city_id: int | None
    asked_by_id: int | None
    city: models.ForeignKey[City | None, City | None] = models.ForeignKey(
        City, null=True, on_delete=models.CASCADE, related_name="jobs"
    )
    kind: models.CharField[str, str] = models.CharField(max_length=60)
    title_key: models.CharField[str, str] = models.CharField(max_length=80)
    about: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    place: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    params: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in STATES], default="waiting", db_index=True
    )
    attempt: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=1)
    asked_attempt: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(
        default=1, db_default=1
    )
    done_count: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField(default=0)
    total_count: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField(
        default=0
    )
    step: models.CharField[str, str] = models.CharField(max_length=80, blank=True)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    error_key: models.CharField[str, str] = models.CharField(max_length=80, blank=True)
    error_params: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    asked_by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    started_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    heartbeat_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    worker: models.CharField[str, str] = models.CharField(max_length=120, blank=True)
    wish_cancel: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    # Its entry in the queue.
    task_id: models.CharField[str, str] = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN

    @property
    def share(self) -> float | None:
        """How much of it is done, 0 to 1; None while nobody knows."""
        return min(1.0, self.done_count / self.total_count) if self.total_count else None


class Worker(models.Model):
    """A process that does jobs, and when it was last seen."""

    name: models.CharField[str, str] = models.CharField(max_length=120, unique=True)
    seen_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
