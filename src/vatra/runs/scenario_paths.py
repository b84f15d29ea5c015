"""Known years -> every year: straight lines between them, level beyond the last, drivers on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from vatra.plans.engine import Floats
from vatra.runs.scenario_cells import Known
from vatra.tables import Finding

FILE = "drivers.csv"
FACTOR_UNIT = "t/MWh"
# Which uses people and floor area move; the rest have drivers of their own or none.
_OF_FLOOR_AREA = ("residential", "tertiary", "public_buildings", "buildings")
_OF_POPULATION = (
    "residential", "buildings", "transport", "road", "cars", "motorcycles", "buses", "rail",
    "active", "landfill", "biological", "incineration", "wastewater", "water", "product_use",
)  # fmt: skip


@dataclass(frozen=True)
class Drivers:
    """Drivers by kind, use and carrier, as ``year -> value``, with their first line."""

    rows: Mapping[tuple[str, str, str], Mapping[int, float]]
    lines: Mapping[tuple[str, str, str], int]

    def path(self, driver: str, use: str, carrier: str, years: Sequence[int]) -> Floats | None:
        """Values of every year; of the series that fit, the one that names most."""
        fitting = [
            ((key[1] != "") + (key[2] != ""), key)
            for key in self.rows
            if key[0] == driver and key[1] in ("", use) and key[2] in ("", carrier)
        ]
        return interpolated(self.rows[max(fitting)[1]], years) if fitting else None

    def index(self, driver: str, use: str, carrier: str, years: Sequence[int]) -> Floats | None:
        """Values of every year as a multiple of the first."""
        found = self.path(driver, use, carrier, years)
        # A base of nought is a finding of ``read_drivers``; other faults are still looked for.
        return None if found is None or not found[0] > 0 else found / found[0]


def read_drivers(rows: pl.DataFrame, base_year: int) -> tuple[Drivers, list[Finding]]:
    """Series of the table ``drivers``.

    A series that is used as a multiple of its base year must state it, above zero.
    """
    series: dict[tuple[str, str, str], dict[int, float]] = {}
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows.sort("line").iter_rows(named=True):
        key = (str(row["driver"]), str(row["use"] or ""), str(row["carrier"] or ""))
        series.setdefault(key, {})[row["year"]] = row["amount_parameter"]
        lines.setdefault(key, row["line"])
    findings = [
        Finding(
            "runs.driver-base-missing",
            "error",
            FILE,
            (lines[key],),
            "year",
            {"driver": f"@tables.path_driver-{key[0]}", "year": str(base_year)},
        )
        for key, values in series.items()
        if _is_index(key[0]) and values.get(base_year, 0.0) <= 0
    ]
    return Drivers(series, lines), [*findings, *_factors(rows), *_units(rows)]


def _factors(rows: pl.DataFrame) -> list[Finding]:
    """Factors in a unit that is not read, or of no carrier, which would be that of every fuel."""
    found = []
    for row in rows.filter(pl.col("driver") == "factor").sort("line").iter_rows(named=True):
        if row["carrier"] is None:
            found.append(Finding("runs.driver-carrier", "error", FILE, (row["line"],), "carrier"))
        if row["unit"].strip() != FACTOR_UNIT:
            params = {"unit": row["unit"], "known": FACTOR_UNIT}
            found.append(Finding("runs.driver-unit", "error", FILE, (row["line"],), "unit", params))
    return found


def _units(rows: pl.DataFrame) -> list[Finding]:
    """Series whose rows are not all in one unit."""
    keys = ["driver", "use", "carrier"]
    series = rows.sort("line").group_by(keys, maintain_order=True)
    mixed = series.agg(pl.col("unit").str.strip_chars().unique(maintain_order=True), "line")
    return [
        Finding(
            "runs.driver-units-mixed",
            "error",
            FILE,
            tuple(row["line"]),
            "unit",
            {"driver": f"@tables.path_driver-{row['driver']}", "units": row["unit"]},
        )
        for row in mixed.iter_rows(named=True)
        if len(row["unit"]) > 1
    ]


def _is_index(driver: str) -> bool:
    return driver in ("population", "floor_area", "degree_days", "activity", "intensity")


def interpolated(known: Mapping[int, float], years: Sequence[int]) -> Floats:
    """A value for every year: straight lines between known years, level before and beyond."""
    stated = sorted(known)
    return np.interp(years, stated, [known[year] for year in stated])


def amount_path(known: Known, drivers: Drivers, years: Sequence[int]) -> Floats:
    """Amount of a cell in every year [T].

    Where the inventory has a later year than the base, its rows say how the amount goes on;
    elsewhere the drivers of its use do.
    """
    # A carrier that comes later was not there in the base year, whose rows are complete.
    path = interpolated({years[0]: 0.0, **known.amount}, years)
    if max(known.amount) > years[0]:
        return path
    return path * _growth(known, drivers, years)


def _growth(known: Known, drivers: Drivers, years: Sequence[int]) -> Floats:
    """What the drivers make of the base year's amount, as a multiple of it."""
    use, carrier = known.cell.use, known.cell.carrier
    growth = activity_index(use, drivers, years)
    intensity = drivers.index("intensity", use, carrier, years)
    if intensity is not None:
        growth = growth * intensity
    heated = drivers.index("degree_days", use, carrier, years)
    if heated is not None and use in _OF_FLOOR_AREA:
        growth = growth * heated
    return growth


def activity_index(use: str, drivers: Drivers, years: Sequence[int]) -> Floats:
    """Activity of a use in every year as a multiple of the first [T]."""
    own = drivers.index("activity", use, "", years)
    if own is not None:
        return own
    if use in _OF_FLOOR_AREA:
        floor = drivers.index("floor_area", use, "", years)
        if floor is not None:
            return floor
    people = drivers.index("population", use, "", years) if use in _OF_POPULATION else None
    return np.ones(len(years)) if people is None else people


def factor_path(known: Known, drivers: Drivers, years: Sequence[int]) -> Floats | None:
    """CO2e of a unit of energy in every year [mg/Wh], None where no year is known."""
    stated = drivers.path("factor", known.cell.use, known.cell.carrier, years)
    if stated is not None:
        # Stated in t/MWh, which is a thousand milligrams per watt-hour.
        return stated * 1000.0
    return interpolated(known.factor, years) if known.factor else None
