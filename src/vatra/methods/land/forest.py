"""Forest that stays forest: growth, harvest, fuelwood and disturbance of its year."""

from __future__ import annotations

from vatra.factors import Parameter
from vatra.methods.base import Results
from vatra.methods.land.entry import Row, add, roots
from vatra.methods.land.formulas import disturbed_t, growth_t, removed_t

_LOSSES = ("harvest_m3", "fuelwood_m3", "disturbed_ha")


def remaining(results: Results, row: Row) -> None:
    """Gains and losses of a forest in the year of its row."""
    if _faulty(results, row):
        return
    ratio, carbon = trees(results, row)
    if ratio is None or carbon is None:
        return
    grow(results, row, ratio, carbon)
    _wood(results, row, ratio, carbon)
    _disturbance(results, row, ratio, carbon)


def trees(results: Results, row: Row) -> tuple[Parameter | None, Parameter | None]:
    """Ratio of roots to shoots, and carbon per dry matter."""
    ratio = results.need(row, "land.root_ratio", row["forest_type"])
    return ratio, results.need(row, "land.carbon_fraction")


def grow(
    results: Results, row: Row, ratio: Parameter, carbon: Parameter, year: int | None = None
) -> None:
    """Carbon gained by growth, in the row's year or another."""
    growth = results.need(row, "land.growth", row["forest_zone"])
    if growth is not None:
        gained_t = growth_t(row["area_ha"], growth.value, ratio.value, carbon.value)
        used = (growth, roots(results, ratio), carbon)
        add(results, row, gained_t, used, stream="forest_land", activity=row["area_ha"], year=year)


def _faulty(results: Results, row: Row) -> bool:
    """Whether the row cannot be counted; says why."""
    line, blank = [row["line"]], [name for name in _LOSSES if row[name] is None]
    if not row["forest_type"]:
        results.finding("methods.land-forest-missing", line, "forest_type")
    elif blank:
        results.finding("methods.land-losses-blank", line, blank[0], columns=blank)
    elif (row["harvest_m3"] or row["fuelwood_m3"]) and not row["stand"]:
        results.finding("methods.land-stand-missing", line, "stand")
    elif row["disturbed_ha"] and not 0 <= _lost(row) <= 1:
        results.finding("methods.land-disturbed-share", line, "disturbed_share")
    elif row["disturbed_ha"] > row["area_ha"]:
        results.finding("methods.land-disturbed-area", line, "disturbed_ha")
    else:
        return False
    return True


def _lost(row: Row) -> float:
    """Share of the biomass lost where disturbed; -1 where it is not said."""
    share: float | None = row["disturbed_share"]
    return -1 if share is None else share


def _wood(results: Results, row: Row, ratio: Parameter, carbon: Parameter) -> None:
    for column in ("harvest_m3", "fuelwood_m3"):
        if not row[column]:
            continue
        expansion = results.need(row, "land.expansion", f"{row['forest_type']}/{row['stand']}")
        if expansion is not None:
            lost_t = removed_t(row[column], expansion.value, ratio.value, carbon.value)
            used = (expansion, roots(results, ratio), carbon)
            add(results, row, -lost_t, used, stream="forest_land", activity=row[column], unit="m3")


def _disturbance(results: Results, row: Row, ratio: Parameter, carbon: Parameter) -> None:
    if not row["disturbed_ha"]:
        return
    biomass = results.need(row, "land.above_ground", row["forest_zone"])
    if biomass is not None:
        lost_t = disturbed_t(
            row["disturbed_ha"], biomass.value, ratio.value, carbon.value, _lost(row)
        )
        used = (biomass, roots(results, ratio), carbon)
        add(results, row, -lost_t, used, stream="forest_land", activity=row["disturbed_ha"])
