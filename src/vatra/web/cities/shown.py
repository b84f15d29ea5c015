"""Which state of a city this request shows: what is published, or a draft in its place."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from vatra.web.cities.models import City


@dataclass(frozen=True)
class Draft:
    """A computed draft: its output folder, the seal it would have, its number, its city."""

    folder: str
    run_id: str
    number: int
    about: Mapping[str, Any]


# Slug -> the draft to show instead, set for one request by who checked that its reader may.
INSTEAD: ContextVar[Mapping[str, Draft]] = ContextVar("instead", default={})  # noqa: B039


def as_shown(city: City) -> City:
    """The city with the folder that this request shows. Never to be saved."""
    draft = INSTEAD.get().get(city.slug)
    if draft is None:
        return city
    city.folder, city.run_id = draft.folder, draft.run_id
    city.name = str(draft.about.get("name", city.name))
    city.base_year = int(draft.about.get("base_year", city.base_year))
    city.target_year = draft.about.get("target_year")
    city.synthetic = bool(draft.about.get("synthetic", city.synthetic))
    return city


def is_shown(city: City) -> bool:
    """Whether the city's pages may be opened: it is listed, or a draft of it is shown."""
    return city.is_listed or city.slug in INSTEAD.get()
