"""Rows of the waste tables as a city hands them in, and what a method finds in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from vatra.factors import Parameter, open_book, open_parameters
from vatra.methods import Emissions, Inputs, activity_methods
from vatra.tables import Context, check, tables


def checked(name: str, rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Rows given as numbers and codes, through the check; line 2 is the first."""
    table = tables()[name]
    texts = [
        {
            column.name: None if row.get(column.name) is None else str(row[column.name])
            for column in table.columns
        }
        | {"source": "test", "line": line}
        for line, row in enumerate(rows, start=2)
    ]
    schema = {column.name: pl.String for column in table.columns} | {"line": pl.Int64}
    found = check(table, pl.DataFrame(texts, schema=schema), "test", Context(numbers="plain"))
    assert [each.message("en") for each in found.findings if rows] == []
    return found.rows


def own(name: str, value: float, low: float | None = None, high: float | None = None) -> Parameter:
    """The city's own value of a parameter, named ``landfill.doc/food``."""
    parameter, _, key = name.partition("/")
    return Parameter("local", parameter, key, value, "1", "test", low=low, high=high)


def found_in(
    method: str,
    given: Mapping[str, Sequence[Mapping[str, object]]],
    *,
    years: Sequence[int] = (2021,),
    sets: Sequence[str] = (),
    parameters: Sequence[Parameter] = (),
    climate: str = "boreal_temperate_wet",
) -> Emissions:
    rows = {name: checked(name, listed) for name, listed in given.items()}
    book = open_parameters(sets, parameters)
    return activity_methods()[method].emissions(
        Inputs(rows, open_book("AR5"), book, tuple(years), climate)
    )


def tonnes(emissions: Emissions, gas: str = "CH4", year: int | None = None) -> float:
    rows = emissions.rows.filter(pl.col("gas") == gas)
    if year is not None:
        rows = rows.filter(pl.col("year") == year)
    return rows["emission_mg"].sum() / 1e9


def said(emissions: Emissions) -> list[str]:
    """Messages of the findings, in English."""
    return [each.message("en") for each in emissions.findings]


def ratios(emissions: Emissions) -> dict[str, tuple[float, float]]:
    """Low and high ratio of each term of the first result."""
    first = emissions.terms.filter(pl.col("row") == 0)
    return {
        name: (low, high)
        for name, low, high in first.select("term_id", "low_ratio", "high_ratio").iter_rows()
    }
