"""Source files handed in, how they are read, and what was decided about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from vatra.web.cities.models import City
from vatra.web.jobs.models import Job
from vatra.web.people.models import User
from vatra.web.workspace.models import Version

KINDS = ("csv", "xlsx", "epw", "geojson")
STATES = (
    "received",
    "mapping",
    "checking",
    "ready",
    "accepted",
    "rejected",
    "replaced",
    "failed",
    "cancelled",
)
# Nobody has decided about these yet.
OPEN = ("received", "mapping", "checking", "ready", "failed", "cancelled")


class Upload(models.Model):
    """One file as it was handed in; its bytes lie in the store under ``sha``, never changed.

    ``mapping`` YAML of how its columns become ours, empty for a file in our layout; ``findings``
    the first of them, ``finding_count`` rows with errors; ``mapped_sha`` its rows under our
    headings (Parquet); ``round`` grows with every check, so that an older one writes no more.
    ``against`` what its rows mean for those that stand in the table already.
    """

    stored_columns = ("sha", "mapped_sha")
    id: int
    city_id: int
    by_id: int | None
    replaces_id: int | None
    version_id: int | None
    job_id: int | None
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="uploads"
    )
    name: models.CharField[str, str] = models.CharField(max_length=160)
    sha: models.CharField[str, str] = models.CharField(max_length=64, db_index=True)
    byte_count: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField()
    kind: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in KINDS]
    )
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in STATES], default="received"
    )
    table: models.CharField[str, str] = models.CharField(max_length=40, blank=True)
    sheet: models.CharField[str, str] = models.CharField(max_length=120, blank=True)
    mapping: models.TextField[str, str] = models.TextField(blank=True)
    findings: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )
    error_count: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    warning_count: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    row_count: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    bad_row_count: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    mapped_sha: models.CharField[str, str] = models.CharField(max_length=64, blank=True)
    against: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    round: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    replaces: models.ForeignKey[Upload | None, Upload | None] = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    decided_by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    reason: models.CharField[str, str] = models.CharField(max_length=1000, blank=True)
    version: models.ForeignKey[Version | None, Version | None] = models.ForeignKey(
        Version, null=True, on_delete=models.SET_NULL, related_name="uploads"
    )
    job: models.ForeignKey[Job | None, Job | None] = models.ForeignKey(
        Job, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason=""), name="rejected_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"

    @property
    def log_name(self) -> str:
        """Its name in the log: a file's name may be a person's."""
        return f"upload-{self.pk}"

    @property
    def origin(self) -> str:
        """How rows that came from it begin to say so."""
        return f"upload-{self.pk}:"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.state in OPEN

    @property
    def word(self) -> str:
        """Its state as people are told it."""
        return "faulty" if self.state == "ready" and self.error_count else self.state

    @property
    def may_be_accepted(self) -> bool:
        """Whether its rows are known and none has an error."""
        return self.state == "ready" and not self.error_count


class SavedMapping(models.Model):
    """How a city reads files with certain headings, offered again for the next one."""

    city_id: int
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="saved_mappings"
    )
    headings_key: models.CharField[str, str] = models.CharField(max_length=64)
    table: models.CharField[str, str] = models.CharField(max_length=40)
    text: models.TextField[str, str] = models.TextField()
    by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(
                fields=("city", "headings_key", "table"), name="one_mapping_a_layout"
            ),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.headings_key[:8]}"
