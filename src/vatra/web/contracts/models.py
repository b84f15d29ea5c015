"""Every sealed contract that was ever shown for a city, by its seal."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from vatra.web.cities.models import City


class ContractEdition(models.Model):
    """A sealed contract. A row is written once and never changed: another seal is another row."""

    city: models.ForeignKey[City, City] = models.ForeignKey(
        "cities.City", on_delete=models.PROTECT, related_name="editions"
    )
    seal: models.CharField[str, str] = models.CharField(max_length=64)
    format: models.CharField[str, str] = models.CharField(max_length=40)
    made_with: models.CharField[str, str] = models.CharField(max_length=40)
    city_id: int
    shown_since: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("city", "seal"), name="one_row_a_seal_and_city"),
        )

    def __str__(self) -> str:
        return f"{self.city_id}: {self.seal[:12]}"
