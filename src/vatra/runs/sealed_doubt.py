"""How sure a plan is, as sealed data: chance of the target, fan, tornado, what to measure next."""

from __future__ import annotations

from typing import Any

from vatra.plans.distributions.numbers import write_number
from vatra.plans.risk.naming import quantity_name
from vatra.runs.risk import Risk
from vatra.words import LANGUAGES

BARS_SEALED = 12
NUMBERS_SEALED = 8
_FAN = ("mean", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "planned")


def sealed_risk(found: Risk) -> dict[str, Any]:
    """Masses in mg, shares in parts per million; the same seed seals the same figures."""
    names = _names(found)
    return {
        "year": found.year,
        "cut_ppm": found.cut_ppm,
        "probability_ppm": found.probability_ppm,
        "probability_error_ppm": found.probability_error_ppm,
        "cut_mean_ppm": found.cut_mean_ppm,
        "cut_error_ppm": found.cut_error_ppm,
        "cut_levels_ppm": dict(found.cut_levels_ppm),
        "planned_cut_ppm": found.planned_cut_ppm,
        "draws_count": found.draws_count,
        "replicates_count": found.replicates_count,
        "seed": found.seed,
        "numbers_count": len(found.quantities),
        "defaults_count": found.defaults_count,
        "a_cap_bites": found.binding,
        "correlations": [
            {"name": each.name, "rho": write_number(each.rho), "source": each.source}
            for each in found.correlations
        ],
        "fan": {
            str(row["year"]): {f"{name}_mg": row[f"{name}_mg"] for name in _FAN}
            for row in found.fan.iter_rows(named=True)
        },
        "tornado": [
            {
                "rank": row["rank"],
                "key": row["key"],
                "name": names[row["key"]],
                "distribution": row["distribution"],
                "is_default": row["is_default"],
                "low_cut_ppm": row["low_cut_ppm"],
                "high_cut_ppm": row["high_cut_ppm"],
                "variance_ppm": row["variance_ppm"],
            }
            for row in found.tornado.head(BARS_SEALED).iter_rows(named=True)
        ],
        "measure_next": [
            {
                "rank": row["rank"],
                "key": row["key"],
                "name": names[row["key"]],
                "value_ppm": row["value_ppm"],
            }
            for row in found.next_numbers.head(NUMBERS_SEALED).iter_rows(named=True)
        ],
    }


def _names(found: Risk) -> dict[str, dict[str, str]]:
    """What people call each doubted number."""
    model, horizon = found.scenario.model, found.scenario.aim.target_year
    return {
        each.key: {lang: quantity_name(each, model, horizon, lang) for lang in LANGUAGES}
        for each in found.quantities
    }
