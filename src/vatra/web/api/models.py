"""Facts of reading by programs: who may ask with which token, and how often somebody asked."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models

from vatra.web.cities.models import City
from vatra.web.people.models import User

SCOPES = ("read", "work")


class Token(models.Model):
    """A key with which a person's programs read. Only the hash of its secret is kept.

    ``scopes`` words with spaces between; ``city`` the only one it opens, None for all that the
    person may read.
    """

    id: int
    person_id: int
    city_id: int | None
    person: models.ForeignKey[User, User] = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="tokens"
    )
    city: models.ForeignKey[City | None, City | None] = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    name: models.CharField[str, str] = models.CharField(max_length=80)
    # The part of the token that finds its row; it opens nothing.
    selector: models.CharField[str, str] = models.CharField(max_length=16, unique=True)
    hash: models.CharField[str, str] = models.CharField(max_length=64)
    scopes: models.CharField[str, str] = models.CharField(max_length=40)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    expires: models.DateField[date, date] = models.DateField()
    last_used_day: models.DateField[date | None, date | None] = models.DateField(null=True)
    revoked_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.log_name

    @property
    def log_name(self) -> str:
        """The name in the log."""
        return f"token-{self.pk}"

    def has_scope(self, scope: str) -> bool:
        """Whether the token was made for this."""
        return scope in self.scopes.split()


class Meter(models.Model):
    """How often somebody asked within a minute. ``who`` is a keyed hash and names nobody."""

    id: int
    who: models.CharField[str, str] = models.CharField(max_length=32)
    minute: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField(db_index=True)
    count: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("who", "minute"), name="one_meter_a_minute"),
        )

    def __str__(self) -> str:
        return f"{self.minute}: {self.count}"
