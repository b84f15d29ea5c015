"""What is wrong with a building's row or footprint, gathered so that all of it is told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vatra.plans.stock.archetypes import Archetype, archetypes
from vatra.plans.stock.choose import YEARS_OF_PERIOD
from vatra.plans.stock.footprints import Plan
from vatra.tables import Finding, Severity

MOST_STOREYS = 60
STOREY_HEIGHTS_M = (2.0, 12.0)
# Fifteen hectares: no house, school or hospital covers more; a block drawn by whole degrees does.
MOST_FOOTPRINT_M2 = 150_000
# A footprint on the map that is further from the row's is another building's.
_FOOTPRINT_APART_SHARE = 0.2
_OVERLAP_SHARE = 0.02
_SHOWN = 10
_SIZES = ("storey_height_m", "heated_m2", "footprint_m2", "perimeter_m")
Row = Mapping[str, Any]


class Faults:
    """Findings of one file, in the order they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []
        self.error_count = 0

    def add(
        self, name: str, row: Row, column: str, severity: Severity = "error", **params: Any
    ) -> None:
        """One fault of one row; its text is ``plans.stock.<name>``."""
        told = {"building": row.get("building"), "column": column, **params}
        code = f"plans.stock.{name}"
        self.found.append(Finding(code, severity, self.file, (row["line"],), column, told))
        self.error_count += severity == "error"

    def unknown_footprints(self, codes: Sequence[str]) -> None:
        """Footprints of buildings that have no row."""
        if codes:
            params = {"buildings": codes[:_SHOWN], "count": len(codes)}
            code = "plans.stock.footprint-unknown"
            self.found.append(Finding(code, "warning", self.file, params=params))


def type_faults(row: Row, found: Archetype | None, faults: Faults) -> None:
    """Type or age that is not known, and a year that is not in the period."""
    built, period = row["built"], row["period"]
    if built is not None and period is not None:
        first, last = YEARS_OF_PERIOD[period]
        if not first <= built <= last:
            label = f"@tables.building_period-{period}"
            faults.add("period-year", row, "built", "warning", value=str(built), period=label)
    if found is not None:
        return
    if row["archetype"]:
        params = {"value": row["archetype"], "choices": list(archetypes())}
        faults.add("archetype-unknown", row, "archetype", **params)
    elif built is None and period is None:
        faults.add("age-missing", row, "period")
    elif row["storeys_count"] is None or 1 <= row["storeys_count"] <= MOST_STOREYS:
        faults.add("archetype-none", row, "archetype", choices=list(archetypes()))


def row_faults(row: Row, faults: Faults) -> None:
    """Sizes that no building has."""
    storeys = row["storeys_count"]
    if storeys is not None and (storeys != int(storeys) or not 1 <= storeys <= MOST_STOREYS):
        faults.add("storeys-outside", row, "storeys_count", value=storeys, most=MOST_STOREYS)
    flats = row["flats_count"]
    if flats is not None and flats != int(flats):
        faults.add("flats-whole", row, "flats_count", value=flats)
    for name in _SIZES:
        if row[name] == 0:
            faults.add("size-zero", row, name)
    least, most = STOREY_HEIGHTS_M
    height = row["storey_height_m"]
    if height and not least <= height <= most:
        faults.add("height-outside", row, "storey_height_m", value=height, least=least, most=most)
    azimuth = row["azimuth_degrees"]
    if azimuth is not None and azimuth > 360:
        faults.add("azimuth-outside", row, "azimuth_degrees", value=azimuth)


def footprint_faults(row: Row, plan: Plan, faults: Faults) -> None:
    """A footprint that lies under a neighbour, or is of another size than the row says."""
    if plan.overlap_m2 > _OVERLAP_SHARE * plan.footprint_m2:
        params = {"overlap": round(plan.overlap_m2, 1)}
        faults.add("footprint-overlap", row, "building", "warning", **params)
    stated = row["footprint_m2"]
    if stated and abs(plan.footprint_m2 / stated - 1) > _FOOTPRINT_APART_SHARE:
        params = {"value": stated, "drawn": round(plan.footprint_m2, 1)}
        faults.add("footprint-apart", row, "footprint_m2", "warning", **params)
