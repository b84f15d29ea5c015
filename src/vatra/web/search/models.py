"""The index: one row for each thing that can be found, and what it was made of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from vatra.web.cities.models import City

AUDIENCES = ("public", "members", "administrators")


class Entry(models.Model):
    """One thing that can be found. ``folded`` holds its words as they are searched."""

    id: int
    city_id: int | None
    source: models.CharField[str, str] = models.CharField(max_length=40)
    kind: models.CharField[str, str] = models.CharField(max_length=20)
    city: models.ForeignKey[City | None, City | None] = models.ForeignKey(
        City, null=True, on_delete=models.CASCADE, related_name="+"
    )
    audience: models.CharField[str, str] = models.CharField(
        max_length=20, choices=[(each, each) for each in AUDIENCES]
    )
    lang: models.CharField[str, str] = models.CharField(max_length=2, blank=True)
    title: models.CharField[str, str] = models.CharField(max_length=300)
    text: models.CharField[str, str] = models.CharField(max_length=400, blank=True)
    folded: models.TextField[str, str] = models.TextField()
    url_name: models.CharField[str, str] = models.CharField(max_length=60)
    url_args: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    query: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    updated: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("city", "source"), name="search_of_source"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class Indexed(models.Model):
    """What a source of a city was last indexed from; ``mark`` the seal that its pages show."""

    id: int
    city_id: int | None
    source: models.CharField[str, str] = models.CharField(max_length=40)
    city: models.ForeignKey[City | None, City | None] = models.ForeignKey(
        City, null=True, on_delete=models.CASCADE, related_name="+"
    )
    mark: models.CharField[str, str] = models.CharField(max_length=80, blank=True)
    entry_count: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source", "city"), name="one_mark_a_source"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.city_id}"
