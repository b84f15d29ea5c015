"""Prices of energy and carbon, rates of discount and tax: data with their sources."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Protocol

import numpy as np

from vatra.plans.finance.cents import Floats

# Payers that get back the value added tax that they pay.
RECOVERS_VAT = ("businesses", "utility")
_HOUSEHOLDS = "households"
_PRICE, _SHADOW, _ETS2 = "price", "carbon_price", "ets2_price"


class Paths(Protocol):
    """Series of a city by driver, use and carrier; ``runs.scenario_paths.Drivers`` is one."""

    def path(self, driver: str, use: str, carrier: str, years: Sequence[int]) -> Floats | None:
        """Values of every year, None where the city states none."""


@dataclass(frozen=True)
class Figure:
    """A number with its source: a rate, a price or a point of a path."""

    name: str
    value: float
    unit: str
    source: str
    doubt: str


@dataclass(frozen=True)
class BillPayer:
    """Who pays for the energy of a use, at which class of price, and whether under ETS2."""

    payer: str
    price_class: str
    under_ets2: bool


@dataclass(frozen=True)
class Rates:
    """What amounts of different years are compared with.

    ``nominal`` whether figures are in the money of their year, else of ``price_year``; the two
    discount rates are real, a year.
    """

    nominal: bool = False
    discount: float = 0.0
    social_discount: float = 0.0
    inflation: float = 0.0
    price_year: int = 2024
    vat: float = 0.0

    def index(self, years: Sequence[int]) -> Floats:
        """Money of a year per money of the price year [T]."""
        passed = np.asarray(years, np.float64) - self.price_year
        return np.asarray((1.0 + self.inflation) ** passed)

    def shown(self, years: Sequence[int]) -> Floats:
        """What real amounts are multiplied by to be shown [T]."""
        return self.index(years) if self.nominal else np.ones(len(years))

    def discount_rate(self, social: bool = False) -> float:
        """Rate that shown amounts are discounted with: with inflation for nominal ones."""
        real = self.social_discount if social else self.discount
        return (1.0 + real) * (1.0 + self.inflation) - 1.0 if self.nominal else real

    def vat_of(self, payer: str) -> float:
        """Part of what a payer pays that is tax he does not get back, 0.1736 at a rate of 21 %."""
        return 0.0 if payer in RECOVERS_VAT else self.vat / (1.0 + self.vat)


def data_rows(name: str) -> list[dict[str, str]]:
    """Rows of a file of this room's data as texts."""
    file = resources.files("vatra.plans.finance") / "data" / f"{name}.csv"
    return list(csv.DictReader(file.read_text("utf-8").splitlines()))


@cache
def figures() -> Mapping[str, Figure]:
    """Rates by name, as ``data/rates.csv`` states them."""
    return {
        row["name"]: Figure(
            row["name"], float(row["value"]), row["unit"], row["source"], row["doubt"]
        )
        for row in data_rows("rates")
    }


def default_rates(nominal: bool = False, discount: float | None = None) -> Rates:
    """Rates of the data; ``discount`` replaces the financial one (0.04 is 4 %).

    Raises ``ValueError`` for a rate of -100 % or less.
    """
    known = figures()
    rate = known["discount_financial"].value / 100 if discount is None else discount
    if not rate > -1:
        raise ValueError("a discount rate is above -100 %")
    return Rates(
        nominal,
        rate,
        known["discount_social"].value / 100,
        known["inflation"].value / 100,
        int(known["price_year"].value),
        known["vat"].value / 100,
    )


@cache
def bill_payers() -> Mapping[str, BillPayer]:
    """Who pays for a use or, where it is not known, for a sector."""
    return {
        row["use"]: BillPayer(row["payer"], row["class"], row["ets2"] == "yes")
        for row in data_rows("bill_payers")
    }


def bill_payer(use: str, sector: str) -> BillPayer:
    """Who pays for the energy of a use; that of its sector for a use that nobody foresaw."""
    return bill_payers().get(use) or bill_payers()[sector]


@cache
def default_prices() -> Mapping[tuple[str, str], Figure]:
    """Prices without value added tax by carrier and class [EUR/MWh of the price year]."""
    return {
        (row["carrier"], row["class"]): Figure(
            row["carrier"], float(row["eur_per_mwh"]), "EUR/MWh", row["source"], row["doubt"]
        )
        for row in data_rows("prices")
    }


@cache
def carbon_points(path: str) -> Mapping[int, Figure]:
    """Points of a carbon price path by year [EUR/t of the price year of the rates]."""
    known = figures()
    found = {}
    for row in data_rows("carbon"):
        if row["path"] == path:
            same = int(row["price_year"]) == int(known["price_year"].value)
            moved = 1.0 if same else known["hicp_2016_to_2024"].value
            value = float(row["eur_per_t"]) * moved
            found[int(row["year"])] = Figure(path, value, "EUR/t", row["source"], row["doubt"])
    return found


@dataclass(frozen=True)
class Prices:
    """Prices of the years of a plan, real and without value added tax.

    A city's own series (``price``, ``ets2_price``, ``carbon_price`` in ``drivers.csv``) come before
    the defaults, which are held constant.
    """

    years: tuple[int, ...]
    own: Paths | None = None

    def energy(self, use: str, carrier: str, price_class: str) -> Floats | None:
        """Price of a carrier in every year [EUR/MWh, T]; ``None`` where nobody states one."""
        stated = self._own(_PRICE, use, carrier)
        if stated is not None:
            return stated
        known = default_prices().get((carrier, price_class))
        return None if known is None else np.full(len(self.years), known.value)

    def shadow(self) -> Floats:
        """What a tonne not emitted is worth to society [EUR/t, T]."""
        return self._carbon(_SHADOW, "shadow")

    def ets2(self) -> Floats:
        """What a tonne from buildings and roads costs its user [EUR/t, T]."""
        return self._carbon(_ETS2, "ets2")

    def _carbon(self, driver: str, path: str) -> Floats:
        stated = self._own(driver, "", "")
        if stated is not None:
            return stated
        points = carbon_points(path)
        return np.interp(self.years, list(points), [each.value for each in points.values()])

    def _own(self, driver: str, use: str, carrier: str) -> Floats | None:
        return None if self.own is None else self.own.path(driver, use, carrier, self.years)


def sources_of(carriers: Iterable[str]) -> list[Figure]:
    """The default prices behind some carriers, for a page that shows where figures come from."""
    wanted = set(carriers)
    return [each for (carrier, _), each in sorted(default_prices().items()) if carrier in wanted]
