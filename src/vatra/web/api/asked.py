"""What an address of the API may ask: its names, their forms and their limits."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from vatra.tables.vocabulary import FACTOR_GASES, SECTORS
from vatra.words import Language

MOST_ROWS = 1000
USUAL_ROWS = 100
# Letters, digits and the signs of our own codes; no code is longer.
CODE = r"^[A-Za-z0-9_.+/-]+$"
CURSOR = r"^[A-Za-z0-9_-]{1,120}$"
SLUG = r"^[-a-z0-9]{1,80}$"

Code = Annotated[str, Field(min_length=1, max_length=80, pattern=CODE)]
Slug = Annotated[str, Field(pattern=SLUG)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Sector = Literal[SECTORS]  # type: ignore[valid-type]
Gas = Literal[FACTOR_GASES]  # type: ignore[valid-type]


class Asked(Schema):
    """What every address knows: the language of its words."""

    lang: Annotated[Language, Field(description="language of titles and messages")] = "en"


class CityAsked(Asked):
    """An address of a city: its published state, or the draft for who may read the work."""

    of: Annotated[
        Literal["published", "draft"],
        Field(description="draft needs a token with the scope 'work' of a member"),
    ] = "published"


class Paged(Asked):
    """A list that comes page by page."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = USUAL_ROWS
    cursor: Annotated[
        str | None, Field(pattern=CURSOR, description="'next_cursor' of the page before")
    ] = None


class CityPaged(Paged, CityAsked):
    """A list of a city."""


class CitiesAsked(Paged):
    """Which cities."""

    synthetic: bool | None = None


class CellsAsked(CityPaged):
    """Which sums of the inventory; nothing means all."""

    year: Year | None = None
    sector: Sector | None = None
    gas: Gas | None = None
    scope: Literal["1", "2", "3"] | None = None
    category: Annotated[
        Code | None, Field(description="GPC category or sub-sector: I.1.1, III.1")
    ] = None
    carrier: Code | None = None


class RowsAsked(CellsAsked):
    """Which rows behind the inventory."""


class ActionsAsked(CityPaged):
    """Which actions."""

    sector: Sector | None = None


class BuildingsAsked(CityPaged):
    """Which buildings."""

    quarter: Code | None = None
    archetype: Code | None = None
    energy_class: Annotated[Code | None, Field(description="A+ to G")] = None


class FindingsAsked(CityPaged):
    """Which findings."""

    severity: Literal["error", "warning", "note"] | None = None
