"""Parquet: masses and energy as decimals of fixed scale, the facts in the file's metadata."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from vatra.faces.fields import Cell
from vatra.faces.formats.grid import Grid
from vatra.tables import Finding, FindingsError

_DECIMAL = pl.Decimal(38, 9)


def write(grids: Mapping[str, Grid], facts: Mapping[str, str]) -> bytes:
    """One table as Parquet."""
    (grid,) = grids.values()
    columns = [
        _series(heading, [row[at] for row in grid.rows], numeric)
        for at, (heading, numeric) in enumerate(zip(grid.headings, grid.numeric, strict=True))
    ]
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out, metadata={k: str(v) for k, v in facts.items()})
    return out.getvalue()


def read(data: bytes, file: str) -> Mapping[str, Grid]:
    """The one table of a Parquet file."""
    try:
        frame = pl.read_parquet(io.BytesIO(data))
    except (pl.exceptions.PolarsError, OSError):
        raise FindingsError([Finding("faces.parquet-not", "error", file)]) from None
    return {"": Grid("", frame.columns, [list(row) for row in frame.iter_rows()], 1)}


def _series(heading: str, cells: list[Cell], numeric: bool) -> pl.Series:
    if not numeric:
        return pl.Series(heading, cells, pl.String)
    if any(isinstance(cell, Decimal) for cell in cells):
        return pl.Series(heading, cells, _DECIMAL)
    if any(isinstance(cell, float) for cell in cells):
        return pl.Series(heading, cells, pl.Float64)
    return pl.Series(heading, cells, pl.Int64)
