"""The best plan as plain data, and what there is to say when no plan keeps all limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vatra.plans.portfolio import Relaxation
from vatra.runs.optimise import Optimised
from vatra.tables import Finding
from vatra.units import CENTS_PER_EUR, MG_PER_T

_MASS = ("target", "cumulative")
_MONEY = ("capex", "capex_total", "bill")


def as_dict(found: Optimised) -> dict[str, Any]:
    """Everything a page or another program needs; tonnes and euros."""
    optimum, city = found.optimum, found.scenario.pack.city
    exact = optimum.exact
    return {
        "city": city.name,
        "synthetic": city.synthetic,
        "status": optimum.status,
        "target_year": found.scenario.aim.target_year,
        "base_t": found.scenario.base_mg / MG_PER_T,
        "target_t": found.scenario.target_mg / MG_PER_T,
        "emission_t": None if found.emission_mg is None else found.emission_mg / MG_PER_T,
        "planned_t": found.planned_mg / MG_PER_T,
        "capex_eur": found.capex_cents / CENTS_PER_EUR,
        "planned_capex_eur": found.planned_capex_cents / CENTS_PER_EUR,
        "reached_year": found.reached_year,
        "objectives": [
            {
                "name": each.name,
                "value": _natural(each.name, each.value),
                "bound": None if each.bound is None else _natural(each.name, each.bound),
                "gap_share": each.gap_share,
                "closed": each.is_closed,
            }
            for each in optimum.objectives
        ],
        "path_t": {}
        if exact is None
        else {
            str(year): round(float(total)) / MG_PER_T
            for year, total in zip(found.scenario.years, exact.total_mg, strict=True)
        },
        "capex_by_year_eur": {
            str(year): cents / CENTS_PER_EUR
            for year, cents in zip(found.scenario.years, found.capex_cents_by_year, strict=True)
        },
        "choices": line_rows(found),
        "binding": [
            {"limit": each.family, "key": list(each.key), "used": _of(each.family, each.value),
             "most": _of(each.family, each.most),
             "from_funds_eur": round(each.from_funds) / CENTS_PER_EUR}
            for each in optimum.binding
        ],
        "bound_is_of_floor": optimum.bound_is_of_floor,
        "difference_share": optimum.difference_share,
        "rounds": optimum.rounds_count,
        "options": optimum.options_count,
        "seed": optimum.seed,
        "threads": optimum.threads,
        "relaxations": [_relaxation(each) for each in optimum.relaxations],
    }  # fmt: skip


def line_rows(found: Optimised) -> list[dict[str, Any]]:
    """One row for each action that is done."""
    return [
        {
            "code": line.action.code,
            "name_en": line.action.name_en,
            "name_ro": line.action.name_ro,
            "start_year": line.choice.start_year,
            "level_percent": round(line.choice.level * 100, 6),
            "planned_start_year": line.planned.start_year,
            "planned_level_percent": round(line.planned.level * 100, 6),
            "capex_eur": line.capex_cents / CENTS_PER_EUR,
            "cut_t": line.cut_mg / MG_PER_T,
        }
        for line in found.lines
    ]


def _natural(name: str, value: int) -> float:
    return value / (MG_PER_T if name in ("emissions", "cumulative") else CENTS_PER_EUR)


def _of(family: str, value: float) -> float:
    if family in _MASS:
        return round(value) / MG_PER_T
    return round(value) / CENTS_PER_EUR if family in _MONEY else value


def _relaxation(each: Relaxation) -> dict[str, Any]:
    return {
        "limit": each.family,
        "possible": each.is_possible,
        "smallest": each.is_smallest,
        "excess": [
            {"key": list(key), "amount": _of(each.family, value)}
            for key, value in each.excess.items()
        ],
    }


# When there is no plan


def refusals(found: Optimised) -> list[Finding]:
    """That no plan keeps all limits, and for each kind of limit what it would have to give."""
    proved = found.optimum.status == "infeasible"
    first = _finding("no-plan" if proved else "none-found", "error")
    return [first, *(_said(found, each) for each in found.optimum.relaxations)]


def _said(found: Optimised, each: Relaxation) -> Finding:
    family = f"@plans.portfolio.family-{each.family}"
    if not each.is_possible:
        return _finding("relax-none" if each.is_smallest else "relax-unknown", "note", limit=family)
    word = "smallest" if each.is_smallest else "found"
    if each.family == "year":
        years = round(each.total)
        late = str(found.scenario.aim.target_year + years)
        return _finding(f"relax-year-{word}", "note", years=years, late=late)
    if each.family == "resources":
        return _finding(f"relax-resources-{word}", "note", **_together(each))
    if each.family in _MASS:
        share = each.total / max(found.scenario.base_mg, 1)
        return _finding(
            f"relax-mass-{word}", "note", limit=family, tonnes=round(each.total / MG_PER_T),
            points=round(share * 100, 2),
        )  # fmt: skip
    if each.family in _MONEY:
        return _finding(
            f"relax-money-{word}", "note", limit=family,
            million=round(each.total / CENTS_PER_EUR / 1e6, 3), where=_where(list(each.excess)),
        )  # fmt: skip
    return _finding(
        f"relax-amount-{word}", "note", limit=family, amount=round(each.total, 2),
        where=_where(list(each.excess)),
    )  # fmt: skip


def _together(each: Relaxation) -> dict[str, Any]:
    """Money of single years and of all, person-years, and where."""
    sums = {"capex": 0.0, "capex_total": 0.0, "staff": 0.0}
    for key, value in each.excess.items():
        sums[str(key[0])] += value
    return {
        "yearly": round(sums["capex"] / CENTS_PER_EUR / 1e6, 1),
        "whole": round(sums["capex_total"] / CENTS_PER_EUR / 1e6, 1),
        "staff": round(sums["staff"], 1),
        "where": _where([key[1:] for key in each.excess if len(key) > 1]),
    }


def _where(keys: Sequence[tuple[Any, ...]]) -> str:
    """``city 2027, 2028``: which limits of the family, without blanks."""
    texts = [" ".join(str(part) for part in key if part != "") for key in keys]
    return ", ".join(text for text in texts if text) or "–"


def _finding(code: str, severity: Any, **params: object) -> Finding:
    return Finding(f"plans.portfolio.{code}", severity, params=params)
