"""A city: the header row of what lies in its output folder."""

from __future__ import annotations

from typing import Any

from django.db import models


class City(models.Model):
    """A city whose pages are shown. The figures stay in its folder; this row finds them."""

    slug: models.SlugField[str, str] = models.SlugField(max_length=80, unique=True)
    name: models.CharField[str, str] = models.CharField(max_length=200)
    folder: models.CharField[str, str] = models.CharField(max_length=4096)
    run_id: models.CharField[str, str] = models.CharField(max_length=64)
    base_year: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    target_year: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )
    synthetic: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    # What lists say of the city, out of its sealed document; None until it is registered anew.
    headline: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        null=True
    )
    is_listed: models.BooleanField[bool, bool] = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "cities"

    def __str__(self) -> str:
        return self.name
