"""Rows of land use and of carbon stocks -> CO2 emitted or removed."""

from __future__ import annotations

import polars as pl

from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.land.areas import is_steady, unexplained
from vatra.methods.land.conversion import converted
from vatra.methods.land.entry import Row, add
from vatra.methods.land.forest import remaining
from vatra.methods.land.stocks import stock_change

_FOREST = "forest_land"


def emissions(inputs: Inputs) -> Emissions:
    """Gain and loss by row of ``land_use``, stock difference by row of ``carbon_stocks``."""
    uses, stocks = Results(inputs, "land_use"), Results(inputs, "carbon_stocks")
    rows = inputs.rows("land_use")
    for row in rows:
        if not is_steady(row):
            converted(uses, row)
        elif row["year"] in inputs.years:
            _steady(uses, row)
    transition = inputs.parameters.find("land.transition")
    if transition is not None:
        unexplained(uses, rows, transition.value)
    counted = {
        (row["year"], _FOREST, row["item"])
        for row in rows
        if is_steady(row) and row["to_use"] == _FOREST
    }
    for row in inputs.rows("carbon_stocks"):
        if row["year"] in inputs.years:
            stock_change(stocks, row, counted)
    return _together(uses.finish(), stocks.finish())


def _steady(results: Results, row: Row) -> None:
    """Forest grows and is cut; other land that stays as it is keeps its carbon (tier 1)."""
    if row["to_use"] == _FOREST:
        remaining(results, row)
    else:
        add(results, row, 0.0, (), stream=row["to_use"], activity=row["area_ha"])


def _together(first: Emissions, second: Emissions) -> Emissions:
    """Results of two tables, the rows of the second numbered after those of the first."""
    after = pl.col("row") + len(first.rows)
    return Emissions(
        pl.concat([first.rows, second.rows.with_columns(after)]),
        pl.concat([first.terms, second.terms.with_columns(after)]),
        {**first.used, **second.used},
        first.findings + second.findings,
    )
