"""What comes next in a city, and what waits for a person: each room says its own part.

A room says it in a module ``desk``: ``steps(city, head, lang)`` and
``waiting(person, city, lang)``, either of which may be left out. They are found by looking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from typing import Any, Literal

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import module_has_submodule

from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.models import Version
from vatra.words import Language

# Rooms say done, open or blocked; of those that are open the first is now, the others are later.
State = Literal["done", "open", "blocked", "now", "later"]


@dataclass(frozen=True)
class Step:
    """One of the steps from an empty city to one whose plan is signed and followed.

    ``order`` its place among all; ``name`` what to do, as one tells somebody; ``words`` one
    sentence on how it stands; ``url`` where it is done; ``why`` what a blocked step waits for.
    """

    order: int
    name: str
    words: str
    url: str
    state: State
    why: str = ""


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person: what, where, since when."""

    words: str
    url: str
    since: datetime | None = None


def steps_of(city: City, head: Version, lang: Language) -> list[Step]:
    """All steps of a city in their order; one of them at most is now."""
    found: list[Step] = []
    for say_steps in _said("steps"):
        found += say_steps(city, head, lang)
    return arranged(found)


def arranged(found: Iterable[Step]) -> list[Step]:
    """Steps in order: the first that is open is now, those open after it are later."""
    steps, is_now = [], True
    for each in sorted(found, key=lambda step: (step.order, step.name)):
        if each.state == "open":
            steps.append(replace(each, state="now" if is_now else "later"))
            is_now = False
        else:
            steps.append(each)
    return steps


def waiting_for(person: User, city: City, lang: Language) -> list[Waiting]:
    """What waits for a person in a city, the longest waiting first, undated things last."""
    found: list[Waiting] = []
    for say_waiting in _said("waiting"):
        found += say_waiting(person, city, lang)
    return sorted(found, key=lambda each: (each.since is None, each.since or 0, each.words))


def first_address(names: Iterable[str], lang: Language, slug: str, *more: object) -> str:
    """The first of these addresses that the site has, empty when it has none of them."""
    for name in names:
        for given in ((lang, slug, *more), (lang, slug)):
            try:
                return reverse(name, args=given)
            except NoReverseMatch:
                continue
    return ""


def _said(name: str) -> list[Callable[..., list[Any]]]:
    """What each room's ``desk`` calls by this name, in the order of the rooms."""
    found = []
    for config in apps.get_app_configs():
        if not config.name.startswith("vatra.web.") or config.module is None:
            continue
        if module_has_submodule(config.module, "desk"):
            said = getattr(import_module(f"{config.name}.desk"), name, None)
            if said is not None:
                found.append(said)
    return found
