"""Facts of publication: contracts that were sealed, who is to sign them, what was signed."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from vatra.web.cities.models import City
from vatra.web.people.models import LANGUAGE_CHOICES, User
from vatra.words import LANGUAGES

STATES = (
    "sealing",
    "sealed",
    "signing",
    "signed",
    "published",
    "withdrawn",
    "superseded",
    "failed",
)
# Not yet shown to the public, and not over.
OPEN = ("sealing", "sealed", "signing", "signed")
# Was shown to the public once: its files stay for ever.
SHOWN = ("published", "withdrawn", "superseded")
SIGNATORY_STATES = ("asked", "signed", "declined")
KINDS = ("passkey", "pades", "cms")


class SealedContract(models.Model):
    """An approved version computed, rendered and sealed. What was sealed never changes.

    ``folder`` lies below the data folder; ``number`` counts what was sealed in the city;
    ``edition`` counts what was published, None before.
    """

    id: int
    city_id: int
    sealed_by_id: int | None
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.PROTECT, related_name="sealed_contracts"
    )
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    version_number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    version_digest: models.CharField[str, str] = models.CharField(max_length=64)
    seal: models.CharField[str, str] = models.CharField(max_length=64, blank=True, db_index=True)
    folder: models.CharField[str, str] = models.CharField(max_length=300, blank=True)
    state: models.CharField[str, str] = models.CharField(
        max_length=12, choices=[(each, each) for each in STATES], default="sealing"
    )
    edition: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(
        null=True
    )
    note: models.CharField[str, str] = models.CharField(max_length=500, blank=True)
    reason: models.CharField[str, str] = models.CharField(max_length=1000, blank=True)
    job_id: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True)
    sealed_by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    sealed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    published_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("city", "number"), name="one_sealed_contract_a_number"),
            models.UniqueConstraint(fields=("city", "edition"), name="one_edition_a_number"),
            models.UniqueConstraint(
                fields=("city",), condition=Q(state="published"), name="one_edition_in_force"
            ),
            models.UniqueConstraint(
                fields=("city",), condition=Q(state__in=OPEN), name="one_open_sealing_a_city"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("published", "superseded")) | Q(edition__isnull=False),
                name="what_is_shown_has_its_number",
            ),
        )

    def __str__(self) -> str:
        return f"{self.city_id}: {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it is on its way to be published."""
        return self.state in OPEN

    @property
    def log_name(self) -> str:
        """The name in the log."""
        return f"sealed-{self.pk}"


class Signatory(models.Model):
    """Who is to sign a sealed contract, in which office. Without an account somebody of the city
    brings the signature, made with a certificate elsewhere."""

    id: int
    contract_id: int
    person_id: int | None
    contract: models.ForeignKey[SealedContract, SealedContract] = models.ForeignKey(
        SealedContract, on_delete=models.CASCADE, related_name="signatories"
    )
    person: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name: models.CharField[str, str] = models.CharField(max_length=120)
    office: models.CharField[str, str] = models.CharField(max_length=160)
    organisation: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    email: models.EmailField[str, str] = models.EmailField(max_length=254, blank=True)
    language: models.CharField[str, str] = models.CharField(
        max_length=2, choices=LANGUAGE_CHOICES, default=LANGUAGES[0]
    )
    order: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    is_required: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=[(each, each) for each in SIGNATORY_STATES], default="asked"
    )
    reason: models.CharField[str, str] = models.CharField(max_length=1000, blank=True)
    asked_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    decided_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("order", "id")
        verbose_name_plural = "signatories"
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "person"),
                condition=Q(person__isnull=False),
                name="one_signature_a_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.order}"

    @property
    def log_name(self) -> str:
        """The name in the log."""
        return f"signatory-{self.pk}"


class Signature(models.Model):
    """A signature as a file in the folder of the contract. Written once."""

    id: int
    signatory_id: int
    signatory: models.OneToOneField[Signatory, Signatory] = models.OneToOneField(
        Signatory, on_delete=models.PROTECT, related_name="signature"
    )
    kind: models.CharField[str, str] = models.CharField(
        max_length=8, choices=[(each, each) for each in KINDS]
    )
    # The name inside ``signatures/``, and what the file must hash to.
    file: models.CharField[str, str] = models.CharField(max_length=100)
    sha256: models.CharField[str, str] = models.CharField(max_length=64)
    # Which of the signatures in a PDF is this one; empty for other kinds.
    print: models.CharField[str, str] = models.CharField(max_length=64, blank=True)
    language: models.CharField[str, str] = models.CharField(max_length=2, blank=True)
    signed_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    brought_by: models.CharField[str, str] = models.CharField(max_length=200)

    class Meta:
        ordering = ("signed_at", "id")

    def __str__(self) -> str:
        return f"{self.signatory_id}: {self.kind}"
