"""What a plan brings beside climate and money: a ledger of its own, never netted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.catalogue import catalogue
from vatra.plans.engine import Floats, Model, central
from vatra.plans.finance.costs import Costs

_JOBS = "job_years_per_meur"
_PER_UNIT_YEAR = "_per_unit_year"


@dataclass(frozen=True)
class CoBenefit:
    """One co-benefit of one action.

    ``low``, ``middle``, ``high`` (P10, mean, P90) and ``unit`` as the catalogue states them, per
    unit reached; ``None`` where only its direction is known. ``yearly`` is the amount of each year
    in ``total_unit``, empty where it cannot be added up (decibels, per cent of a bill).
    """

    action: str
    benefit: str
    unit: str
    low: float | None
    middle: float | None
    high: float | None
    total_unit: str
    yearly: tuple[float, ...]
    source: str


def co_benefits(model: Model, costs: Costs) -> tuple[CoBenefit, ...]:
    """Co-benefits of the actions that come from the catalogue, by action and kind.

    Jobs follow the capital of a year, kilograms of a pollutant the units in place. Nothing here
    has a price, and nothing is added to a net present value.
    """
    adoption = central(model).adoption
    entries = catalogue()
    found = []
    for i, action in enumerate(model.actions):
        if action.catalogue not in entries or not adoption[i].any():
            continue
        for row in entries[action.catalogue].co_benefits:
            amount = row.amount
            ends = amount.quantile(np.array([0.1, 0.9])) if amount is not None else None
            middle = None if amount is None else amount.mean
            units = action.economics.units_count if action.economics else 0.0
            unit, yearly = _yearly(row.unit, middle, costs.capital[i], adoption[i] * units)
            found.append(
                CoBenefit(
                    action.code,
                    row.benefit,
                    row.unit,
                    None if ends is None else round(float(ends[0]), 9),
                    middle,
                    None if ends is None else round(float(ends[1]), 9),
                    unit,
                    yearly,
                    row.source,
                )
            )
    return tuple(sorted(found, key=lambda each: (each.benefit, each.unit, each.action)))


def _yearly(
    unit: str, middle: float | None, capital_eur: Floats, units: Floats
) -> tuple[str, tuple[float, ...]]:
    if middle is None:
        return "", ()
    if unit == _JOBS:
        return "job_years", _rounded(middle * capital_eur / 1e6)
    if unit.endswith(_PER_UNIT_YEAR):
        return unit.removesuffix(_PER_UNIT_YEAR), _rounded(middle * units)
    return "", ()


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(each), 6) for each in values)


def totals(ledger: Sequence[CoBenefit]) -> dict[tuple[str, str], float]:
    """What can be added up, over all years and actions: (benefit, unit) -> amount."""
    found: dict[tuple[str, str], float] = {}
    for each in ledger:
        if each.yearly:
            key = (each.benefit, each.total_unit)
            found[key] = round(found.get(key, 0.0) + sum(each.yearly), 6)
    return dict(sorted(found.items()))
