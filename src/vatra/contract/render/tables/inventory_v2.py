"""Module A-1 as the second generation of Climate City Contracts (2024 on) prints it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.table import (
    RenderedTable,
    Value,
    gas_unit,
    mwh_value,
    text_column,
    tonnes_value,
)
from vatra.contract.render.tables.cells import (
    Cell,
    carrier_words,
    cells_of,
    energy_wh,
    gas_words,
    mass_mg,
    number_column,
    scope_words,
    scopes_of,
    sectors_of,
)
from vatra.contract.render.tables.inventory_v1 import (
    biogenic_note,
    by_scope,
    scope_columns,
    title,
)
from vatra.tables import label
from vatra.tables.vocabulary import BIOGENIC, MIXTURE
from vatra.words import Language, say

PLACE = 40
GENERATION = "V2"
LAND = "land"
ROUNDING = "print_rounding"


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """A-1.1 what is included, A-1.2 warming potentials, A-1.3 emissions, A-1.4 activity."""
    year = document["city"]["base_year"]
    cells = cells_of(document, year)
    return [
        _included(cells, year, lang),
        _potentials(document, lang),
        _emissions(document, cells, year, lang),
        activity(document, year, "v2-a-1.4", lang, GENERATION),
    ]


def _included(cells: list[Cell], year: int, lang: Language) -> RenderedTable:
    sourced = [cell for cell in cells if cell["carrier"] != ROUNDING]
    scopes = scopes_of(sourced)
    rows = tuple(
        (
            label("sector", sector, lang),
            *(_sources(sourced, sector, scope, lang) for scope in scopes),
        )
        for sector in sectors_of(sourced)
    )
    columns = [text_column("sector", "contract.render.sector", lang)]
    for column in scope_columns(scopes, "", lang, total=False):
        blank = say("contract.render.not-included", lang)
        columns.append(type(column)(column.key, column.title, blank=blank))
    return RenderedTable(
        "v2-a-1.1",
        title("v2-a-1.1", lang, GENERATION, year=str(year)),
        tuple(columns),
        rows,
        generation=GENERATION,
    )


def _sources(cells: list[Cell], sector: str, scope: str, lang: Language) -> str | None:
    carriers = sorted(
        {c["carrier"] for c in cells if c["sector"] == sector and str(c["scope"] or "") == scope}
    )
    return ", ".join(carrier_words(carrier, lang) for carrier in carriers) or None


def _potentials(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    city = document["city"]
    gases = [gas for gas in document["gwp"] if gas not in (MIXTURE, BIOGENIC)]
    counted = set(city.get("gases") or ())
    yes, no = say("contract.render.yes", lang), say("contract.render.no", lang)
    rows = tuple(
        (
            gas_words(gas, lang),
            float(document["gwp"][gas]),
            city["gwp_set"],
            yes if gas in counted else no,
        )
        for gas in sorted(gases, key=lambda gas: (gas not in counted, gas))
    )
    species = document.get("gwp_species") or {}
    rows += tuple(
        (gas_words(name, lang), float(species[name]), city["gwp_set"], yes)
        for name in sorted(species)
    )
    return RenderedTable(
        "v2-a-1.2",
        title("v2-a-1.2", lang, GENERATION),
        (
            text_column("gas", "contract.render.gas", lang),
            number_column("gwp", say("contract.render.gwp", lang), "kg CO₂e/kg", None),
            text_column("set", "contract.render.gwp-set", lang),
            text_column("counted", "contract.render.counted", lang),
        ),
        rows,
        generation=GENERATION,
    )


def _emissions(
    document: Mapping[str, Any], cells: list[Cell], year: int, lang: Language
) -> RenderedTable:
    scopes = scopes_of(cells)
    rows: list[tuple[Value, ...]] = []
    for sector in sectors_of(cells):
        own = [cell for cell in cells if cell["sector"] == sector]
        if sector != LAND:
            values = by_scope(own, scopes, mass_mg, tonnes_value)
            rows.append((label("sector", sector, lang), *values))
            continue
        removed = [cell for cell in own if cell["carrier"] != ROUNDING]
        sinks = [cell for cell in removed if cell["co2e_mg"] < 0]
        sources = [cell for cell in own if cell not in sinks]
        for key, part in (("land-sources", sources), ("land-sinks", sinks)):
            values = by_scope(part, scopes, mass_mg, tonnes_value)
            rows.append((say(f"contract.render.{key}", lang), *values))
    rows.append(
        (
            say("contract.render.total", lang),
            *by_scope(cells, scopes, mass_mg, tonnes_value),
        )
    )
    return RenderedTable(
        "v2-a-1.3",
        title("v2-a-1.3", lang, GENERATION, year=str(year)),
        (
            text_column("sector", "contract.render.sector", lang),
            *scope_columns(scopes, gas_unit(document), lang),
        ),
        tuple(rows),
        note=biogenic_note(document, year, lang),
        generation=GENERATION,
        totals=frozenset({len(rows) - 1}),
    )


def activity(
    document: Mapping[str, Any], year: int, id: str, lang: Language, generation: str = ""
) -> RenderedTable:
    """Energy and emissions of a year by sector, scope and carrier."""
    cells = cells_of(document, year)
    counted = [cell for cell in cells if cell["carrier"] != ROUNDING]
    rows: list[tuple[Value, ...]] = [
        (
            label("sector", sector, lang),
            scope_words(scope, lang),
            carrier_words(carrier, lang),
            mwh_value(energy_wh(counted, sector=sector, scope=scope, carrier=carrier)),
            tonnes_value(mass_mg(counted, sector=sector, scope=scope, carrier=carrier)),
        )
        for sector, scope, carrier in _activities(counted)
    ]
    rounding = mass_mg(cells, carrier=ROUNDING)
    if rounding is not None:
        named = say("contract.render.all-sectors", lang)
        rows.append((named, "", carrier_words(ROUNDING, lang), None, tonnes_value(rounding)))
    rows.append(
        (
            say("contract.render.total", lang),
            "",
            "",
            mwh_value(energy_wh(cells)),
            tonnes_value(mass_mg(cells)),
        )
    )
    heading = (
        title(id, lang, generation, year=str(year))
        if generation
        else say(f"contract.render.{id}", lang, year=str(year))
    )
    return RenderedTable(
        id,
        heading,
        (
            text_column("sector", "contract.render.sector", lang),
            text_column("scope", "contract.render.scope-heading", lang),
            text_column("carrier", "contract.render.carrier", lang),
            number_column("energy", say("contract.render.energy", lang), "MWh"),
            number_column("emission", say("contract.render.emissions", lang), gas_unit(document)),
        ),
        tuple(rows) if cells else (),
        note=say("contract.render.rounding-note", lang) if rounding is not None else "",
        generation=generation,
        totals=frozenset({len(rows) - 1}),
    )


def _activities(cells: list[Cell]) -> list[tuple[str, str, str]]:
    """Sector, scope and carrier of each activity, in the order of the tables."""
    sectors = sectors_of(cells)
    found = {(cell["sector"], str(cell["scope"] or ""), cell["carrier"]) for cell in cells}
    return sorted(found, key=lambda key: (sectors.index(key[0]), key[1] or "9", key[2]))
