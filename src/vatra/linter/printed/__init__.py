"""Tables of written contracts -> tables the rules can read: in order, of a kind, with units.

Tables that people typed go through untouched. A table nobody recognises stays as ``other``, one
without numbers is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vatra.linter.document import KINDS, Document, LintTable
from vatra.linter.findings import CellName
from vatra.linter.labels import labels
from vatra.linter.printed.classify import SKIPPED, classify
from vatra.linter.printed.forms import Form, forms, measures
from vatra.linter.printed.spread import with_amounts_out, with_shares_apart
from vatra.linter.printed.tidy import Tidied, distinct, plain, tidy
from vatra.linter.quantities import unit

__all__ = ["Settled", "Survey", "plain", "settle", "survey"]


@dataclass(frozen=True)
class Settled:
    """A table of a known kind; ``names`` of cells that were printed elsewhere."""

    table: LintTable
    names: Mapping[tuple[int, int], CellName] = field(default_factory=dict)


@dataclass(frozen=True)
class Survey:
    """What a table was taken for: one of the five kinds, ``costs``, ``other`` or ``skipped``."""

    table: str
    kind: str


def settle(document: Document) -> list[Settled]:
    """The tables of a document as the rules read them."""
    found: list[Settled] = []
    outlines: list[Form] = []
    for table in document.tables:
        if not table.place:
            found.append(Settled(table))
            continue
        own = forms(table) if not table.kind else []
        outlines += own
        if not own and (settled := _settled(table)) is not None:
            found.append(settled)
    if outlines:
        found.append(Settled(*measures(outlines)))
    return found


def survey(document: Document) -> list[Survey]:
    """What each table of a document was taken for, in its order."""
    kinds = {each.table.id: each.table.kind for each in settle(document)}
    outlines = {table.id for table in document.tables if table.place and forms(table)}
    return [
        Survey(table.id, "measures" if table.id in outlines else kinds.get(table.id, SKIPPED))
        for table in document.tables
    ]


def _settled(table: LintTable) -> Settled | None:
    tidied = tidy(table)
    if tidied is None:
        return None
    tidied = with_shares_apart(tidied)
    stated = unit(table.unit) if table.unit else None
    if tidied.unit is None and stated is not None and stated.quantity != "count":
        tidied.unit = stated
    titles = [table.title, *reversed(tidied.banners), *reversed(table.path)]
    titles = [title for title in titles if title]
    kind = classify(tidied, titles)
    if table.kind in KINDS:
        kind = replace(kind, kind=table.kind)
    if kind.kind == SKIPPED:
        return None
    origin: dict[int, int] = {}
    if kind.kind == "measures":
        tidied, origin = with_amounts_out(tidied)
    rows, places = _named_rows(tidied)
    settled = replace(
        table,
        kind=kind.kind,
        columns=tidied.columns,
        rows=rows,
        total=None,
        title=table.title or (tidied.banners[-1] if tidied.banners else ""),
        unit=table.unit or (tidied.unit.text if tidied.unit else ""),
        stage=table.stage or kind.stage,
        year=table.year or tidied.year,
        base_year=table.base_year or tidied.base_year,
        rows_at=[table.rows_at[at] if 0 <= at < len(table.rows_at) else "" for at in places],
    )
    return Settled(settled, _names(settled, origin))


def _named_rows(tidied: Tidied) -> tuple[list[list[str]], list[int]]:
    """Rows with labels of their own."""
    shown = labels(LintTable("", "", tidied.columns, tidied.rows))
    rows = [[name, *row[1:]] for name, row in zip(distinct(shown), tidied.rows, strict=True)]
    return rows, tidied.places


def _names(table: LintTable, origin: Mapping[int, int]) -> Mapping[tuple[int, int], CellName]:
    """Names as printed: columns read out of prose bear the heading of the prose."""
    names: dict[tuple[int, int], CellName] = {}
    for at, row in enumerate(table.rows):
        for new, old in origin.items():
            names[at, new] = CellName(table.id, plain(str(row[0])), plain(str(table.columns[old])))
    return names
