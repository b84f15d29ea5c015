"""Facts of a city's work: its versions one after the other, and which of them counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from vatra.web.cities.models import City
from vatra.web.people.models import User

KINDS = ("start", "import", "edit", "text", "undo", "restore", "merge")


class Version(models.Model):
    """A pack as it stood once: which files, each by the hash of its bytes. Never changed.

    ``manifest`` file name -> SHA-256; ``digest`` of the manifest; ``changes`` what is different
    from ``parent``, cell by cell where that can be told, else file by file.
    """

    stored_columns = ("manifest",)
    id: int
    city_id: int
    parent_id: int | None
    author_id: int | None
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.PROTECT, related_name="versions"
    )
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    parent: models.ForeignKey[Version | None, Version | None] = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children"
    )
    manifest: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    digest: models.CharField[str, str] = models.CharField(max_length=64)
    kind: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in KINDS]
    )
    note: models.CharField[str, str] = models.CharField(max_length=500, blank=True)
    # The number in the log stays when the account is erased.
    author: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_log: models.CharField[str, str] = models.CharField(max_length=200)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    changes: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("city", "number"), name="one_version_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.city_id}: {self.number}"


class Workspace(models.Model):
    """Where a city's work stands. The row is locked while a version is added."""

    city_id: int
    head_id: int | None
    published_id: int | None
    city: models.OneToOneField[City, City] = models.OneToOneField(
        City, on_delete=models.CASCADE, related_name="workspace"
    )
    head: models.ForeignKey[Version | None, Version | None] = models.ForeignKey(
        Version, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The version that the public pages show, where they were published from here.
    published: models.ForeignKey[Version | None, Version | None] = models.ForeignKey(
        Version, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.city_id}"
