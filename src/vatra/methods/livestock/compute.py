"""Rows of livestock -> CH4 and N2O."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.livestock.formulas import direct_t, excreted_t, indirect_t, methane_t
from vatra.tables.livestock import SYSTEMS

TABLE = "livestock"
LIVESTOCK = "V.1.1"
SOILS = "V.3.1"
PASTURE = "pasture"
PASTURE_STREAM = "pasture_manure"
_POULTRY = ("layers", "broilers", "turkeys", "ducks")
_STREAM = {
    "dairy_cattle": "cattle",
    "other_cattle": "cattle",
    "mules_asses": "horses",
    "swine_market": "swine",
    "swine_breeding": "swine",
    **dict.fromkeys(_POULTRY, "poultry"),
}
# Animals whose dung and urine on pasture give more N2O (IPCC 2006, Volume 4, Table 11.1).
_RICH = ("dairy_cattle", "other_cattle", "buffalo", "swine_market", "swine_breeding", *_POULTRY)
Row = Mapping[str, Any]
Shares = Mapping[str, tuple[float, tuple[Parameter, ...]]]


def emissions(inputs: Inputs) -> Emissions:
    """Digestion, manure kept and manure dropped on pasture, row by row."""
    results = Results(inputs, TABLE)
    for row in inputs.rows(TABLE):
        shares = _shares(results, row)
        if shares is None:
            continue
        _methane(results, row)
        _nitrogen(results, row, shares)
    return results.finish()


def _shares(results: Results, row: Row) -> Shares | None:
    """How manure is kept: as the row says, or as usual for the animal; None after a finding."""
    given = {system: row[f"{system}_share"] for system in SYSTEMS}
    stated = {system: (share, ()) for system, share in given.items() if share}
    if all(share is None for share in given.values()):
        return _usual(results, row)
    total = sum(share for share, _ in stated.values())
    if abs(total - 1) > 1e-3:
        results.finding(
            "methods.livestock-shares", [row["line"]], "solid_share", animal=_animal(row),
            total=total,
        )  # fmt: skip
        return None
    return stated


def _usual(results: Results, row: Row) -> Shares | None:
    book, animal, year = results.inputs.parameters, row["animal"], row["year"]
    found = {
        system: book.find("livestock.system", f"{animal}/{system}", year=year) for system in SYSTEMS
    }
    usual = {name: (each.value, (each,)) for name, each in found.items() if each is not None}
    if not usual:
        results.finding(
            "methods.livestock-systems", [row["line"]], "solid_share", animal=_animal(row)
        )
        return None
    return usual


def _animal(row: Row) -> str:
    return f"@tables.animal-{row['animal']}"


def _methane(results: Results, row: Row) -> None:
    animal = row["animal"]
    factors = [_manure_factor(results, row)]
    # No enteric factor is published for poultry.
    if animal not in _POULTRY:
        factors.insert(0, results.need(row, "livestock.enteric", animal))
    for factor in factors:
        if factor is not None:
            emission_t = methane_t(row["heads_count"], factor.value)
            _add(results, row, LIVESTOCK, _stream(animal), "CH4", emission_t, (factor,))


def _manure_factor(results: Results, row: Row) -> Parameter | None:
    """By degree where the table has degrees, else by zone: cool, temperate or warm."""
    first = results.need(row, "livestock.temperature", "table_from")
    last = results.need(row, "livestock.temperature", "table_to")
    cool = results.need(row, "livestock.temperature", "cool_below")
    warm = results.need(row, "livestock.temperature", "warm_above")
    if first is None or last is None or cool is None or warm is None:
        return None
    degrees = row["temperature_degrees_c"]
    in_table = round(min(max(degrees, first.value), last.value))
    zone = "cool" if degrees < cool.value else "warm" if degrees > warm.value else "temperate"
    animal = row["animal"]
    return results.need(row, "livestock.manure_ch4", f"{animal}/{in_table}", f"{animal}/{zone}")


def _nitrogen(results: Results, row: Row, shares: Shares) -> None:
    rate = results.need(row, "livestock.nitrogen_rate", row["animal"])
    mass = results.need(row, "livestock.mass", row["animal"])
    if rate is None or mass is None:
        return
    nitrogen_t = excreted_t(row["heads_count"], rate.value, mass.value)
    for system, (share, used) in shares.items():
        count = _pasture if system == PASTURE else _kept
        count(results, row, system, nitrogen_t, share, (rate, mass, *used))


def _kept(
    results: Results,
    row: Row,
    system: str,
    nitrogen_t: float,
    share: float,
    used: tuple[Parameter, ...],
) -> None:
    animal, stream = row["animal"], _stream(row["animal"])
    direct = results.need(row, "livestock.manure_n2o", system)
    if direct is not None:
        emission_t = direct_t(nitrogen_t, share, direct.value)
        _add(results, row, LIVESTOCK, stream, "N2O", emission_t, (*used, direct))
    keys = (f"{animal}/{system}", f"{stream}/{system}", system)
    moved = results.need(row, "livestock.volatilised", *keys)
    becomes = results.need(row, "soils.n2o_volatilised")
    if moved is not None and becomes is not None:
        emission_t = indirect_t(nitrogen_t, share, moved.value, becomes.value)
        _add(results, row, LIVESTOCK, stream, "N2O", emission_t, (*used, moved, becomes))


def _pasture(
    results: Results,
    row: Row,
    system: str,
    nitrogen_t: float,
    share: float,
    used: tuple[Parameter, ...],
) -> None:
    kind = "cattle_poultry_swine" if row["animal"] in _RICH else "sheep_other"
    direct = results.need(row, "soils.n2o_pasture", kind)
    if direct is not None:
        emission_t = direct_t(nitrogen_t, share, direct.value)
        _add(results, row, SOILS, PASTURE_STREAM, "N2O", emission_t, (*used, direct))
    ways = (
        ("soils.volatilised", "organic", "soils.n2o_volatilised"),
        ("soils.leached", results.inputs.climate, "soils.n2o_leached"),
    )
    for fraction, key, factor in ways:
        moved = results.need(row, fraction, key, "")
        becomes = results.need(row, factor)
        if moved is not None and becomes is not None:
            emission_t = indirect_t(nitrogen_t, share, moved.value, becomes.value)
            _add(results, row, SOILS, PASTURE_STREAM, "N2O", emission_t, (*used, moved, becomes))


def _stream(animal: str) -> str:
    return _STREAM.get(animal, animal)


def _add(
    results: Results,
    row: Row,
    category: str,
    stream: str,
    gas: str,
    emission_t: float,
    used: tuple[Parameter, ...],
) -> None:
    results.add(
        row,
        category=category,
        stream=stream,
        gas=gas,
        emission_t=emission_t,
        activity=row["heads_count"],
        activity_unit="heads",
        used=used,
    )
