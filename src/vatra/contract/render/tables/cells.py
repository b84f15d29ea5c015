"""Sums of a contract's cells, as its tables need them. Masses in mg CO2e, energy in Wh."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vatra.contract.charts.table import Column, in_sector_order
from vatra.contract.totals import energy_by_use
from vatra.tables import label
from vatra.tables.vocabulary import BIOGENIC
from vatra.words import Language, has, say

Cell = Mapping[str, Any]
NO_SCOPE = ""


def cells_of(document: Mapping[str, Any], year: int) -> list[Cell]:
    """Cells of a year that enter the totals; biogenic CO2 is a memo item and does not."""
    return [cell for cell in document["cells"] if cell["year"] == year and cell["gas"] != BIOGENIC]


def sectors_of(cells: Iterable[Cell]) -> list[str]:
    """Sectors in the order contract tables print them."""
    return in_sector_order(cell["sector"] for cell in cells)


def scopes_of(cells: Iterable[Cell]) -> list[str]:
    """The three scopes, and the empty one when a cell has none."""
    scopes = {str(cell["scope"] or NO_SCOPE) for cell in cells}
    return ["1", "2", "3"] + ([NO_SCOPE] if NO_SCOPE in scopes else [])


def scope_words(scope: str, lang: Language) -> str:
    """``Scope 1``, or the words for what was published without a scope."""
    if scope == NO_SCOPE:
        return say("contract.render.no-scope", lang)
    return say("contract.render.scope", lang, scope=scope)


def carrier_words(carrier: str, lang: Language) -> str:
    """Label of a carrier; differences to print have words of their own."""
    key = f"contract.render.carrier-{carrier}"
    return say(key, lang) if has(key) else label("carrier", carrier, lang)


def gas_words(gas: str, lang: Language) -> str:
    """Label of a gas; a bare formula has its figures set low: SF6 as SF₆."""
    if has(f"tables.gas-{gas}"):
        return label("gas", gas, lang)
    return gas.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def mass_mg(cells: Iterable[Cell], **where: str) -> int | None:
    """Sum of the cells that match, None when there is none: missing is never zero."""
    found = [cell["co2e_mg"] for cell in cells if _matches(cell, where)]
    return sum(found) if found else None


def energy_wh(cells: Iterable[Cell], **where: str) -> int | None:
    """Energy of the cells that match. Each activity counts once, however many gases it emits."""
    matching = [cell for cell in cells if cell["factor_id"] and _matches(cell, where)]
    return sum(energy_by_use(matching).values()) if matching else None


def _matches(cell: Cell, where: Mapping[str, str]) -> bool:
    return all(str(cell[key] or "") == value for key, value in where.items())


def number_column(key: str, title: str, unit: str, decimals: int | None = 0) -> Column:
    """A column of numbers."""
    return Column(key, title, unit, "number", decimals)
