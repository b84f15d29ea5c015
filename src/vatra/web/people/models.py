"""Facts about people: accounts, organisations, roles with their days, invitations."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from vatra.web.cities.models import City
from vatra.web.people.roles import ROLES
from vatra.words import LANGUAGES

ROLE_CHOICES = [(each, each) for each in ROLES]
LANGUAGE_CHOICES = [(each, each) for each in LANGUAGES]
KINDS = (
    "authority",
    "city",
    "company",
    "ngo",
    "professional",
    "owners_assoc",
    "academia",
    "hub",
    "funder",
)


class Organisation(models.Model):
    """A body that people belong to; a city may delegate a role to it."""

    name: models.CharField[str, str] = models.CharField(max_length=200, unique=True)
    kind: models.CharField[str, str] = models.CharField(
        max_length=20, choices=[(each, each) for each in KINDS]
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager["User"]):
    """Accounts by their e-mail address, which is written in small letters."""

    def create_user(self, email: str, password: str | None = None, **more: object) -> User:
        """A new account; without a password nobody can sign in to it."""
        user = self.model(email=email.strip().lower(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person with an account. The e-mail address is the name to sign in with."""

    id: int
    organisation_id: int | None
    email: models.EmailField[str, str] = models.EmailField(max_length=254, unique=True)
    name: models.CharField[str, str] = models.CharField(max_length=120, blank=True)
    language: models.CharField[str, str] = models.CharField(
        max_length=2, choices=LANGUAGE_CHOICES, default=LANGUAGES[0]
    )
    organisation: models.ForeignKey[Organisation | None, Organisation | None] = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    # Manages the people of the organisation, and nothing of a city.
    manages_organisation: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    is_active: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    # Runs the installation: may make cities' first administrators and read the whole log.
    is_installation_administrator: models.BooleanField[bool, bool] = models.BooleanField(
        default=False
    )
    joined_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("email",)
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="email_in_small_letters"
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def log_name(self) -> str:
        """The name in the log: it tells nothing once the account is erased."""
        return f"person-{self.pk}"


class Membership(models.Model):
    """A role in a city from a day until a day, held by a person or delegated to an organisation.

    ``until`` is the last day; a role that ended is kept, so that the log stays readable.
    """

    city_id: int
    person_id: int | None
    organisation_id: int | None
    city: models.ForeignKey[City, City] = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="memberships"
    )
    person: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation: models.ForeignKey[Organisation | None, Organisation | None] = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    role: models.CharField[str, str] = models.CharField(max_length=20, choices=ROLE_CHOICES)
    since: models.DateField[date, date] = models.DateField()
    until: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("city", "role", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="one_subject_a_role",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="role_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=("city", "person"),
                condition=Q(until__isnull=True, person__isnull=False),
                name="one_open_role_a_person_and_city",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} of {self.city_id}"


class Invitation(models.Model):
    """A role offered by e-mail. Only the hash of its token is kept; it opens once."""

    id: int
    city_id: int | None
    email: models.EmailField[str, str] = models.EmailField(max_length=254)
    # None: an administrator of the installation, unless an organisation is named.
    city: models.ForeignKey[City | None, City | None] = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    # Joining an organisation gives no role of its own: "viewer" stands here and is not read.
    organisation: models.ForeignKey[Organisation | None, Organisation | None] = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    as_manager: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    role: models.CharField[str, str] = models.CharField(max_length=20, choices=ROLE_CHOICES)
    until: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    language: models.CharField[str, str] = models.CharField(
        max_length=2, choices=LANGUAGE_CHOICES, default=LANGUAGES[0]
    )
    token_hash: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    expires_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    accepted_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    revoked_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="accepted_or_revoked",
            ),
            models.CheckConstraint(
                condition=Q(city__isnull=True) | Q(organisation__isnull=True),
                name="invited_to_one_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} of {self.city_id}"

    @property
    def log_name(self) -> str:
        """The name in the log, without the address."""
        return f"invitation-{self.pk}"


class CityDoor(models.Model):
    """A city whose pages only its members read. Without a row a city is public."""

    city_id: int
    city: models.OneToOneField[City, City] = models.OneToOneField(
        City, on_delete=models.CASCADE, related_name="door"
    )
    members_only: models.BooleanField[bool, bool] = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.city_id}"
