"""What is left, what takes it up and what the budget allows, as sealed data."""

from __future__ import annotations

from typing import Any

from vatra.contract import balance_sums
from vatra.plans.budget import BudgetUse, Exhaustion
from vatra.runs.netzero import Balance
from vatra.units import kilograms
from vatra.words import LANGUAGES


def sealed_balance(found: Balance) -> dict[str, Any]:
    """Sections ``residual``, ``sinks``, ``carbon_budget`` and ``net_zero``; masses in mg."""
    return {
        "residual": _residual(found),
        "sinks": _sinks(found),
        "carbon_budget": _budgets(found),
        "net_zero": _net_zero(found),
    }


def _residual(found: Balance) -> dict[str, Any]:
    ledger = found.residual
    lines = [
        {
            "sector": each.cell.sector,
            "use": each.cell.use,
            "carrier": each.cell.carrier,
            "stream": each.cell.stream,
            "scope": each.cell.scope,
            "cause": each.cause,
            "emission_mg": kilograms(each.emission_mg),
            "why": {lang: each.declared.why(lang) for lang in LANGUAGES} if each.declared else {},
            "source": each.declared.source if each.declared else "",
        }
        for each in ledger.lines
        if kilograms(each.emission_mg)
    ]
    section: dict[str, Any] = {
        "year": ledger.year,
        "base_mg": ledger.base_mg,
        "limit_ppm": ledger.limit_ppm,
        "limit_mg": ledger.limit_mg,
        "rule_held": ledger.rule_held,
        "removed_mg": kilograms(ledger.removed_mg),
        "lines": lines,
    }
    return section | balance_sums(section)


def _sinks(found: Balance) -> dict[str, Any]:
    ledger, years = found.sinks, found.scenario.years
    target = found.scenario.aim.target_year
    counted = {(line.sink, line.year): line.counted_mg for line in ledger.lines}
    plantings = {id(line.sink): line.sink for line in ledger.lines}
    return {
        "counted_mg": {str(year): kilograms(found.sinks_mg(year)) for year in years},
        "buffer_mg": {str(year): kilograms(ledger.buffer_mg(year)) for year in years},
        "credits_mg": {str(year): kilograms(ledger.credits_mg(year)) for year in years},
        "plantings": [
            {
                "code": sink.code,
                "name": {"en": sink.name_en, "ro": sink.name_ro},
                "kind": sink.kind,
                "planted_year": sink.year,
                "action": sink.action,
                "is_credit": sink.is_credit,
                "target_mg": kilograms(counted.get((sink, target), 0)),
                "source": sink.source,
            }
            for sink in plantings.values()
        ],
        "reversals": [
            {"code": each.sink.code, "year": each.year, "at_risk_mg": kilograms(each.at_risk_mg)}
            for each in ledger.reversals
        ],
    }


def _budgets(found: Balance) -> list[dict[str, Any]]:
    gone: list[Exhaustion | None] = [*found.exhaustions]
    gone += [None] * (len(found.budgets) - len(gone))
    return [_budget(use, end) for use, end in zip(found.budgets, gone, strict=True)]


def _budget(use: BudgetUse, end: Exhaustion | None) -> dict[str, Any]:
    budget = use.budget
    used = kilograms(use.used_mg())
    return {
        "name": budget.name,
        "version": budget.version,
        "from_year": budget.from_year,
        "to_year": use.years[-1],
        "scope": budget.scope,
        "method": budget.method,
        "budget_mg": budget.budget_mg,
        "used_mg": used,
        "left_mg": budget.budget_mg - used,
        "exhausted_in": _moment(use.exhausted_in),
        "gone_ppm": None if end is None else end.ever_ppm,
        "p10_gone_in": None if end is None else _moment(end.p10_years),
        "p50_gone_in": None if end is None else _moment(end.p50_years),
        "p90_gone_in": None if end is None else _moment(end.p90_years),
        "assumed_years": list(use.assumed_years),
        "source": budget.source,
        "note": budget.note,
    }


def _moment(year: float | None) -> str | None:
    """A year and a tenth: a budget is gone in the middle of 2031, 2031.5."""
    return None if year is None else f"{year:.1f}"


def _net_zero(found: Balance) -> dict[str, Any]:
    judged = found.net_zero
    masses = {
        "gross_mg": kilograms(judged.gross_mg),
        "sinks_mg": kilograms(judged.sinks_mg),
        "allowed_mg": kilograms(judged.allowed_mg),
    }
    return {
        "year": judged.year,
        **masses,
        "net_mg": masses["gross_mg"] - masses["sinks_mg"] - masses["allowed_mg"],
        "credits_mg": kilograms(judged.credits_mg),
        "cap_mg": judged.cap_mg,
        "holds": judged.holds,
        "conditions": [
            {
                "name": each.name,
                "met": each.met,
                "known": each.known,
                "text": {lang: each.text(lang) for lang in LANGUAGES},
            }
            for each in judged.conditions
        ],
    }
