"""What an app lets people find. Each app may have a module ``findable`` with ``SOURCES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Model

Audience = Literal["public", "members", "administrators"]


@dataclass(frozen=True)
class Findable:
    """One thing that can be found.

    ``url_name``, ``url_args`` (after the language) and ``query`` make its address. ``text`` is
    shown beside ``title``; ``more`` is searched and not shown. ``lang`` empty: in every language.
    ``bulk`` for what there are thousands of in a city.
    """

    kind: str
    title: str
    url_name: str
    url_args: tuple[str | int, ...] = ()
    text: str = ""
    more: str = ""
    query: str = ""
    lang: str = ""
    audience: Audience = "public"
    bulk: bool = False


@dataclass(frozen=True)
class Source:
    """Things of one kind of a city; of the installation where ``of_city`` is False.

    ``entries`` gives all that there is now for a city (None for the installation). ``watches``:
    models whose rows these things are made of, with the city that a row belongs to.
    """

    entries: Callable[[Any], Iterable[Findable]]
    of_city: bool = True
    watches: Mapping[type[Model], Callable[[Any], Any]] = field(default_factory=dict)
