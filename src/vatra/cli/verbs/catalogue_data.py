"""Measures of the catalogue as plain data, for JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vatra.plans.catalogue import EffectRow, Entry, curves
from vatra.words import Language


def measure_row(entry: Entry, lang: Language) -> dict[str, Any]:
    """A measure as a row: distributions as they are spelled."""
    return {
        "id": entry.id,
        "name": entry.name(lang),
        "sector": entry.sector,
        "field": entry.field,
        "lever": entry.lever,
        "unit": entry.unit,
        "stock": entry.stock,
        "capex_eur": entry.capex_eur.text,
        "opex_eur": entry.opex_eur.text,
        "lifetime_years": entry.lifetime_years,
        "payer": entry.payer,
        "operators": list(dict.fromkeys(each.operator for each in entry.effects)),
        "source": entry.source,
        "doubt": entry.doubt,
    }


def measure_data(entry: Entry, lang: Language) -> dict[str, Any]:
    """A measure with its effects, co-benefits and relations."""
    return measure_row(entry, lang) | {
        "about": entry.about(lang),
        "revenue_eur": entry.revenue_eur.text,
        "incremental_share": entry.incremental_share,
        "ramp_years": entry.ramp_years,
        "shape": entry.shape,
        "delivery_probability": entry.delivery_probability,
        "delay_years": entry.delay_years.text,
        "effects": [effect_data(each) for each in entry.effects],
        "co_benefits": [
            {
                "benefit": each.benefit,
                "amount": each.amount.text if each.amount else None,
                "unit": each.unit,
                "source": each.source,
            }
            for each in entry.co_benefits
        ],
        "relations": [
            {"kind": each.kind, "id": each.id, "other": each.other, "why": each.why(lang)}
            for each in entry.relations
        ],
    }


def effect_data(effect: EffectRow) -> dict[str, Any]:
    """An effect as a row."""
    names = ("strength", "ratio", "conversion", "amount")
    return {
        "effect": effect.effect,
        "operator": effect.operator,
        "use": effect.use,
        "carrier": effect.carrier,
        "to_use": effect.to_use,
        "to_carrier": effect.to_carrier,
        **{name: getattr(effect, name).text for name in names},
        "curve": effect.curve,
        "group": effect.group,
        "combine": effect.combine,
        "potential_share": effect.potential_share,
        "source": effect.source,
    }


def curve_data(names: Iterable[str]) -> dict[str, list[float]]:
    """Growth curves by name: t CO2 per ha and year, by age."""
    return {name: list(curves()[name]) for name in names}
