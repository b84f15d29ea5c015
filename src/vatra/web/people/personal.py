"""Where people stand in the database, found by looking: rows that belong to a person, rows that
name one, and fields that hold an address.

A new app edits no list here. What its tables hold of a person is exported with the rest, and goes
or loses the person when the account is erased; ``tests/web/people/test_personal.py`` fails for a
table that would keep more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import (
    CASCADE,
    BooleanField,
    CharField,
    DateField,
    EmailField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)

from vatra.web.people.models import Invitation, User

SHOWN = (BooleanField, CharField, DateField, IntegerField, TextField, ForeignKey)
# Parts of names of columns that open something: nobody is handed them, not even their owner.
SECRETS = ("hash", "secret", "token", "password", "credential", "key_data")
# Said in other words, with what belongs to it: see ``export``.
SAID = frozenset(
    {
        "people.membership",
        "mfa.authenticator",
        "usersessions.usersession",
        "account.emailaddress",
    }
)


def links_to_people() -> Iterator[tuple[type[Model], Field[Any, Any]]]:
    """Every table and column that points at an account."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if field.is_relation and field.related_model is User:
                yield model, field


def address_fields() -> Iterator[tuple[type[Model], Field[Any, Any]]]:
    """Every column of e-mail addresses that stands for itself: no account, no row of one."""
    belonging = {model for model, field in links_to_people() if goes_with(field)} | {User}
    for model in apps.get_models():
        if model not in belonging:
            for field in model._meta.local_concrete_fields:
                if isinstance(field, EmailField):
                    yield model, field


def goes_with(field: Field[Any, Any]) -> bool:
    """Whether a row is deleted with the account it points at."""
    return getattr(field.remote_field, "on_delete", None) is CASCADE


def rows_about(person: User) -> dict[str, list[dict[str, Any]]]:
    """``table.column`` -> rows that point at the person or hold the address, without secrets."""
    found: dict[str, list[dict[str, Any]]] = {}
    asked: list[tuple[type[Model], Field[Any, Any], int | str]] = [
        (model, field, person.pk) for model, field in links_to_people()
    ]
    asked += [(model, field, person.email) for model, field in address_fields()]
    for model, field, value in asked:
        label = model._meta.label_lower
        if label in SAID or model is Invitation:
            continue
        rows = model._base_manager.filter(**{field.name: value}).order_by("pk")
        if content := list(rows.values(*shown_columns(model))):
            found[f"{label}.{field.name}"] = content
    return found


def shown_columns(model: type[Model]) -> list[str]:
    """Columns that a person may be handed: plain values, and nothing that opens anything."""
    return [
        field.attname
        for field in model._meta.local_concrete_fields
        if isinstance(field, SHOWN) and not any(part in field.name for part in SECRETS)
    ]


def forget_address(email: str) -> None:
    """Delete invitations of an address, and empty it wherever else it stands for itself."""
    for model, field in address_fields():
        rows = model._base_manager.filter(**{field.name: email})
        if model is Invitation:
            rows.delete()
        else:
            rows.update(**{field.name: ""})
