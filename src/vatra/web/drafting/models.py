"""Facts of a contract in the writing: reviews with their remarks, and what figures once said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.models import Version

STATES = ("open", "approved", "refused", "withdrawn", "sealed")


class Review(models.Model):
    """Somebody asks for a version to be read, and somebody else says yes or no with a reason.

    ``gaps`` what was missing when it was asked, as ``{"key", "params"}`` of texts; ``excuse`` why
    it was asked all the same.
    """

    id: int
    city_id: int
    version_id: int
    asked_by_id: int | None
    decided_by_id: int | None
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="reviews"
    )
    version: models.ForeignKey[Version, Version] = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="reviews"
    )
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in STATES], default="open"
    )
    note: models.TextField[str, str] = models.TextField(blank=True, max_length=2000)
    excuse: models.TextField[str, str] = models.TextField(blank=True, max_length=2000)
    gaps: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )
    # The names in the log stay when an account is erased.
    asked_by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_by_log: models.CharField[str, str] = models.CharField(max_length=200)
    asked_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    decided_by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by_log: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    decided_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    reason: models.TextField[str, str] = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("city",), condition=Q(state="open"), name="one_open_review_a_city"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "refused")) | Q(decided_at__isnull=False),
                name="decided_reviews_have_their_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.city_id}: {self.state}"

    @property
    def log_name(self) -> str:
        """The name in the log."""
        return f"review-{self.pk}"


class Remark(models.Model):
    """What a reviewer says about one section."""

    review_id: int
    review: models.ForeignKey[Review, Review] = models.ForeignKey(
        Review, on_delete=models.CASCADE, related_name="remarks"
    )
    section: models.CharField[str, str] = models.CharField(max_length=40)
    text: models.TextField[str, str] = models.TextField(max_length=2000)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.section


class FigureReading(models.Model):
    """What every figure said when a text was saved: path -> value. ``data`` hashes the data of that
    moment and the release that computed them."""

    city_id: int
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="figure_readings"
    )
    data: models.CharField[str, str] = models.CharField(max_length=64)
    values: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField()
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("city", "data"), name="one_reading_a_state_of_data"),
        )

    def __str__(self) -> str:
        return f"{self.city_id}: {self.data[:12]}"
