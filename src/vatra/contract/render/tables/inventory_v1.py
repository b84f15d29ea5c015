"""Module A-1 as the first generation of Climate City Contracts (2022-23) prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vatra.contract.charts.table import (
    Column,
    RenderedTable,
    Value,
    gas_unit,
    mwh_value,
    percent_value,
    text_column,
    tonnes_value,
)
from vatra.contract.render.tables.cells import (
    Cell,
    carrier_words,
    cells_of,
    energy_wh,
    mass_mg,
    number_column,
    scope_words,
    scopes_of,
    sectors_of,
)
from vatra.contract.render.tables.factors import factor_rows
from vatra.tables import label
from vatra.words import Language, number, say

PLACE = 30
GENERATION = "V1"


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """A-1.1 final energy, A-1.2 factors, A-1.3 activity, A-1.4 emissions of the base year."""
    year = document["city"]["base_year"]
    cells = cells_of(document, year)
    return [
        _final_energy(cells, year, lang),
        _factors(document, lang),
        _activity(cells, year, lang),
        _emissions(document, cells, year, lang),
    ]


def title(key: str, lang: Language, generation: str, **params: Any) -> str:
    """A title that names label and generation, so that the same label is never confused."""
    shown = say(f"contract.render.generation-{generation}", lang)
    return say(f"contract.render.{key}", lang, generation=shown, **params)


def scope_columns(
    scopes: list[str], unit: str, lang: Language, total: bool = True
) -> tuple[Column, ...]:
    """A number column for each scope and, if wanted, their total."""
    columns = [
        number_column(f"scope_{scope or 'none'}", scope_words(scope, lang), unit)
        for scope in scopes
    ]
    if total:
        columns.append(number_column("total", say("contract.render.total", lang), unit))
    return tuple(columns)


def by_scope(
    cells: list[Cell],
    scopes: list[str],
    summed: Callable[..., int | None],
    value: Callable[[int | None], Value],
    **where: str,
) -> tuple[Value, ...]:
    """One value per scope, then the total over all."""
    parts = tuple(value(summed(cells, scope=scope, **where)) for scope in scopes)
    return (*parts, value(summed(cells, **where)))


def _final_energy(cells: list[Cell], year: int, lang: Language) -> RenderedTable:
    burnt = [cell for cell in cells if cell["factor_id"]]
    scopes = scopes_of(burnt)
    rows: list[tuple[Value, ...]] = []
    totals = []
    for sector in sectors_of(burnt):
        totals.append(len(rows))
        values = by_scope(burnt, scopes, energy_wh, mwh_value, sector=sector)
        rows.append((label("sector", sector, lang), "", *values))
        carriers = sorted({cell["carrier"] for cell in burnt if cell["sector"] == sector})
        for carrier in carriers:
            values = by_scope(burnt, scopes, energy_wh, mwh_value, sector=sector, carrier=carrier)
            name = label("sector", sector, lang)
            rows.append((name, carrier_words(carrier, lang), *values))
    totals.append(len(rows))
    rows.append((_total(lang), "", *by_scope(burnt, scopes, energy_wh, mwh_value)))
    return RenderedTable(
        "v1-a-1.1",
        title("v1-a-1.1", lang, GENERATION, year=str(year)),
        (
            text_column("sector", "contract.render.sector", lang),
            text_column("carrier", "contract.render.carrier", lang),
            *scope_columns(scopes, "MWh", lang),
        ),
        tuple(rows) if burnt else (),
        note=say("contract.render.blank-note", lang),
        generation=GENERATION,
        totals=frozenset(totals),
    )


def _factors(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    columns, rows = factor_rows(document, lang)
    return RenderedTable(
        "v1-a-1.2",
        title("v1-a-1.2", lang, GENERATION),
        columns,
        rows,
        note=say("contract.render.v1-a-1.2-note", lang),
        generation=GENERATION,
    )


def _activity(cells: list[Cell], year: int, lang: Language) -> RenderedTable:
    burnt = [cell for cell in cells if cell["factor_id"]]
    scopes = scopes_of(burnt)
    rows: list[tuple[Value, ...]] = [
        (
            label("sector", sector, lang),
            *by_scope(burnt, scopes, energy_wh, mwh_value, sector=sector),
        )
        for sector in sectors_of(burnt)
    ]
    rows.append((_total(lang), *by_scope(burnt, scopes, energy_wh, mwh_value)))
    return RenderedTable(
        "v1-a-1.3",
        title("v1-a-1.3", lang, GENERATION, year=str(year)),
        (
            text_column("sector", "contract.render.sector", lang),
            *scope_columns(scopes, "MWh", lang),
        ),
        tuple(rows) if burnt else (),
        generation=GENERATION,
        totals=frozenset({len(rows) - 1}),
    )


def _emissions(
    document: Mapping[str, Any], cells: list[Cell], year: int, lang: Language
) -> RenderedTable:
    scopes = scopes_of(cells)
    whole = mass_mg(cells) or 0
    rows: list[tuple[Value, ...]] = [
        (
            label("sector", sector, lang),
            *by_scope(cells, scopes, mass_mg, tonnes_value, sector=sector),
            percent_value(mass_mg(cells, sector=sector) or 0, whole),
        )
        for sector in sectors_of(cells)
    ]
    rows.append(
        (
            _total(lang),
            *by_scope(cells, scopes, mass_mg, tonnes_value),
            percent_value(whole, whole),
        )
    )
    return RenderedTable(
        "v1-a-1.4",
        title("v1-a-1.4", lang, GENERATION, year=str(year)),
        (
            text_column("sector", "contract.render.sector", lang),
            *scope_columns(scopes, gas_unit(document), lang),
            number_column("share", say("contract.render.share", lang), "%", 2),
        ),
        tuple(rows),
        note=biogenic_note(document, year, lang),
        generation=GENERATION,
        totals=frozenset({len(rows) - 1}),
    )


def biogenic_note(document: Mapping[str, Any], year: int, lang: Language) -> str:
    """What biogenic CO2 there is, reported apart."""
    mass = document["totals"].get("biogenic", {}).get(str(year))
    if mass is None:
        return ""
    shown = number(tonnes_value(mass) or 0, lang, 0) + "\u00a0t"
    return say("contract.render.biogenic-note", lang, mass=shown)


def _total(lang: Language) -> str:
    return say("contract.render.total", lang)
