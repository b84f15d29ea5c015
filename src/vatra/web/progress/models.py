"""Facts of keeping a plan: tasks, letters and what they told, reports that are frozen."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from vatra.web.cities.models import City
from vatra.web.people.models import User

STATES = ("open", "done", "dropped")
RHYTHMS = ("day", "week", "never")
LETTER_STATES = ("sending", "sent")
# A probability that falls by less is no news.
FALL_PERCENT = 5
TITLE_LENGTH = 200
CODE_LENGTH = 40


class Task(models.Model):
    """Something to be done by somebody until a day, for an action of the plan or the whole city."""

    id: int
    city_id: int
    owner_id: int | None
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="tasks"
    )
    action: models.CharField[str, str] = models.CharField(max_length=CODE_LENGTH, blank=True)
    title: models.CharField[str, str] = models.CharField(max_length=TITLE_LENGTH)
    owner: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due: models.DateField[date, date] = models.DateField()
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in STATES], default=STATES[0]
    )
    note: models.TextField[str, str] = models.TextField(blank=True)
    # Whether letters speak of it.
    remind: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    made_by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    changed_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    done_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True
    )

    class Meta:
        ordering = ("due", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="open", done_at__isnull=True)
                | (~Q(state="open") & Q(done_at__isnull=False)),
                name="task_over_has_its_day",
            ),
        )
        indexes = (models.Index(fields=("city", "state", "due"), name="progress_task_due"),)

    def __str__(self) -> str:
        return self.title

    @property
    def log_name(self) -> str:
        """The name in the log."""
        return f"task-{self.pk}"


class LetterChoice(models.Model):
    """How often a person wants a letter, and from which fall of the probability on."""

    person_id: int
    person: models.OneToOneField[User, User] = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="letter_choice"
    )
    rhythm: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in RHYTHMS], default="week"
    )
    fall_percent: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(
        default=FALL_PERCENT
    )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rhythm}"


class Letter(models.Model):
    """A letter of a day or a week; the row is written before it leaves, so none leaves twice.

    One that stays ``sending`` was interrupted: nobody knows whether it left.
    """

    id: int
    person_id: int
    person: models.ForeignKey[User, User] = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+"
    )
    # ``2026-11-22`` or ``2026-W47``.
    period: models.CharField[str, str] = models.CharField(max_length=10)
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in LETTER_STATES], default=LETTER_STATES[0]
    )
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "period"), name="one_letter_a_person_and_period"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.period}"


class Told(models.Model):
    """What a letter told a person, by the hash of its key: nothing is told twice."""

    letter: models.ForeignKey[Letter, Letter] = models.ForeignKey(
        Letter, on_delete=models.CASCADE, related_name="told"
    )
    person: models.ForeignKey[User, User] = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+"
    )
    key: models.CharField[str, str] = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "key"), name="nothing_is_told_twice"),
        )

    def __str__(self) -> str:
        return self.key


class SeenChance(models.Model):
    """The probability of a city's target as letters last saw it, to tell when it fell."""

    city: models.OneToOneField[City, City] = models.OneToOneField(
        City, on_delete=models.CASCADE, related_name="+"
    )
    run_id: models.CharField[str, str] = models.CharField(max_length=64)
    before_ppm: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)
    now_ppm: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.run_id}: {self.now_ppm}"


class FrozenReport(models.Model):
    """A report of a year that lies frozen in the data folder. Never changed; a later is another."""

    id: int
    city_id: int
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.PROTECT, related_name="progress_reports"
    )
    year: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    edition: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    seal: models.CharField[str, str] = models.CharField(max_length=64)
    # The version of the work that it was made from.
    version_number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    made_by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-year", "-edition")
        constraints = (
            models.UniqueConstraint(
                fields=("city", "year", "edition"), name="one_report_a_year_and_edition"
            ),
        )

    def __str__(self) -> str:
        return f"{self.city_id}: {self.year}/{self.edition}"
