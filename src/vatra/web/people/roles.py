"""What a person may be in a city, and which of them must prove who they are twice."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["viewer", "contributor", "editor", "climate_lead", "signatory", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
CONTRIBUTORS: frozenset[Role] = frozenset(
    {"contributor", "editor", "climate_lead", "administrator"}
)
EDITORS: frozenset[Role] = frozenset({"editor", "climate_lead", "administrator"})
LEADS: frozenset[Role] = frozenset({"climate_lead"})
SIGNATORIES: frozenset[Role] = frozenset({"signatory"})
ADMINISTRATORS: frozenset[Role] = frozenset({"administrator"})
# What these write stands in a city's name: a password alone is not enough.
STAFF: frozenset[Role] = frozenset({"editor", "climate_lead", "signatory", "administrator"})


def role_of(text: str) -> Role:
    """The role of a word; raises ``ValueError`` for another."""
    for each in ROLES:
        if each == text:
            return each
    raise ValueError(f"role '{text}' is not one of {', '.join(ROLES)}")
