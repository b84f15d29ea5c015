"""The inventory by scope, by carrier and by gas, each number with the path that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract import energy_by_use
from vatra.tables import label
from vatra.tables.vocabulary import BIOGENIC, GASES, MIXTURE
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.facts import Facts
from vatra.web.cities.tables.registry import table
from vatra.words import Language, say

ROUNDING = "print_rounding"
NO_SCOPE = "none"


@table("scopes-base")
def scopes_base(facts: Facts, lang: Language) -> Table:
    """Sectors by scope in the base year."""
    return _scopes("scopes-base", facts, lang, facts.base_year, "web.cities.scopes-base-title")


@table("scopes-target", needs_plan=True)
def scopes_target(facts: Facts, lang: Language) -> Table:
    """Sectors by scope in the target year, before measures."""
    return _scopes(
        "scopes-target", facts, lang, facts.target_year, "web.cities.scopes-target-title"
    )


def _scopes(name: str, facts: Facts, lang: Language, year: int, title: str) -> Table:
    totals = facts.document["totals"]
    by_scope = totals["by_scope"].get(str(year), {})
    scopes = [each for each in ("1", "2", "3", NO_SCOPE) if each in by_scope]
    columns = [Column("sector", say("web.cities.sector", lang))]
    columns += [
        Column(_scope_name(each), _scope_heading(each, lang), "mass", 1 if each == NO_SCOPE else 0)
        for each in scopes
    ]
    columns.append(Column("total_t_co2e", say("web.cities.total", lang), "mass"))
    rows = []
    for sector in facts.sectors:
        found = totals["by_sector_scope"].get(str(year), {}).get(sector, {})
        cells = [Cell(found.get(each), _path(sector, each, year, found)) for each in scopes]
        total = totals["by_sector"].get(str(year), {}).get(sector)
        cells.append(Cell(total, f"{sector}.{year}" if total is not None else ""))
        rows.append(Row((Cell(label("sector", sector, lang)), *cells)))
    sums = [Cell(by_scope[each], _path("", each, year, by_scope)) for each in scopes]
    whole = Cell(totals["all"].get(str(year)), str(year))
    rows.append(Row((Cell(say("web.cities.total", lang)), *sums, whole), "total"))
    note = say("web.cities.scopes-note", lang, gas=facts.unit)
    return Table(name, say(title, lang, year=str(year)), tuple(columns), tuple(rows), note)


def _scope_name(scope: str) -> str:
    return "rounding_in_print_t_co2e" if scope == NO_SCOPE else f"scope_{scope}_t_co2e"


def _scope_heading(scope: str, lang: Language) -> str:
    if scope == NO_SCOPE:
        return say("methods.print_rounding", lang)
    return say("web.cities.scope", lang, scope=scope)


def _path(sector: str, scope: str, year: int, found: Mapping[str, Any]) -> str:
    if scope == NO_SCOPE or scope not in found:
        return ""
    return ".".join(part for part in (sector, f"scope{scope}", str(year)) if part)


@table("carriers")
def carriers(facts: Facts, lang: Language) -> Table:
    """Energy and emissions by carrier and year."""
    years = facts.years
    energy, emissions = _by_carrier(facts)
    columns = [Column("carrier", say("web.cities.carrier", lang))]
    for year in years:
        said = {"year": str(year), "gas": facts.unit}
        columns += [
            Column(f"energy_{year}_mwh", say("web.cities.energy-of", lang, **said), "energy"),
            Column(
                f"emissions_{year}_t_co2e", say("web.cities.emissions-of", lang, **said), "mass"
            ),
        ]
    names = sorted(
        {carrier for _, carrier in emissions},
        key=lambda each: (each == ROUNDING, -emissions.get((facts.base_year, each), 0), each),
    )
    rows = []
    for name in names:
        cells = [Cell(_carrier_words(name, lang))]
        for year in years:
            found = emissions.get((year, name))
            path = f"{name}.{year}" if found is not None else ""
            cells += [Cell(energy.get((year, name))), Cell(found, path)]
        rows.append(Row(tuple(cells)))
    total = [Cell(say("web.cities.total", lang))]
    for year in years:
        total.append(Cell(sum(value for key, value in energy.items() if key[0] == year)))
        total.append(Cell(facts.document["totals"]["all"][str(year)], str(year)))
    rows.append(Row(tuple(total), "total"))
    return Table("carriers", say("web.cities.carriers-title", lang), tuple(columns), tuple(rows))


def _by_carrier(facts: Facts) -> tuple[dict[tuple[int, str], int], dict[tuple[int, str], int]]:
    """Energy [Wh] and emissions [mg] by year and carrier; energy counted once for all gases."""
    energy: dict[tuple[int, str], int] = {}
    emissions: dict[tuple[int, str], int] = {}
    for (year, _, carrier, *_), energy_wh in energy_by_use(facts.document["cells"]).items():
        energy[year, carrier] = energy.get((year, carrier), 0) + energy_wh
    for cell in facts.document["cells"]:
        key = (cell["year"], cell["carrier"])
        if cell["gas"] != BIOGENIC:
            emissions[key] = emissions.get(key, 0) + cell["co2e_mg"]
    return energy, emissions


def _carrier_words(carrier: str, lang: Language) -> str:
    if carrier == ROUNDING:
        return say("methods.print_rounding", lang)
    words = label("carrier", carrier, lang)
    return words[:1].upper() + words[1:]


@table("gases")
def gases(facts: Facts, lang: Language) -> Table:
    """The seven gases by year; those not counted stand empty, biogenic CO2 apart."""
    by_gas = facts.document["totals"]["by_gas"]
    years = facts.years
    blank = say("web.cities.not-counted", lang)
    columns = [Column("gas", say("web.cities.gas", lang))]
    columns += [
        Column(
            f"emissions_{year}_t_co2e",
            say("web.cities.emissions-of", lang, year=str(year), gas="CO₂e"),
            "mass",
            blank=blank,
        )
        for year in years
    ]
    rounding = _rounding(facts)
    rows = []
    for gas in (*GASES, *((MIXTURE,) if _has_mixture(facts) else ())):
        values = [by_gas.get(str(year), {}).get(gas) for year in years]
        if gas == MIXTURE:
            values = [
                (value or 0) - rounding.get(year, 0)
                for value, year in zip(values, years, strict=True)
            ]
        if gas in facts.city["gases"]:
            values = [0 if value is None else value for value in values]
        cells = [
            Cell(value, f"{gas.lower()}.{year}" if by_gas.get(str(year), {}).get(gas) else "")
            for year, value in zip(years, values, strict=True)
        ]
        rows.append(Row((Cell(label("gas", gas, lang)), *cells)))
    if rounding:
        cells = [Cell(rounding.get(year)) for year in years]
        rows.append(Row((Cell(say("methods.print_rounding", lang)), *cells)))
    biogenic = facts.document["totals"]["biogenic"]
    if biogenic:
        cells = [
            Cell(
                biogenic.get(str(year)),
                f"{BIOGENIC.lower()}.{year}" if str(year) in biogenic else "",
            )
            for year in years
        ]
        rows.append(Row((Cell(label("gas", BIOGENIC, lang)), *cells), "memo"))
    return Table("gases", say("web.cities.gases-title", lang), tuple(columns), tuple(rows))


def _rounding(facts: Facts) -> dict[int, int]:
    """Rounding in print by year [mg]."""
    found: dict[int, int] = {}
    for cell in facts.document["cells"]:
        if cell["carrier"] == ROUNDING:
            found[cell["year"]] = found.get(cell["year"], 0) + cell["co2e_mg"]
    return found


def _has_mixture(facts: Facts) -> bool:
    """Whether any factor is published as CO2e, its gases not split."""
    cells = facts.document["cells"]
    return any(each["gas"] == MIXTURE and each["carrier"] != ROUNDING for each in cells)
