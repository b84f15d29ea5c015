"""The annual report of a plan: what was planned, what was done, what is expected; sealed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import vatra
from vatra.contract import seal
from vatra.contract.seal import altered_sections, seal_value
from vatra.plans.attribution.whole import whole
from vatra.plans.engine import Action, adoption_curve
from vatra.plans.monitoring import Why
from vatra.runs.monitor import Chance, Expected, Monitoring
from vatra.runs.netzero import Balance
from vatra.units import CENTS_PER_EUR, kilograms
from vatra.words import LANGUAGES

FORMAT = "vatra-annual-report/1"
PPM = 1_000_000
MG_PER_KG = 1_000_000


def annual_report(found: Monitoring, held: Balance, changed: Why | None = None) -> dict[str, Any]:
    """The report as sealed data: whole numbers and texts only, the same bytes on every machine.

    Parameters
    ----------
    found : the plan beside what came of it
    held : emissions against sinks and budgets, as expected
    changed : why the target-year figure is not that of an earlier version; of what is expected
        against the plan where not given

    Figures of the engine are whole kilograms: what floating point does to a milligram is no figure.
    """
    content = {
        "city": _city(found),
        "year": found.last_year,
        "target": _target(found),
        "pathway": _pathway(found),
        "measured_mg": {str(year): mass for year, mass in found.measured_mg.items()},
        "actions": _actions(found),
        "slips": [
            {"code": each.code, "months": each.months, "target_mg": kilograms(each.target_mg),
             "cumulative_mg": kilograms(each.cumulative_mg)}
            for each in found.slips
        ],
        "names": _names(found),
        "why": None if changed is None else _why(changed),
        "residual": _residual(held),
        "sinks": _sinks(held),
        "budgets": _budgets(held),
        "net_zero": _net_zero(held),
        "versions": _versions(found),
    }  # fmt: skip
    return seal(content, FORMAT)


def report_is_whole(document: Any) -> list[str]:
    """Sections of a report that are not as they were sealed; ``seal`` where the seal itself is."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return ["format"]
    try:
        written = document.get("seal")
        value = written.get("value") if isinstance(written, dict) else None
        broken = [] if value == seal_value(document) else ["seal"]
        return [*altered_sections(document), *broken]
    except TypeError:
        return ["seal"]


def _city(found: Monitoring) -> dict[str, Any]:
    city = found.planned.pack.city
    return {
        "name": city.name,
        "code": city.code,
        "base_year": city.base_year,
        "target_year": city.target_year,
        "target_cut_ppm": city.target_cut_ppm,
        "gases": list(city.gases),
        "gwp_set": city.gwp_set,
        "synthetic": city.synthetic,
        "source": city.source,
    }


def _versions(found: Monitoring) -> dict[str, Any]:
    files = {each.file: each.evidence_id for each in found.planned.pack.evidence.values()}
    return {"vatra": vatra.__version__, "files": dict(sorted(files.items()))}


def _target(found: Monitoring) -> dict[str, Any]:
    year = found.target_year
    return {
        "base_mg": found.planned.base_mg,
        "allowed_mg": found.planned.target_mg,
        "threshold_ppm": found.threshold_ppm,
        "planned": _stage(found, found.planned_mg[year], found.planned_chance),
        "expected": {name: _expected(found, each) for name, each in found.expected.items()},
        "alerts": list(found.alerts),
    }


def _expected(found: Monitoring, each: Expected) -> dict[str, Any]:
    return _stage(found, each.net_mg[found.target_year], each.chance) | {
        "reported_mg": kilograms(each.reported_mg),
        "gap_mg": kilograms(each.gap_mg),
    }


def _stage(found: Monitoring, mass_mg: int, chance: Chance | None) -> dict[str, Any]:
    return {
        "target_mg": kilograms(mass_mg),
        "cut_ppm": found.cut_ppm(kilograms(mass_mg)),
        "probability_ppm": None if chance is None else chance.probability_ppm,
        "error_ppm": None if chance is None else chance.error_ppm,
    }


def _pathway(found: Monitoring) -> dict[str, Any]:
    def by_year(masses: Mapping[int, int]) -> dict[str, int]:
        return {str(year): kilograms(each) for year, each in masses.items()}

    return {
        "planned_mg": by_year(found.planned_mg),
        "expected_mg": {name: by_year(each.net_mg) for name, each in found.expected.items()},
    }


