"""Rows of tables as a city writes them, through the same check, into a method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from vatra.factors import Parameter, open_book, open_parameters
from vatra.methods import Emissions, Inputs, activity_methods
from vatra.tables import Context, Table, check, tables
from vatra.units import MG_PER_T

Rows = Mapping[str, Sequence[Mapping[str, object]]]


def count(
    method: str,
    given: Rows,
    *,
    own: Sequence[tuple[str, str, float]] = (),
    sets: Sequence[str] = (),
    climate: str = "",
    years: Sequence[int] = (2021,),
) -> Emissions:
    """What a method finds in rows of tables; ``own`` parameters as (name, key, value)."""
    local = [Parameter("local", name, key, value, "", "test") for name, key, value in own]
    return activity_methods()[method].emissions(
        Inputs(
            {name: checked(name, rows) for name, rows in given.items()},
            open_book("AR5"),
            open_parameters(("local", *sets), local),
            tuple(years),
            climate,
        )
    )


def checked(name: str, rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Typed rows of a table; the year is 2021 unless said."""
    table = tables()[name]
    texts = [_texts(name, row) | {"line": line} for line, row in enumerate(rows, start=2)]
    schema = {column.name: pl.String for column in table.columns} | {"line": pl.Int64}
    result = check(table, pl.DataFrame(texts, schema=schema), "test", Context(numbers="plain"))
    assert result.findings == []
    return result.rows


def units_of(table: Table, row: Mapping[str, object]) -> dict[str, object]:
    """The canonical unit of every amount that a test gives without one."""
    return {
        each.unit_column: each.quantity.canonical
        for each in table.columns
        if each.quantity is not None and each.unit_column and row.get(each.name) is not None
    }


def _texts(name: str, row: Mapping[str, object]) -> dict[str, object]:
    columns = tables()[name].columns
    whole = {"year": 2021, "source": "test"} | units_of(tables()[name], row) | dict(row)
    assert set(whole) <= {column.name for column in columns}
    return {
        column.name: None if whole.get(column.name, column.default) is None
        else str(whole.get(column.name, column.default))
        for column in columns
    }  # fmt: skip


def tonnes(found: Emissions, *by: str) -> dict[object, float]:
    """Masses in tonnes by the columns named, the gas unless said."""
    keys = by or ("gas",)
    sums = found.rows.group_by(keys).agg(pl.col("emission_mg").sum())
    return {tuple(key) if len(key) > 1 else key[0]: mg / MG_PER_T for *key, mg in sums.iter_rows()}
