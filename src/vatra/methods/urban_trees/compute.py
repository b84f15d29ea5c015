"""Rows of trees and green area -> CO2 removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.urban_trees.formulas import crown_growth_t, removal_t, tree_growth_t

TABLE = "urban_trees"
CATEGORY = "V.2.1"
# What each approach needs of a row; a blank there is not a zero.
NEEDED = {
    "crown_cover": ("area_ha", "age_years"),
    "single_trees": ("trees_count", "species", "age_years"),
    "grass": ("area_ha",),
}
Row = Mapping[str, Any]


def emissions(inputs: Inputs) -> Emissions:
    """Every row by its own approach; grass keeps its carbon."""
    results = Results(inputs, TABLE)
    for row in inputs.rows(TABLE):
        blank = [name for name in NEEDED[row["approach"]] if row[name] is None]
        if blank:
            columns = [name.removesuffix("_ha") for name in blank]
            results.finding("methods.urban-trees-blank", [row["line"]], columns[0], columns=columns)
        elif row["approach"] == "grass":
            _add(results, row, 0.0, row["area_ha"], "ha", ())
        else:
            _trees(results, row)
    return results.finish()


def _trees(results: Results, row: Row) -> None:
    active = results.need(row, "urban_trees.active_years")
    crowns = row["approach"] == "crown_cover"
    growth = (
        results.need(row, "urban_trees.crown_growth")
        if crowns
        else results.need(row, "urban_trees.tree_growth", row["species"])
    )
    if active is None or growth is None:
        return
    amount = row["area_ha"] if crowns else row["trees_count"]
    grown = crown_growth_t if crowns else tree_growth_t
    carbon_t = grown(amount, growth.value)
    results.also(active)
    _add(
        results,
        row,
        removal_t(carbon_t, row["age_years"], active.value),
        amount,
        "ha" if crowns else "trees",
        (growth,),
    )


def _add(
    results: Results,
    row: Row,
    emission_t: float,
    activity: float,
    unit: str,
    used: tuple[Parameter, ...],
) -> None:
    results.add(
        row,
        category=CATEGORY,
        stream="urban_trees",
        gas="CO2",
        emission_t=emission_t,
        activity=activity,
        activity_unit=unit,
        used=used,
    )
