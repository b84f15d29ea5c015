"""A document of tables as a city printed them, before anything is read out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from vatra.tables import Finding

Kind = Literal["emission_gap", "emissions", "energy", "measures", "factors"]
KINDS: tuple[Kind, ...] = ("emission_gap", "emissions", "energy", "measures", "factors")

Value = str | int | float | Decimal | None
DEFAULT_RESIDUAL_LIMIT_PERCENT = 20.0


@dataclass(frozen=True)
class LintTable:
    """One table: headings, rows and an optional total row, as printed.

    ``columns`` the headings, the first heads the labels; ``rows`` one sequence per row, the label
    first; ``total`` likewise. Cells are numbers, texts or None (not given, which is not zero).
    ``unit`` holds for every column that says no unit of its own in ``units`` or in its heading.
    ``stage`` is "", "base", "before_measures" or "after_measures"; ``numbers`` is "", "plain",
    "en" (1,234.56) or "ro" (1.234,56), inferred when empty.

    A table read out of a written contract says no more than was printed: its ``kind`` is "" (the
    rules decide from ``title``, ``path`` and ``columns``; a table nobody recognises is left alone)
    and its cells are texts. Such a table carries where it was found: ``place`` (as "page 14",
    "sheet A-1.1", "line 120"), ``path`` the headings above it, outermost first, and ``rows_at``,
    empty or one place per row ("line 123", "B7", "page 3").
    """

    id: str
    kind: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] | None = None
    title: str = ""
    unit: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
    base_year: int | None = None
    stage: str = ""
    numbers: str = ""
    source: str = ""
    place: str = ""
    path: Sequence[str] = ()
    rows_at: Sequence[str] = ()


@dataclass(frozen=True)
class Passage:
    """Running text: a paragraph, a list item or a heading, and where it stands ("page 14")."""

    text: str
    place: str = ""


@dataclass(frozen=True)
class Document:
    """All tables of one contract and what it states about itself.

    ``residual_limit_percent`` how much of the base year may remain; ``country`` an ISO code that
    lets electricity factors be held against known values; ``passages`` the text around the tables
    in the order of reading, empty when only tables were given; ``language`` "ro", "en" or "" as
    the text is written; ``notes`` what a file holds that was not read, such as hidden sheets.
    """

    tables: Sequence[LintTable]
    name: str = ""
    city: str = ""
    country: str = ""
    base_year: int | None = None
    target_year: int | None = None
    residual_limit_percent: float = DEFAULT_RESIDUAL_LIMIT_PERCENT
    numbers: str = ""
    passages: Sequence[Passage] = ()
    language: str = ""
    notes: Sequence[Finding] = ()
