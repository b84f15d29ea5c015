"""What letters may tell people: every app says it in a module ``digest_notices`` of its own.

Such a module has a function ``notices(city, day)`` that gives the notices of a city on a day. Apps
are found by looking, so a new one edits no list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from vatra.web.cities.models import City
from vatra.web.people.roles import Role

PACKAGE = "vatra.web."
Source = Callable[[City, date], Iterable["Notice"]]


@dataclass(frozen=True)
class Notice:
    """One thing that people are told once.

    Attributes
    ----------
    key : what makes it this thing and no other; the same key is never told to a person again
    text, params : key of a text and what fills it; values are numbers or texts, never markup
    address, arguments : name of the page where something can be done, and what follows the
        language in its address
    roles : who is told by role; ``people`` numbers of persons who are told whatever their role
    besides : numbers of persons who are not told, whatever their role
    fall_ppm : of a probability that fell, by how much: each person chooses from which fall on
    """

    key: str
    text: str
    params: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""
    arguments: tuple[str | int, ...] = ()
    roles: frozenset[Role] = frozenset()
    people: frozenset[int] = frozenset()
    besides: frozenset[int] = frozenset()
    fall_ppm: int | None = None


def sources() -> list[tuple[str, Source]]:
    """The functions of all apps that have something to tell, by the name of the app."""
    found = []
    for config in apps.get_app_configs():
        if not config.name.startswith(PACKAGE):
            continue
        name = f"{config.name}.digest_notices"
        if find_spec(name) is None:
            continue
        found.append((config.label, import_module(name).notices))
    return sorted(found)
