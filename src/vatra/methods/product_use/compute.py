"""Rows of product use -> CO2, N2O and SF6."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.product_use.formulas import balance_kg, oxidised_t, released_t, switchgear_kg
from vatra.tables.product_use import NEEDED, PRODUCTS

TABLE = "product_use"
CATEGORY = "IV.2.1"
KG_PER_T = 1000
_BALANCE = "sf6_balance"
Row = Mapping[str, Any]


def emissions(inputs: Inputs) -> Emissions:
    """Every product by its own formula."""
    results = Results(inputs, TABLE)
    for row in inputs.rows(TABLE):
        if _faulty(results, row):
            continue
        stream = PRODUCTS[row["product"]]
        if stream == "nitrous_oxide_use":
            _nitrous_oxide(results, row)
        elif stream == "switchgear":
            _switchgear(results, row)
        else:
            _oxidised(results, row)
    return results.finish()


def _faulty(results: Results, row: Row) -> bool:
    """Whether what the product needs is missing, or stands there twice; says which."""
    ways = NEEDED[row["product"]]
    whole = [way for way in ways if all(_given(row, name) for name in way)]
    if len(whole) != 1:
        missing = sorted({name for way in ways for name in way if not _given(row, name)})
        code = "methods.product-either" if whole else "methods.product-blank"
        results.finding(
            code,
            [row["line"]],
            ways[0][0],
            product=f"@tables.product-{row['product']}",
            columns=missing or [name for way in ways for name in way],
        )
    return len(whole) != 1


def _given(row: Row, name: str) -> bool:
    return row["amount_t" if name == "amount" else name] is not None


def _oxidised(results: Results, row: Row) -> None:
    product = row["product"]
    energy = results.need(row, "product_use.calorific_value", product)
    carbon = results.need(row, "product_use.carbon", product)
    share = results.need(row, "product_use.oxidised", product)
    if energy is None or carbon is None or share is None:
        return
    emission_t = oxidised_t(row["amount_t"], energy.value, carbon.value, share.value)
    _add(results, row, "CO2", emission_t, row["amount_t"], "t", energy, carbon, share)


def _nitrous_oxide(results: Results, row: Row) -> None:
    released = results.need(row, "product_use.n2o_released", row["product"])
    if released is None:
        return
    if row["amount_t"] is not None:
        emission_t = released_t(row["amount_t"], released.value)
        _add(results, row, "N2O", emission_t, row["amount_t"], "t", released)
        return
    each = results.need(row, "product_use.n2o_per_person")
    if each is not None:
        people = row["people_count"]
        emission_t = released_t(people * each.value / KG_PER_T, released.value)
        _add(results, row, "N2O", emission_t, people, "people", each, released)


def _switchgear(results: Results, row: Row) -> None:
    if row["product"] == _BALANCE:
        lost_kg = balance_kg(**{name: row[name] for name in NEEDED[_BALANCE][0]})
        if lost_kg < 0:
            results.finding(
                "methods.product-negative", [row["line"]], "purchases_kg", amount_kg=lost_kg
            )
            return
        _add(results, row, "SF6", lost_kg / KG_PER_T, lost_kg, "kg")
        return
    parts = (
        ("bank_kg", "product_use.sf6_leak"),
        ("retired_capacity_kg", "product_use.sf6_remaining"),
    )
    for column, name in parts:
        share = results.need(row, name, row["product"])
        if share is not None:
            amount_kg = row[column]
            in_use = column == "bank_kg"
            lost_kg = (
                switchgear_kg(amount_kg, share.value, 0, 0)
                if in_use
                else switchgear_kg(0, 0, amount_kg, share.value)
            )
            _add(results, row, "SF6", lost_kg / KG_PER_T, amount_kg, "kg", share)


def _add(
    results: Results,
    row: Row,
    gas: str,
    emission_t: float,
    activity: float,
    unit: str,
    *used: Parameter,
) -> None:
    results.add(
        row,
        category=CATEGORY,
        stream=PRODUCTS[row["product"]],
        gas=gas,
        emission_t=emission_t,
        activity=activity,
        activity_unit=unit,
        used=used,
    )
