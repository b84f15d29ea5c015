"""The money of a plan as sealed data: who pays, from what, what is missing, and fifteen tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vatra.plans.finance.cents import Cents
from vatra.plans.finance.investment import InvestmentTable, TableColumn, Words, plain_text
from vatra.plans.finance.worth import Worth
from vatra.runs.finance import Finance
from vatra.runs.finance_tables import investment_tables
from vatra.tables import Finding
from vatra.words import LANGUAGES

PPM = 1_000_000


def sealed_money(found: Finance) -> dict[str, Any]:
    """Amounts in cents of the price year; rates in parts per million."""
    rates = found.rates
    payers = [each for each in found.payers if found.need_of(each).any()]
    return {
        "price_year": rates.price_year,
        "nominal": rates.nominal,
        "discount_ppm": round(rates.discount * PPM),
        "social_discount_ppm": round(rates.social_discount * PPM),
        "inflation_ppm": round(rates.inflation * PPM),
        "years": list(found.years),
        "need_cents": {each: _by_year(found, found.need_of(each)) for each in payers},
        "gap_cents": {each: _by_year(found, found.gap_of(each)) for each in payers},
        "sources": [
            {
                "code": each.code,
                "name": {"en": each.name_en, "ro": each.name_ro},
                "instrument": each.instrument,
                "ceiling_cents": each.ceiling_cents,
                "paid_cents": _by_year(found, found.source_of(number)),
                "source": each.source,
            }
            for number, each in enumerate(found.sources)
        ],
        "total_cents": found.total_cents,
        "total_gap_cents": found.gap_cents,
        "first_gap_year": found.first_gap_year,
        "actors": [
            {
                "actor": each.name,
                "investment": _worth(each.investment),
                "financed": _worth(each.financed),
                "streams_cents": {
                    name: int(values.sum()) for name, values in each.flows.streams.items()
                },
            }
            for each in found.actors
        ],
        "society": {
            "without_carbon": _worth(found.society.without_carbon),
            "with_carbon": _worth(found.society.with_carbon),
            "carbon_cents": int(found.society.carbon_cents.sum()),
        },
        "tables": [_table(each) for each in investment_tables(found)],
        "findings": [_finding(each) for each in found.findings],
    }


def _by_year(found: Finance, values: Cents) -> dict[str, int]:
    return {str(year): int(each) for year, each in zip(found.years, values, strict=True)}


def _worth(it: Worth) -> dict[str, Any]:
    """Rates as parts per million; several rates of return decide nothing and are all named."""
    return {
        "npv_cents": round(it.npv),
        "irr_kind": it.returns.kind,
        "irr_ppm": [round(rate * PPM) for rate in it.returns.rates],
        "payback_years": _decimal(it.payback_years),
        "discounted_payback_years": _decimal(it.discounted_payback_years),
        "benefit_cost_ppm": None if it.bcr is None else round(it.bcr * PPM),
    }


def _decimal(years: float | None) -> str | None:
    return None if years is None else f"{years:.1f}"


def _finding(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "message": {lang: finding.message(lang) for lang in LANGUAGES}}


def _table(table: InvestmentTable) -> dict[str, Any]:
    return {
        "id": table.id,
        "module": table.module,
        "columns": [
            {"key": each.key, "kind": each.kind, "name": each.name} for each in table.columns
        ],
        "rows": [_row(table.columns, row) for row in table.rows],
    }


def _row(columns: Sequence[TableColumn], row: Sequence[Any]) -> list[Any]:
    return [_value(value, column) for value, column in zip(row, columns, strict=True)]


def _value(value: Any, column: TableColumn) -> Any:
    """A place for the city to fill stays empty; shares in ppm, other numbers whole or as text."""
    if value is None:
        return None
    if isinstance(value, Words | str) or column.kind == "text":
        return {lang: plain_text(value, lang) for lang in LANGUAGES}
    if column.kind == "share":
        return round(value * PPM)
    if column.kind == "number" and not float(value).is_integer():
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return round(value)
