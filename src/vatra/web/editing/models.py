"""Facts of talking about numbers, and of plans kept beside the one that counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from vatra.web.cities.models import City
from vatra.web.people.models import User

KINDS = ("cell", "number", "section", "upload")
STATES = ("open", "resolved")
LONGEST_TEXT = 4_000


class Thread(models.Model):
    """What is said about one thing of a city.

    ``kind`` and ``anchor`` name the thing: a row of a table by its key
    (``energy:2021 · buildings · natural_gas · 1``), a number by its path, a section by its key, an
    upload by its id.
    """

    id: int
    city_id: int
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="threads"
    )
    kind: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in KINDS]
    )
    anchor: models.CharField[str, str] = models.CharField(max_length=300)
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in STATES], default="open"
    )
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    moved_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-moved_at", "-id")
        indexes = (models.Index(fields=("city", "kind", "anchor"), name="thread_by_anchor"),)

    def __str__(self) -> str:
        return f"{self.city_id}: {self.kind} {self.anchor}"


class Comment(models.Model):
    """One thing that somebody said. The words stay when the account is erased, the name goes."""

    id: int
    thread_id: int
    author_id: int | None
    thread: models.ForeignKey[Thread, Thread] = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="comments"
    )
    author: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="comments"
    )
    text: models.CharField[str, str] = models.CharField(max_length=LONGEST_TEXT)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    edited_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.pk}"


class Mention(models.Model):
    """A person named in a comment; it stands in that person's list until it is seen."""

    comment_id: int
    person_id: int
    comment: models.ForeignKey[Comment, Comment] = models.ForeignKey(
        Comment, on_delete=models.CASCADE, related_name="mentions"
    )
    person: models.ForeignKey[User, User] = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="mentions"
    )
    seen_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("comment", "person"), name="named_once_a_comment"),
        )

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.person_id}"


class Scenario(models.Model):
    """Choices of a plan under a name, kept beside the plan.

    ``choices`` action code -> ``{"start_year", "level_percent"}``, both as texts; what it does not
    name stays as the plan has it. ``base_number`` the version whose plan they were made on.
    """

    id: int
    city_id: int
    author_id: int | None
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="scenarios"
    )
    name: models.CharField[str, str] = models.CharField(max_length=80)
    note: models.CharField[str, str] = models.CharField(max_length=500, blank=True)
    choices: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    base_number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    author: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("city", "name"), name="one_scenario_a_name"),
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name
