"""Kinds of jobs, found by looking: every app may have a module ``jobs`` that declares some."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from vatra.web.people.rules import Rule, may_contribute

if TYPE_CHECKING:
    from vatra.web.jobs.handle import Handle
    from vatra.web.jobs.models import Job

Run = Callable[["Handle"], Mapping[str, Any] | None]
Ended = Callable[["Job"], None]
Repeats = Callable[["Job"], bool]
Chore = Callable[[], object]
MOST_ATTEMPTS = 3
_FOUND: dict[str, Kind] = {}
_CHORES: dict[str, Chore] = {}


@dataclass(frozen=True)
class Kind:
    """A kind of job.

    ``run`` does it and may be begun again from the start at any point; ``rule`` who may ask for
    it; ``ended`` is called, in the transaction that ends the job, when it did not come to its end;
    ``repeats`` whether one that was not done may still be begun again: what it was about may have
    been done or changed since; ``is_patient`` whether all other jobs go first.
    """

    name: str
    title_key: str
    run: Run
    rule: Rule
    ended: Ended | None
    most_attempts: int
    repeats: Repeats
    is_patient: bool


def always(job: Job) -> bool:
    """Doing it once more does no harm, whenever that is."""
    return True


def job(
    name: str,
    title_key: str,
    *,
    rule: Rule = may_contribute,
    ended: Ended | None = None,
    most_attempts: int = MOST_ATTEMPTS,
    repeats: Repeats = always,
    is_patient: bool = False,
) -> Callable[[Run], Run]:
    """Declare a function as a kind of job; ``title_key`` is the text of its title."""

    def declare(run: Run) -> Run:
        if name in _FOUND and _FOUND[name].run is not run:
            raise ValueError(f"two kinds of job are named '{name}'")
        _FOUND[name] = Kind(name, title_key, run, rule, ended, most_attempts, repeats, is_patient)
        return run

    return declare


def chore(run: Chore) -> Chore:
    """Declare what a worker does every hour by itself; several may do it at once."""
    _CHORES[f"{run.__module__}.{run.__qualname__}"] = run
    return run


def chores() -> Mapping[str, Chore]:
    """All chores by name."""
    _look()
    return _CHORES


def kinds() -> Mapping[str, Kind]:
    """All kinds by name."""
    _look()
    return _FOUND


@cache
def _look() -> None:
    for config in apps.get_app_configs():
        module = config.module
        if module and config.name.startswith("vatra.") and module_has_submodule(module, "jobs"):
            import_module(f"{config.name}.jobs")
