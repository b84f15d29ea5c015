"""Land whose use or management changed: biomass at once, soil and new forest over the years."""

from __future__ import annotations

from collections.abc import Mapping

from vatra.factors import Parameter
from vatra.methods.base import Results, Term
from vatra.methods.land.entry import Row, add, roots, term
from vatra.methods.land.forest import grow, trees
from vatra.methods.land.formulas import converted_t, soil_t_per_ha, stock_difference_t

_FOREST = "forest_land"
_BUILT = "settlements"


def converted(results: Results, row: Row) -> None:
    """All years asked for in which the change of the row is still felt."""
    if _faulty(results, row):
        return
    transition = results.need(row, "land.transition")
    if transition is None:
        return
    felt = [year for year in results.inputs.years if 0 <= year - row["year"] < transition.value]
    ratio, carbon = trees(results, row) if _has_forest(row) else (None, None)
    if _has_forest(row) and (ratio is None or carbon is None):
        return
    if row["year"] in felt and row["from_use"] != row["to_use"]:
        _biomass(results, row, ratio, carbon)
    for year in felt:
        if row["from_use"] != _FOREST == row["to_use"] and ratio is not None and carbon is not None:
            grow(results, row, ratio, carbon, year)
        _soil(results, row, transition, year)


def _has_forest(row: Row) -> bool:
    return _FOREST in (row["from_use"], row["to_use"])


def _faulty(results: Results, row: Row) -> bool:
    """Whether the row cannot be counted; says why."""
    line = [row["line"]]
    if not row["climate_zone"] or not row["soil"]:
        blank = "climate_zone" if not row["climate_zone"] else "soil"
        results.finding("methods.land-soil-missing", line, blank)
    elif _has_forest(row) and not row["forest_type"]:
        results.finding("methods.land-forest-missing", line, "forest_type")
    else:
        return False
    return True


# biomass


def _biomass(results: Results, row: Row, ratio: Parameter | None, carbon: Parameter | None) -> None:
    """Biomass cleared and biomass that has come in its place within the year."""
    for use, sign in ((row["from_use"], -1), (row["to_use"], 1)):
        if use != _FOREST:
            _open_land(results, row, use, sign)
        elif sign < 0 and ratio is not None and carbon is not None:
            _cleared_forest(results, row, ratio, carbon)


def _open_land(results: Results, row: Row, use: str, sign: int) -> None:
    stock = results.need(row, "land.biomass_carbon", f"{use}/{row['climate_zone']}", use)
    if stock is not None and stock.value:
        gained_t = sign * converted_t(row["area_ha"], stock.value, 0)
        add(results, row, gained_t, (stock,), stream=row["to_use"], activity=row["area_ha"])


def _cleared_forest(results: Results, row: Row, ratio: Parameter, carbon: Parameter) -> None:
    above = results.need(row, "land.above_ground", row["forest_zone"])
    if above is not None:
        stock_t_per_ha = above.value * (1 + ratio.value) * carbon.value
        gained_t = converted_t(row["area_ha"], 0, stock_t_per_ha)
        used = (above, roots(results, ratio), carbon)
        add(results, row, gained_t, used, stream=row["to_use"], activity=row["area_ha"])


# soil


def _soil(results: Results, row: Row, transition: Parameter, year: int) -> None:
    """The part of the change of soil carbon that falls on a year."""
    found = _soil_parameters(results, row)
    if found is None:
        return
    values = {name: each.value for name, each in found.items()}
    change_t = _soil_change(row, values, transition.value)
    used: list[Parameter | Term] = [found["reference"]]
    for parameter in {each.parameter_id: each for each in found.values()}.values():
        if parameter is not found["reference"]:
            used.append(_soil_term(results, row, found, parameter, transition.value))
    results.also(transition)
    add(results, row, change_t, used, stream=row["to_use"], activity=row["area_ha"], year=year)


def _soil_term(
    results: Results,
    row: Row,
    found: Mapping[str, Parameter],
    parameter: Parameter,
    years: float,
) -> Term:
    """A factor of the soil, moved on both sides of the change where both take it."""

    def change(value: float) -> float:
        moved = {name: value if each == parameter else each.value for name, each in found.items()}
        return _soil_change(row, moved, years)

    return term(results, parameter, change)


def _soil_parameters(results: Results, row: Row) -> dict[str, Parameter] | None:
    zone = row["climate_zone"]
    asked: dict[str, tuple[str, tuple[str, ...]]] = {
        "reference": ("land.soil_reference", (f"{row['soil']}/{zone}",))
    }
    for when in ("from", "to"):
        for name, parameter, code in (
            ("use", "land.soil_use", row[f"{when}_use"]),
            ("management", "land.soil_management", row[f"management_{when}"]),
            ("residues", "land.soil_residues", row[f"residues_{when}"]),
        ):
            asked[f"{name}_{when}"] = (parameter, (f"{code}/{zone}", code))
    found = {name: results.need(row, key, *keys) for name, (key, keys) in asked.items()}
    whole = {name: each for name, each in found.items() if each is not None}
    return whole if len(whole) == len(found) else None


def _soil_change(row: Row, values: Mapping[str, float], years: float) -> float:
    """Soil carbon gained by the row in one year of the transition [t].

    Land that is built on loses a part of what it held, not of what native soil holds (IPCC 2006,
    Volume 4, Chapter 8, Section 8.3.3.2).
    """

    def stock_t_per_ha(reference: float, when: str) -> float:
        factors = (values[f"{name}_{when}"] for name in ("use", "management", "residues"))
        return soil_t_per_ha(reference, *factors)

    before = stock_t_per_ha(values["reference"], "from")
    is_built_on = row["from_use"] != _BUILT == row["to_use"]
    after = stock_t_per_ha(before if is_built_on else values["reference"], "to")
    return stock_difference_t(row["area_ha"] * before, row["area_ha"] * after, 0, round(years))
