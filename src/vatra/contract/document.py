"""The contract as plain data: what the city is, what was counted, what is planned, from what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from vatra.contract.totals import plan_sums, totals
from vatra.factors import Factor, FactorBook
from vatra.plans import DRIVERS, Measure, Plan, Split
from vatra.tables import Finding


def document(
    city: Mapping[str, Any],
    cells: pl.DataFrame,
    book: FactorBook,
    factors: Mapping[str, Factor],
    plan: Plan | None,
    versions: Mapping[str, Any],
    findings: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Everything a contract seals, whole numbers and texts only.

    Parameters
    ----------
    city : name, code, years, gases, GWP set and target, as whole numbers and texts
    cells : sums by year, sector, carrier or stream, scope, category, gas, method and factor
    book : the factor book in force; ``factors`` those it used, by id
    plan : the pathway, or None
    versions : hashes of the source files and of the methods
    findings : checks and linter findings as plain data without floats
    """
    cell_rows = [_cell(row) for row in cells.iter_rows(named=True)]
    return {
        "city": dict(city),
        "versions": {**versions, "factor_book": book.version},
        "factors": [_factor(factors[name]) for name in sorted(factors)],
        "gwp": {gas: decimal_text(value) for gas, value in sorted(book.gwp.items())},
        "cells": cell_rows,
        "totals": totals(cell_rows),
        "plan": _plan(plan) if plan else None,
        "measures": [_measure(each) for each in plan.measures] if plan else [],
        "findings": list(findings),
    }


def decimal_text(value: float) -> str:
    """A float as the shortest decimal that reads back as it, without an exponent."""
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def finding_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings of the check as sealed data: code, place and message in both languages."""
    return [
        {
            "code": each.code,
            "severity": each.severity,
            "file": each.file,
            "lines": list(each.lines[:10]),
            "message": {"en": each.message("en"), "ro": each.message("ro")},
        }
        for each in findings
    ]


def _cell(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "year": row["year"],
        "sector": row["sector"],
        "carrier": row["carrier"],
        "scope": row["scope"] or "",
        "category": row["category"],
        "gas": row["gas"],
        "method": row["method"],
        "factor_id": row["factor_id"],
        "energy_wh": row["energy_wh"],
        "emission_mg": row["emission_mg"],
        "co2e_mg": row["co2e_mg"],
        "rows_count": row["rows_count"],
        "first_line": row["first_line"],
    }


def _factor(factor: Factor) -> dict[str, Any]:
    return {
        "factor_id": factor.factor_id,
        "set": factor.set,
        "carrier": factor.carrier,
        "gas": factor.gas,
        "end_use": factor.end_use,
        "year_from": factor.year_from,
        "year_to": factor.year_to,
        "amount": factor.amount,
        "unit": factor.unit,
        "value_t_per_mwh": decimal_text(factor.value_t_per_mwh),
        "source": factor.source,
        "page": factor.page,
        "doubt": factor.doubt,
        "note": factor.note,
        "file": factor.file,
        "line": factor.line,
    }


def _plan(plan: Plan) -> dict[str, Any]:
    data: dict[str, Any] = {
        "base_year": plan.aim.base_year,
        "target_year": plan.aim.target_year,
        "cut_ppm": plan.aim.cut_ppm,
        "residual_limit_ppm": plan.aim.residual_limit_ppm,
        "target_mg": plan.target_mg,
        "residual_ppm": plan.residual_ppm,
        "target_met": plan.target_met,
        "residual_rule_held": plan.residual_rule_held,
        "base_mg": dict(plan.base_mg),
        "before_mg": dict(plan.before_mg),
        "after_mg": dict(plan.after_mg),
        "unattributed_mg": {sector: plan.unattributed_mg(sector) for sector in plan.base_mg},
        "split": {
            "in_order": _split(plan.split_in_order),
            "symmetric": _split(plan.split_symmetric),
        },
    }
    sums = plan_sums(data)
    for name, total in sums.pop("split").items():
        data["split"][name] |= total
    return data | sums


def _split(split: Split) -> dict[str, Any]:
    return {
        "order": list(split.order),
        "by_sector": {
            sector: {driver: cut[driver] for driver in DRIVERS}
            for sector, cut in split.by_sector.items()
        },
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "code": measure.code,
        "name": {"en": measure.name_en, "ro": measure.name_ro},
        "sector": measure.sector,
        "field": measure.field,
        "lever": measure.lever,
        "cost_cents": measure.cost_cents,
        "claimed_mg": measure.claimed_mg,
        "implied_mg": measure.implied_mg,
        "cents_per_t": measure.cents_per_t,
        "printed_eur_per_t": None
        if measure.printed_eur_per_t is None
        else decimal_text(measure.printed_eur_per_t),
        "energy_wh": dict(measure.energy_wh),
        "source": measure.source,
        "line": measure.line,
    }
