"""Actions of a plan as sealed data: mechanism, timing, money and what each cuts, without floats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from vatra.plans.catalogue import catalogue
from vatra.plans.distributions.numbers import write_number
from vatra.plans.engine import Action, Effect
from vatra.runs.scenario import Scenario
from vatra.units import CENTS_PER_EUR

PPM = 1_000_000
# What an effect says only where its operator reads it.
_OF_OPERATOR: Mapping[str, Sequence[str]] = {
    "shift_carrier": ("strength", "ratio"),
    "shift_activity": ("strength", "conversion"),
    "own_generation": ("amount", "strength"),
    "observed_tonnes": ("amount",),
    "observed_energy": ("amount",),
}


def sealed_actions(scenario: Scenario, cuts: Sequence[Mapping[str, int]]) -> list[dict[str, Any]]:
    """Every action in the order of its file, with its ``cuts`` in the target year [mg CO2e]."""
    return [
        _action(each) | dict(cut) for each, cut in zip(scenario.model.actions, cuts, strict=True)
    ]


def _action(action: Action) -> dict[str, Any]:
    adoption = action.adoption
    return {
        "code": action.code,
        "name": {"en": action.name_en, "ro": action.name_ro},
        "about": _about(action),
        "sector": action.sector,
        "field": action.field,
        "lever": action.lever,
        "catalogue": action.catalogue,
        "source": action.source,
        "file": action.file,
        "line": action.line,
        "start_year": adoption.start_year,
        "end_year": adoption.end_year,
        "ramp_years": write_number(adoption.ramp_years),
        "shape": adoption.shape,
        "level_ppm": round(action.level * PPM),
        "reach_ppm": round(action.reach_share * PPM),
        "delivery_ppm": round(action.delivery_probability * PPM),
        "delay_years": action.delay_years.text,
        "requires": list(action.requires),
        "claimed_mg": action.claimed_mg,
        "effects": [_effect(each) for each in action.effects],
        "co_benefits": _co_benefits(action),
        "economics": _economics(action),
        "cost_cents": cost_cents(action),
    }


def cost_cents(action: Action) -> int | None:
    """Capital of the action at its level, on average; None where no cost is stated."""
    if action.economics is None:
        return None
    return round(action.economics.capex_total_eur * action.level * CENTS_PER_EUR)


def _about(action: Action) -> dict[str, str]:
    """What the catalogue says the measure is; empty for a city's own."""
    entry = catalogue().get(action.catalogue)
    return {"en": entry.about_en, "ro": entry.about_ro} if entry else {}


def _co_benefits(action: Action) -> list[dict[str, str]]:
    entry = catalogue().get(action.catalogue)
    return [
        {
            "benefit": each.benefit,
            "unit": each.unit,
            "amount": each.amount.text if each.amount is not None else "",
        }
        for each in (entry.co_benefits if entry else ())
    ]


def _effect(effect: Effect) -> dict[str, Any]:
    """An effect as texts: distributions as they are spelled, so that they parse back."""
    told = _OF_OPERATOR.get(effect.operator, ("strength",))
    found: dict[str, Any] = {
        "operator": effect.operator,
        "use": effect.use,
        "carrier": effect.carrier,
        "to_use": effect.to_use,
        "to_carrier": effect.to_carrier,
        "combine": effect.combine if effect.group else "product",
        "group": effect.group,
        "scale": write_number(effect.scale),
    }
    found |= {name: getattr(effect, name).text for name in told}
    if effect.combine == "capped" or effect.operator == "own_generation":
        found["potential_ppm"] = round(effect.potential_share * PPM)
    if effect.curve:
        found["curve_mg"] = [round(each) for each in np.asarray(effect.curve)]
    return found


def _economics(action: Action) -> dict[str, Any] | None:
    """Unit costs as they are spelled [EUR], at full adoption and level 1."""
    money = action.economics
    if money is None:
        return None
    return {
        "units": write_number(money.units_count),
        "unit": money.unit,
        "capex_eur": money.capex_eur.text,
        "opex_eur": money.opex_eur.text,
        "revenue_eur": money.revenue_eur.text,
        "incremental_ppm": round(money.incremental_share * PPM),
        "lifetime_years": write_number(money.lifetime_years),
        "payer": money.payer,
        "staff_fte": write_number(round(money.staff_fte, 6)),
        "energy_wh": dict(sorted(money.energy_wh.items())),
    }