def _actions(found: Monitoring) -> list[dict[str, Any]]:
    """Actions with a report: how far they are and were to be, and what is expected of them."""
    model, years = found.planned.model, found.planned.years
    listed = []
    for n, action in enumerate(model.actions):
        reports = found.progress.reports.get(action.code)
        if not reports:
            continue
        kinds = {name: each.forecasts[n] for name, each in found.expected.items()}
        paced = kinds["plan_pace"]
        at = None if paced.last_year is None else model.base.at(paced.last_year)
        planned = adoption_curve(action, years)
        reached = None if at is None or not action.level else paced.adoption[at] / action.level
        listed.append(
            {
                "code": action.code,
                "status": found.progress.status(action.code),
                "year": reports[-1].year,
                "planned_ppm": None if at is None else _ppm(planned[at], action.level),
                "reached_ppm": None if reached is None else round(float(reached) * PPM),
                "delay_months": paced.delay_months,
                "spent_cents": found.progress.spent_cents(action.code),
                "capital_cents": _capital_cents(action),
                "full_year": {name: each.full_year for name, each in kinds.items()},
                "source": reports[-1].source,
            }
        )
    return listed


def _capital_cents(action: Action) -> int | None:
    """Capital of all that the plan puts in place [cents, whole euros]; None where none is said."""
    if action.economics is None:
        return None
    return round(action.economics.capex_total_eur * action.level) * CENTS_PER_EUR


def _names(found: Monitoring) -> dict[str, dict[str, str]]:
    """Names of all actions by code."""
    return {
        each.code: {lang: each.name(lang) for lang in LANGUAGES}
        for each in found.planned.model.actions
    }


def _ppm(share: float, level: float) -> int:
    return round(float(share) / level * PPM) if level else 0


def _why(changed: Why) -> dict[str, Any]:
    """Effects in whole kilograms that add up to the change of the kilograms."""
    before, after = kilograms(changed.before_mg), kilograms(changed.after_mg)
    shares = {c.change.name: Fraction(c.effect_mg, MG_PER_KG) for c in changed.causes}
    effects = whole(shares, (after - before) // MG_PER_KG)
    return {
        "year": changed.year,
        "before_mg": before,
        "after_mg": after,
        "is_exact": changed.is_exact,
        "causes": [
            {
                "kind": each.change.kind,
                "code": each.change.code,
                "effect_mg": effects[each.change.name] * MG_PER_KG,
                "error_mg": kilograms(each.error_mg),
            }
            for each in changed.causes
        ],
    }


def _residual(held: Balance) -> dict[str, Any]:
    found = held.residual
    by_use = {
        use: {cause: kilograms(mass) for cause, mass in causes.items()}
        for use, causes in found.by_use().items()
    }
    return {"year": found.year, "limit_mg": found.limit_mg, "by_use_mg": by_use}


def _sinks(held: Balance) -> dict[str, Any]:
    years = [held.scenario.aim.target_year]
    return {
        "by_vintage_mg": {
            str(year): {str(v): kilograms(m) for v, m in held.sinks.by_vintage(year).items()}
            for year in years
        },
        "buffer_mg": kilograms(held.sinks.buffer_mg(years[0])),
        "credits_mg": held.sinks.credits_mg(years[0]),
        "reversals": [
            {"code": each.sink.code, "vintage": each.sink.year, "year": each.year,
             **{f"name_{lang}": each.sink.name(lang) for lang in LANGUAGES},
             "at_risk_mg": kilograms(each.at_risk_mg)}
            for each in held.sinks.reversals
        ],
    }  # fmt: skip


def _budgets(held: Balance) -> list[dict[str, Any]]:
    gone = held.exhaustions or (None,) * len(held.budgets)
    return [
        {
            "name": use.budget.name,
            "version": use.budget.version,
            "method": use.budget.method,
            "source": use.budget.source,
            "from_year": use.budget.from_year,
            "budget_mg": use.budget.budget_mg,
            "used_mg": kilograms(use.used_mg()),
            "left_mg": use.budget.budget_mg - kilograms(use.used_mg()),
            "assumed_years": list(use.assumed_years),
            "exhausted_thousandths": _thousandths(use.exhausted_in),
            "median_thousandths": None if each is None else _thousandths(each.p50_years),
            "probability_ppm": None if each is None else each.ever_ppm,
        }
        for use, each in zip(held.budgets, gone, strict=True)
    ]


def _thousandths(moment: float | None) -> int | None:
    return None if moment is None else round(moment * 1000)


def _net_zero(held: Balance) -> dict[str, Any]:
    judged = held.net_zero
    return {
        "year": judged.year,
        "holds": judged.holds,
        "gross_mg": kilograms(judged.gross_mg),
        "sinks_mg": kilograms(judged.sinks_mg),
        "credits_mg": judged.credits_mg,
        "cap_mg": judged.cap_mg,
        "conditions": [
            {
                "name": each.name,
                "met": each.met,
                "known": each.known,
                **{lang: each.text(lang) for lang in LANGUAGES},
            }
            for each in judged.conditions
        ],
    }
