"""A pinned book of emission factors: dated, sourced rows; its version is the hash of its content.

A factor is looked up by carrier, year, gas and end use, through an ordered list of sets. For one
activity the first set that has CO2 (or a CO2e mixture) is taken; other gases are filled from the
sets after it, unless the first gives a mixture, which already holds them all.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from vatra.factors.gwp import potentials
from vatra.tables.vocabulary import BIOGENIC, MIXTURE
from vatra.units import EMISSION_FACTOR, GJ_PER_MWH

DEFAULT_SETS = ("override", "local", "ipcc_2006", "ro_aib_production", "renewable")
_INTERVAL = re.compile(r"([0-9.]+) to ([0-9.]+)")
_MAIN_GASES = ("CO2", MIXTURE, BIOGENIC)


@dataclass(frozen=True)
class Factor:
    """One row of the book: tonnes of a gas per MWh (net calorific value) of a carrier.

    ``amount`` and ``unit`` as published, ``value_t_per_mwh`` converted once.
    """

    set: str
    carrier: str
    end_use: str
    gas: str
    year_from: int | None
    year_to: int | None
    amount: str
    unit: str
    value_t_per_mwh: float
    source: str
    page: str = ""
    doubt: str = ""
    note: str = ""
    file: str = ""
    line: int = 0
    region: str = ""

    @property
    def ratios(self) -> tuple[float, float]:
        """Ends of the published 95 % interval as multiples of the value; (1, 1) without one."""
        found = _INTERVAL.match(self.doubt)
        amount = float(self.amount)
        if not found or not amount:
            return (1.0, 1.0)
        return (float(found[1]) / amount, float(found[2]) / amount)

    @property
    def factor_id(self) -> str:
        """Stable name: set, carrier, gas, and what narrows it."""
        years = "" if self.year_from is None else str(self.year_from)
        parts = (self.set, self.region, self.carrier, self.gas, self.end_use, years)
        return "/".join(part for part in parts if part and part != "any")

    def holds_in(self, year: int) -> bool:
        """Whether the factor is valid in a year; without years it always is."""
        if self.year_from is None:
            return True
        return self.year_from <= year <= (self.year_to or self.year_from)


@dataclass(frozen=True)
class Missing:
    """No factor for a carrier and year; ``years`` are those the book has, by set as asked."""

    carrier: str
    year: int
    years: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class FactorBook:
    """Factors in force for one city: the book's rows, the city's own, and the GWP set.

    Attributes
    ----------
    factors : all rows that may be used
    sets : ids in the order in which they are asked
    gwp_set, gwp : id and potentials by gas
    region : where the city lies, for factors that hold in a region only
    """

    factors: tuple[Factor, ...]
    sets: tuple[str, ...]
    gwp_set: str
    gwp: Mapping[str, float]
    region: str = ""
    _by_carrier: Mapping[str, list[Factor]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_carrier: dict[str, list[Factor]] = defaultdict(list)
        rank = {name: position for position, name in enumerate(self.sets)}
        for factor in self.factors:
            if factor.set in rank:
                by_carrier[factor.carrier].append(factor)
        for rows in by_carrier.values():
            rows.sort(
                key=lambda row: (
                    rank[row.set],
                    row.region == "",
                    row.end_use == "any",
                    row.year_from is None,
                )
            )
        object.__setattr__(self, "_by_carrier", by_carrier)

    @property
    def version(self) -> str:
        """SHA-256 over every row that may be used, the order of sets and the potentials."""
        rows = [
            [each.factor_id, each.end_use, each.year_to, repr(each.value_t_per_mwh), each.source]
            for each in sorted(self.factors, key=lambda row: (row.factor_id, row.end_use))
            if each.set in self.sets
        ]
        content = [rows, list(self.sets), self.gwp_set, {k: repr(v) for k, v in self.gwp.items()}]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def choose(
        self, carrier: str, year: int, end_use: str, region: str = ""
    ) -> dict[str, Factor] | Missing:
        """The factor of each gas for a carrier burnt or bought in a year, or what is missing.

        A factor of a region holds in that region only, and there before the set's other rows. A
        ``region`` without a factor of its own for the carrier and year lies in the book's region.
        """
        rows = self._by_carrier.get(carrier, [])
        if not any(region and each.region == region and each.holds_in(year) for each in rows):
            region = self.region
        chosen: dict[str, Factor] = {}
        for factor in rows:
            if factor.end_use not in ("any", end_use) or not factor.holds_in(year):
                continue
            if factor.region not in ("", region):
                continue
            if factor.gas in chosen or MIXTURE in chosen:
                continue
            if factor.gas == MIXTURE and chosen:
                continue
            chosen[factor.gas] = factor
        if not any(gas in chosen for gas in _MAIN_GASES):
            return self._missing(carrier, year)
        return chosen

    def _missing(self, carrier: str, year: int) -> Missing:
        years: dict[str, set[int]] = defaultdict(set)
        for factor in self.factors:
            if factor.carrier == carrier and factor.gas in _MAIN_GASES:
                first = factor.year_from
                if first is not None:
                    years[factor.set] |= set(range(first, (factor.year_to or first) + 1))
        rank = {name: position for position, name in enumerate(self.sets)}
        ordered = sorted(years, key=lambda name: (rank.get(name, len(rank)), name))
        return Missing(carrier, year, {name: tuple(sorted(years[name])) for name in ordered})

    def with_rows(self, rows: Iterable[Factor]) -> FactorBook:
        """A book with more rows; their sets are asked first when not yet in the order."""
        added = tuple(rows)
        new_sets = tuple(dict.fromkeys(row.set for row in added if row.set not in self.sets))
        return replace(self, factors=self.factors + added, sets=new_sets + self.sets)

    def fuel_size(self, carrier: str, unit: str) -> float | None:
        """MWh (net calorific value) in one ``unit`` of a fuel, or ``None`` if not known."""
        return fuel_size(carrier, unit)


def open_book(
    gwp_set: str,
    sets: Sequence[str] = DEFAULT_SETS,
    own: Iterable[Factor] = (),
    region: str = "",
) -> FactorBook:
    """Pin a book: the shipped rows and a city's own, in an order of sets, with a GWP set.

    Raises ``KeyError`` for a GWP set that does not exist.
    """
    return FactorBook((*shipped(), *own), tuple(sets), gwp_set, potentials(gwp_set), region)


# Sets of a country's grid that count its own production and nothing before the plants: what an
# inventory by location asks for. The first that knows the year is meant.
_GRID_SETS = {"RO": ("ro_aib_production", "ro_eea")}


def grid_set(country: str, year: int) -> str | None:
    """The shipped set that a city of the country may begin with for its electricity in a year.

    None where no set of that kind knows the year: then somebody has to choose.
    """
    for name in _GRID_SETS.get(country, ()):
        rows = (each for each in shipped() if each.set == name and each.carrier == "electricity")
        if any(each.holds_in(year) for each in rows):
            return name
    return None


def known_sets() -> tuple[str, ...]:
    """Ids of the sets that the book ships, and the two a city or a command adds."""
    return tuple(dict.fromkeys(("override", "local", *(row.set for row in shipped()))))


@cache
def shipped() -> tuple[Factor, ...]:
    """Every factor row that comes with Vatra (``factors/data``)."""
    rows: list[Factor] = []
    for name in ("ipcc_2006_fuels.csv", "electricity_romania.csv", "renewable.csv"):
        for line, row in _data(name):
            size = EMISSION_FACTOR.size(row["unit"])
            if size is None:
                raise ValueError(f"{name}, line {line}: unit '{row['unit']}' is not known")
            rows.append(
                Factor(
                    set=row["set"],
                    carrier=row["carrier"],
                    end_use=row["end_use"],
                    gas=row["gas"],
                    year_from=int(row["year_from"]) if row["year_from"] else None,
                    year_to=int(row["year_to"]) if row["year_to"] else None,
                    amount=row["amount"],
                    unit=row["unit"],
                    value_t_per_mwh=float(row["amount"]) * size,
                    source=row["source"],
                    page=row["page"],
                    doubt=row["doubt"],
                    note=row["note"],
                    file=f"factors/data/{name}",
                    line=line,
                )
            )
    return tuple(rows)


def _data(name: str) -> Iterable[tuple[int, dict[str, str]]]:
    file = resources.files("vatra.factors") / "data" / name
    lines = file.read_text("utf-8").splitlines()
    yield from enumerate(csv.DictReader(lines), start=2)


@cache
def _fuel_properties() -> dict[tuple[str, str], float]:
    return {
        (row["carrier"], row["property"]): float(row["amount"])
        for _, row in _data("fuel_properties.csv")
    }


def fuel_size(carrier: str, unit: str) -> float | None:
    """MWh (net calorific value) in one ``unit`` of a fuel.

    Litres and kilograms by density and net calorific value (MJ/kg); cubic metres of gas and
    energies given on the gross calorific value by the ratio of net to gross.
    """
    known = _fuel_properties()
    net_mwh_per_kg = known.get((carrier, "net_calorific"), 0.0) / (GJ_PER_MWH * 1000)
    density = known.get((carrier, "density"), 0.0)
    net_to_gross = known.get((carrier, "net_to_gross"), 0.0)
    gross_mwh_per_m3 = known.get((carrier, "gross_calorific_volume"), 0.0) / (GJ_PER_MWH * 1000)
    size = {
        "kg": net_mwh_per_kg,
        "t": net_mwh_per_kg * 1000,
        "l": net_mwh_per_kg * density,
        "m3 GCV": gross_mwh_per_m3 * net_to_gross,
        "m3 NCV": gross_mwh_per_m3 * net_to_gross,
        "MWh GCV": net_to_gross,
        "kWh GCV": net_to_gross / 1000,
        "GJ GCV": net_to_gross / GJ_PER_MWH,
    }.get(unit, 0.0)
    return size or None
