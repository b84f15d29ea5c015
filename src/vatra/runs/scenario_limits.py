"""Figures of actions that no city has: costs below zero, and more than whole cents can count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vatra.plans.distributions import Distribution
from vatra.plans.engine import Action, Effect
from vatra.runs.scenario_actions import EFFECTS
from vatra.tables import Finding

# Sums over actions, payers and years of what stays below these still fit in 64-bit integers.
MOST_EUR = 1e12
MOST_MG_OR_WH = 1e17
_STATED = ("own_generation", "observed_tonnes", "observed_energy")


def uncountable(actions: Iterable[Action]) -> list[Finding]:
    """Capital below zero, amounts below zero, and what is too much to be counted exactly."""
    return [finding for each in actions for finding in (*_of_money(each), *_of_effects(each))]


def _of_money(action: Action) -> Iterator[Finding]:
    it = action.economics
    if it is None:
        return
    columns = {"unit_capex": it.capex_eur, "unit_opex": it.opex_eur, "unit_revenue": it.revenue_eur}
    for column, stated in columns.items():
        if column == "unit_capex" and stated.low < 0:
            yield _fault("capital-negative", action, column, value=stated.text)
        elif it.units_count * _largest(stated) > MOST_EUR:
            yield _fault("money-too-large", action, column, value=stated.text,
                         units=it.units_count, most=MOST_EUR)  # fmt: skip


def _of_effects(action: Action) -> Iterator[Finding]:
    for effect in action.effects:
        units = 1.0 if action.economics is None else action.economics.units_count
        if effect.operator in _STATED and effect.amount.low < 0:
            yield _fault("amount-negative", action, "amount_per_unit", effect,
                         value=effect.amount.text)  # fmt: skip
        elif effect.operator in _STATED and effect.scale * _largest(effect.amount) > MOST_MG_OR_WH:
            yield _fault("amount-too-large", action, "amount_per_unit", effect,
                         value=effect.amount.text, units=units)  # fmt: skip
        elif max(effect.curve, default=0.0) * effect.strength.high > MOST_MG_OR_WH:
            yield _fault("amount-too-large", action, "curve", effect,
                         value=effect.strength.text, units=units)  # fmt: skip


def _largest(stated: Distribution) -> float:
    return max(abs(stated.low), abs(stated.high))


def _fault(
    code: str, action: Action, column: str, effect: Effect | None = None, **params: object
) -> Finding:
    file, line = (EFFECTS, effect.line) if effect and effect.line else (action.file, action.line)
    return Finding(f"runs.{code}", "error", file, (line,), column, {"code": action.code, **params})
