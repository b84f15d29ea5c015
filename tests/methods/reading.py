"""Rows of a table as a city would hand them in, for tests of methods of activity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from tests.methods.activity_rows import units_of
from vatra.factors import Factor, Parameter, fuel_size, open_book, open_parameters
from vatra.methods import Emissions, Inputs, activity_methods
from vatra.tables import Context, check, tables


def checked(table: str, *listed: Mapping[str, Any]) -> pl.DataFrame:
    """Rows through the check of their table; the first stands in line 2 of the file."""
    declared = tables()[table]
    given = [dict(each) for each in listed]
    texts = [
        {
            column.name: None if each.get(column.name) is None else str(each[column.name])
            for column in declared.columns
        }
        | {"source": "test", "line": line}
        for line, each in enumerate((units_of(declared, row) | row for row in given), start=2)
    ]
    schema = dict.fromkeys(texts[0], pl.String) | {"line": pl.Int64}
    found = check(
        declared,
        pl.DataFrame(texts, schema=schema),
        declared.file_name,
        Context(numbers="plain", fuel_size=fuel_size),
    )
    assert [each.message("en") for each in found.findings] == []
    return found.rows


def count(
    method: str,
    *listed: Mapping[str, Any],
    factors: Mapping[str, float] | None = None,
    parameters: tuple[Parameter, ...] = (),
    gwp_set: str = "AR5",
) -> Emissions:
    """What a method finds in rows of its table; ``factors`` are CO2 by carrier [t/MWh]."""
    declared = activity_methods()[method]
    own = [co2(carrier, value) for carrier, value in (factors or {}).items()]
    rows = checked(declared.table, *listed)
    return declared.emissions(
        Inputs(
            {declared.table: rows},
            open_book(gwp_set, own=own),
            open_parameters((), parameters),
            tuple(sorted(set(rows["year"]))) if len(rows) else (),
        )
    )


def co2(carrier: str, value_t_per_mwh: float, gas: str = "CO2") -> Factor:
    """A city's own factor of a carrier, in any year."""
    text = str(value_t_per_mwh)
    return Factor("local", carrier, "any", gas, None, None, text, "t/MWh", value_t_per_mwh, "test")


def masses(found: Emissions, *by: str) -> dict[Any, float]:
    """Tonnes by columns of the results, by category and gas unless said otherwise."""
    by = by or ("category", "gas")
    sums = found.rows.group_by(*by).agg(pl.col("emission_mg").sum()).sort(*by)
    return {row[0] if len(by) == 1 else tuple(row[:-1]): row[-1] / 1e9 for row in sums.iter_rows()}


def messages(found: Emissions) -> list[str]:
    """What the findings say in English."""
    return [each.message("en") for each in found.findings]
