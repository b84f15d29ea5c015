"""What packages cost: P10, P50, P90 and mean in cents, value added tax apart.

Unit prices of one block rise and fall together (one market, one tender), so the P10 of a package
is the sum of the P10 of its parts: exact for prices that move in step, and never narrower than
what prices that move apart would give. Quantities are taken as measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from vatra.plans.distributions import Distribution, DistributionError, parse
from vatra.plans.finance.cents import to_cents
from vatra.plans.retrofit.packages import Packages, one_package
from vatra.plans.retrofit.programmes import rate
from vatra.plans.retrofit.reading import (
    Cents,
    Floats,
    Origin,
    RetrofitError,
    Said,
    origin,
    rows,
    said,
)

GROUPS = ("envelope", "windows", "ventilation", "heat", "pv", "battery")
STATISTICS = ("p10", "p50", "p90", "mean")
# Bases whose amount is the option's own (panels of 20 kWp), not a quantity of the block.
_OWN_AMOUNT = ("kwp", "kwh")
_QUANTILES = np.array([0.1, 0.5, 0.9])
_PERCENT = 100

Quantities = Mapping[str, "float | Floats"]


@dataclass(frozen=True)
class CostItem:
    """The price of one thing per unit of its ``basis``, in EUR of ``price_year`` without tax."""

    id: str
    group: str
    name: Said
    basis: str
    unit_cost_eur: Distribution
    price_year: int
    lifetime_years: int
    origin: Origin

    @property
    def figures(self) -> Floats:
        """P10, P50, P90 and mean of the unit price [EUR], [4]."""
        return np.append(self.unit_cost_eur.quantile(_QUANTILES), self.unit_cost_eur.mean)


@dataclass(frozen=True)
class Costs:
    """Costs of packages in cents without value added tax.

    ``by_group_cents`` [4, n, groups] in the order of ``STATISTICS`` and ``GROUPS``; totals are sums
    of its whole numbers, so that parts always add up. ``vat_percent`` is the rate of the day.
    """

    by_group_cents: Cents
    vat_percent: float

    def total_cents(self, statistic: str = "mean") -> Cents:
        """Cost of each package [n]; ``statistic`` ``p10``, ``p50``, ``p90`` or ``mean``."""
        return np.asarray(self.group_cents(statistic).sum(axis=1), np.int64)

    def group_cents(self, statistic: str = "mean") -> Cents:
        """Cost of each package by group [n, groups]."""
        return self.by_group_cents[STATISTICS.index(statistic)]

    def vat_cents(self, statistic: str = "mean") -> Cents:
        """Value added tax on each package, on top of its cost [n]."""
        return self.vat_on(self.total_cents(statistic))

    def vat_on(self, amount_cents: Cents) -> Cents:
        """Value added tax on amounts, in whole cents, shape of the amounts."""
        return to_cents(amount_cents * (self.vat_percent / _PERCENT) / _PERCENT)


@cache
def cost_items() -> Mapping[str, CostItem]:
    """Every cost by id, in the order of its file."""
    return {row["id"]: _item(row) for row in rows("costs")}


def costs(packages: Packages, quantities: Quantities, on_date: date) -> Costs:
    """Costs of every package of a block.

    Parameters
    ----------
    packages : n packages
    quantities : of the block by basis: ``wall_m2``, ``roof_m2``, ``basement_m2``, ``window_m2``,
        ``floor_m2``, ``flat_count``, ``heat_pump_count``; one number, or one per package [n]
    on_date : the day of the tax rate

    Raises ``RetrofitError`` naming all quantities that packages need and that are missing, negative
    or of another length.
    """
    items = cost_items()
    units = packages.units(list(items))
    needed = {
        each.basis
        for each, used in zip(items.values(), np.atleast_1d(units.any(axis=0)), strict=True)
        if used and each.basis not in _OWN_AMOUNT
    }
    _refuse(needed, quantities, packages.count)
    by_group = np.zeros((len(STATISTICS), packages.count, len(GROUPS)))
    for place, item in enumerate(items.values()):
        if item.basis in needed or item.basis in _OWN_AMOUNT:
            amount = units[:, place] * (
                1.0 if item.basis in _OWN_AMOUNT else quantities[item.basis]
            )
            by_group[:, :, GROUPS.index(item.group)] += item.figures[:, None] * amount
    return Costs(to_cents(by_group), rate("vat", on_date))


def package_cost(package: Mapping[str, str], quantities: Quantities, on_date: date) -> Costs:
    """Costs of a single package, given as the id of an option by axis; arrays of one row."""
    return costs(one_package(package), quantities, on_date)


def heat_pump_count(peak_heat_kw: Floats, unit_kw: float = 12.0) -> Floats:
    """How many heat pumps of ``unit_kw`` carry a peak heat load [kW], element by element."""
    return np.ceil(np.round(np.asarray(peak_heat_kw, np.float64) / unit_kw, 9))


def _refuse(needed: set[str], quantities: Quantities, count: int) -> None:
    wrong = sorted(each for each in needed if not _is_fine(quantities.get(each), count))
    if wrong:
        raise RetrofitError("quantities", bases=wrong)


def _is_fine(value: float | Floats | None, count: int) -> bool:
    if value is None:
        return False
    numbers = np.asarray(value, np.float64)
    # Also false of what is no number.
    return numbers.shape in ((), (count,)) and bool((numbers >= 0).all())


def _item(row: dict[str, str]) -> CostItem:
    try:
        price = parse(row["unit_cost_eur"])
    except DistributionError as error:
        raise ValueError(f"costs.csv, {row['id']}: {error}") from error
    return CostItem(
        row["id"],
        row["group"],
        said(row, "name"),
        row["basis"],
        price,
        int(row["price_year"]),
        int(row["lifetime_years"]),
        origin(row),
    )
