"""Table B-2.2, the action outlines: what each measure is, costs, claims and removes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from vatra.contract.charts.table import (
    RenderedTable,
    Value,
    euro_value,
    gas_unit,
    mwh_value,
    text_column,
    tonnes_value,
)
from vatra.contract.render.tables.cells import carrier_words, number_column
from vatra.tables import label
from vatra.words import Language, say

PLACE = 50
_PRINTED_COLUMN = 8
# Print rounds, and rounding is no contradiction: more than a hundredth apart is worth a mark.
_APART_SHARE = Decimal("0.01")


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """The outlines, and the energy that each measure removes by carrier."""
    measures = in_code_order(document["measures"])
    if not measures:
        return []
    return [_outlines(document, measures, lang), _energy(document, measures, lang)]


def in_code_order(measures: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Measures by code, numbers as numbers: 2.10 stands after 2.9."""

    def key(measure: Mapping[str, Any]) -> list[tuple[int, str]]:
        parts = str(measure["code"]).split(".")
        return [(int(p), "") if p.isascii() and p.isdigit() else (1 << 30, p) for p in parts]

    return sorted(measures, key=key)


def printed_apart(measure: Mapping[str, Any]) -> bool:
    """Whether the printed cost per tonne is another than cost / tonnes, beyond rounding."""
    printed, cents = measure["printed_eur_per_t"], measure["cents_per_t"]
    if printed is None or cents is None:
        return False
    given, found = Decimal(printed), Decimal(cents) / 100
    exponent = given.as_tuple().exponent
    quantum = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if found.quantize(quantum, ROUND_HALF_EVEN) == given:
        return False
    return abs(given - found) > abs(found) * _APART_SHARE


def _outlines(
    document: Mapping[str, Any], measures: list[Mapping[str, Any]], lang: Language
) -> RenderedTable:
    unit = gas_unit(document)
    rows: list[tuple[Value, ...]] = [
        (
            each["code"],
            each["name"][lang],
            label("sector", each["sector"], lang),
            label("field", each["field"], lang),
            label("lever", each["lever"], lang),
            euro_value(each["cost_cents"]),
            tonnes_value(each["claimed_mg"]),
            euro_value(each["cents_per_t"]),
            _decimal(each["printed_eur_per_t"]),
        )
        for each in measures
    ]
    marks = {(i, _PRINTED_COLUMN) for i, each in enumerate(measures) if printed_apart(each)}
    costs = [each["cost_cents"] for each in measures if each["cost_cents"] is not None]
    claims = [each["claimed_mg"] for each in measures if each["claimed_mg"] is not None]
    rows.append(
        (
            say("contract.render.total", lang),
            "",
            "",
            "",
            "",
            euro_value(sum(costs)) if costs else None,
            tonnes_value(sum(claims)) if claims else None,
            None,
            None,
        )
    )
    return RenderedTable(
        "b-2.2",
        say("contract.render.b-2.2", lang),
        (
            text_column("code", "contract.render.code", lang),
            text_column("name", "contract.render.measure", lang),
            text_column("sector", "contract.render.sector", lang),
            text_column("field", "contract.render.field", lang),
            text_column("lever", "contract.render.lever", lang),
            number_column("cost", say("contract.render.cost", lang), "EUR"),
            number_column("claimed", say("contract.render.claimed", lang), unit),
            number_column("cost_per_t", say("contract.render.cost-per-t", lang), "EUR/t"),
            number_column("printed", say("contract.render.printed", lang), "EUR/t"),
        ),
        tuple(rows),
        note=say(
            "contract.render.b-2.2-note",
            lang,
            count=len(measures),
            missing=len(measures) - len(claims),
            apart=len(marks),
        ),
        totals=frozenset({len(rows) - 1}),
        marks=frozenset(marks),
    )


def _energy(
    document: Mapping[str, Any], measures: list[Mapping[str, Any]], lang: Language
) -> RenderedTable:
    carriers = sorted({carrier for each in measures for carrier in each["energy_wh"]})
    rows: list[tuple[Value, ...]] = [
        (
            each["code"],
            each["name"][lang],
            *(mwh_value(each["energy_wh"].get(carrier)) for carrier in carriers),
            tonnes_value(each["implied_mg"]),
            tonnes_value(each["claimed_mg"]),
        )
        for each in measures
    ]
    unit = gas_unit(document)
    return RenderedTable(
        "b-2.2-energy",
        say("contract.render.b-2.2-energy", lang),
        (
            text_column("code", "contract.render.code", lang),
            text_column("name", "contract.render.measure", lang),
            *(number_column(c, _heading(c, lang), "MWh") for c in carriers),
            number_column("implied", say("contract.render.implied", lang), unit),
            number_column("claimed", say("contract.render.claimed", lang), unit),
        ),
        tuple(rows) if carriers else (),
        note=say("contract.render.b-2.2-energy-note", lang),
    )


def _heading(carrier: str, lang: Language) -> str:
    words = carrier_words(carrier, lang)
    return words[:1].upper() + words[1:]


def _decimal(text: str | None) -> int | float | None:
    if text is None:
        return None
    value = float(text)
    return int(value) if value == int(value) else value
