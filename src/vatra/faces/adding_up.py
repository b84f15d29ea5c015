"""Whether the totals that a file prints are the sums of its rows: an edited figure shows here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from vatra.faces.fields import DECIMALS, Field
from vatra.faces.gpc import MASSES, total_line
from vatra.faces.sums import TOTAL
from vatra.tables import Finding
from vatra.tables.gpc import TOTALS

SLIPS_SHOWN = 20


@dataclass(frozen=True)
class Slip:
    """A printed total and what its parts add up to; ``row`` says where it stands."""

    row: str
    column: str
    printed: int | None
    added: int | None


def findings(part: str, fields: tuple[Field, ...], frame: pl.DataFrame, file: str) -> list[Finding]:
    """One finding for each total of a table that its parts do not give."""
    names = set(frame.columns)
    if set(MASSES) <= names:
        slips = list(_gpc(frame))
    elif {"year", "sector"} <= names:
        slips = [*_across(fields, frame), *_down(fields, frame)]
    else:
        return []
    kinds = {each.name: each for each in fields}
    return [
        Finding(
            "faces.total-wrong",
            "error",
            file,
            column=each.column,
            params={
                "table": part,
                "row": each.row,
                "column": each.column,
                "printed": _shown(each.printed, kinds[each.column]),
                "added": _shown(each.added, kinds[each.column]),
            },
        )
        for each in slips[:SLIPS_SHOWN]
    ]


def _gpc(frame: pl.DataFrame) -> Iterator[Slip]:
    """The three totals of each year against the lines that enter them."""
    for total in TOTALS:
        added = {row["year"]: row for row in total_line(frame, total).iter_rows(named=True)}
        for row in frame.filter(pl.col("category") == total).iter_rows(named=True):
            found = added.get(row["year"], {})
            yield from _different(f"{row['year']} {total}", row, found, MASSES)


def _across(fields: tuple[Field, ...], frame: pl.DataFrame) -> Iterator[Slip]:
    """Each row's total against its other columns of the same unit."""
    for kind in DECIMALS:
        parts = [each.name for each in fields if each.kind == kind]
        total = next((name for name in parts if name.startswith(f"{TOTAL}_")), "")
        if not total:
            continue
        others = [name for name in parts if name != total]
        for row in frame.iter_rows(named=True):
            given = [row[name] for name in others if row[name] is not None]
            added = {total: sum(given) if given else None}
            yield from _different(_named(row), row, added, (total,))


def _down(fields: tuple[Field, ...], frame: pl.DataFrame) -> Iterator[Slip]:
    """Each year's total row against the rows of the sectors."""
    columns = tuple(each.name for each in fields if each.kind in DECIMALS)
    totals = frame.filter(pl.col("sector") == TOTAL)
    rows = frame.filter(pl.col("sector") != TOTAL)
    if "carrier" in frame.columns:
        # Rows by carrier stand below the whole of their sector.
        rows = rows.filter(pl.col("carrier").is_null())
    for row in totals.iter_rows(named=True):
        own = rows.filter(pl.col("year") == row["year"])
        added: dict[str, int | None] = {
            name: int(own.get_column(name).sum()) if own.get_column(name).count() else None
            for name in columns
        }
        yield from _different(_named(row), row, added, columns)


def _different(
    name: str,
    row: Mapping[str, int | None],
    added: Mapping[str, int | None],
    columns: tuple[str, ...],
) -> Iterator[Slip]:
    for column in columns:
        if row[column] != added.get(column):
            yield Slip(name, column, row[column], added.get(column))


def _named(row: Mapping[str, object]) -> str:
    return " ".join(str(row[key]) for key in ("year", "sector", "carrier") if row.get(key))


def _shown(value: int | None, field: Field) -> str:
    return "–" if value is None else str(field.printed(value))
