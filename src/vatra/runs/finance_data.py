"""The money of a scenario as plain data: for JSON, CSV and pages."""

from __future__ import annotations

from typing import Any

from vatra.plans.finance.actors import Actor
from vatra.plans.finance.benefits import totals
from vatra.plans.finance.cents import Cents
from vatra.plans.finance.worth import Worth
from vatra.runs.finance import Finance
from vatra.runs.finance_actions import ActionMoney, action_money
from vatra.units import CENTS_PER_EUR, MG_PER_T
from vatra.words import Language

_OF_ACTION = ("new", "again", "incremental", "opex", "revenue", "tax", "residual")


def euros_by_year(found: Finance, values: Cents) -> dict[str, float]:
    """A stream [cents, T] as euros by year, years without any left out."""
    return {
        str(year): int(each) / CENTS_PER_EUR
        for year, each in zip(found.years, values, strict=True)
        if each
    }


def as_dict(found: Finance, lang: Language) -> dict[str, Any]:
    """Everything, amounts in euros."""
    city = found.scenario.pack.city
    rates = found.rates
    return {
        "city": city.name,
        "synthetic": city.synthetic,
        "nominal": rates.nominal,
        "price_year": rates.price_year,
        "discount_percent": round(rates.discount * 100, 6),
        "social_discount_percent": round(rates.social_discount * 100, 6),
        "inflation_percent": round(rates.inflation * 100, 6),
        "total_eur": found.total_cents / CENTS_PER_EUR,
        "gap_eur": found.gap_cents / CENTS_PER_EUR,
        "first_gap_year": found.first_gap_year,
        "uses": [_use(found, payer) for payer in found.payers if found.need_of(payer).any()],
        "sources": [
            {
                "code": each.code,
                "name": each.name(lang),
                "instrument": each.instrument,
                "ceiling_eur": _eur(each.ceiling_cents),
                "total_eur": int(found.source_of(n).sum()) / CENTS_PER_EUR,
                "by_year_eur": euros_by_year(found, found.source_of(n)),
            }
            for n, each in enumerate(found.sources)
        ],
        "debt": [
            {
                "source": source,
                "payer": payer,
                "drawn_eur": euros_by_year(found, each.drawn),
                "interest_eur": euros_by_year(found, each.interest),
                "principal_eur": euros_by_year(found, each.principal),
                "owed_at_end_eur": int(each.owed[-1]) / CENTS_PER_EUR,
                "money": "nominal",
            }
            for (source, payer), each in found.debt.schedules.items()
        ],
        "cover": [
            {
                "payer": each.payer,
                "lowest": each.lowest,
                "average": each.average,
                "by_year": dict(zip(map(str, found.years), each.ratios, strict=True)),
            }
            for each in found.covers
        ],
        "actions": [_action(found, each) for each in action_money(found)],
        "actors": [_actor(found, each) for each in found.actors],
        "society": _society(found),
        "carbon": _carbon(found),
        "co_benefits": _co_benefits(found),
        "staff": _staff(found),
        "findings": [each.as_dict(lang) for each in found.findings],
    }


def _eur(cents: int | None) -> float | None:
    return None if cents is None else cents / CENTS_PER_EUR


def _use(found: Finance, payer: str) -> dict[str, Any]:
    return {
        "payer": payer,
        "total_eur": int(found.need_of(payer).sum()) / CENTS_PER_EUR,
        "gap_eur": int(found.gap_of(payer).sum()) / CENTS_PER_EUR,
        "by_year_eur": euros_by_year(found, found.need_of(payer)),
        "gap_by_year_eur": euros_by_year(found, found.gap_of(payer)),
    }


def _action(found: Finance, it: ActionMoney) -> dict[str, Any]:
    streams = {name: getattr(it, name) for name in _OF_ACTION}
    return {
        "code": it.action.code,
        "payers": {payer: round(share, 6) for payer, share in it.payers.items()},
        **{f"{name}_eur": euros_by_year(found, each) for name, each in streams.items()},
        "bills_eur": {who: euros_by_year(found, each) for who, each in it.bills.items()},
        "ets2_eur": {who: euros_by_year(found, each) for who, each in it.ets2.items()},
        "worth": worth_dict(it.worth),
    }


def _actor(found: Finance, it: Actor) -> dict[str, Any]:
    return {
        "actor": it.name,
        "investment": worth_dict(it.investment),
        "financed": worth_dict(it.financed),
        "streams_eur": {
            name: euros_by_year(found, values)
            for name, values in it.flows.streams.items()
            if values.any()
        },
    }


def worth_dict(it: Worth) -> dict[str, Any]:
    """A worth as plain data, amounts in euros to the cent."""
    return {
        "npv_eur": round(it.npv) / CENTS_PER_EUR,
        "irr": it.returns.kind,
        "irr_percent": [round(rate * 100, 6) for rate in it.returns.rates],
        "payback_years": it.payback_years,
        "discounted_payback_years": it.discounted_payback_years,
        "benefit_cost_ratio": it.bcr,
    }


def _society(found: Finance) -> dict[str, Any]:
    it = found.society
    return {
        "without_carbon": worth_dict(it.without_carbon),
        "with_carbon": worth_dict(it.with_carbon),
        "streams_eur": {
            name: euros_by_year(found, values) for name, values in it.flows.items() if values.any()
        },
        "carbon_eur": euros_by_year(found, it.carbon_cents),
    }


def _carbon(found: Finance) -> dict[str, Any]:
    return {
        str(year): {
            "cut_t": int(cut) / MG_PER_T,
            "shadow_price_eur_per_t": round(float(shadow), 6),
            "ets2_price_eur_per_t": round(float(ets2), 6),
        }
        for year, cut, shadow, ets2 in zip(
            found.years, found.carbon_mg, found.shadow, found.ets2, strict=True
        )
    }


def _co_benefits(found: Finance) -> dict[str, Any]:
    return {
        "netted": False,
        "totals": [
            {"benefit": benefit, "unit": unit, "amount": amount}
            for (benefit, unit), amount in totals(found.co_benefits).items()
        ],
        "ledger": [
            {
                "action": each.action,
                "benefit": each.benefit,
                "unit": each.unit,
                "low": each.low,
                "middle": each.middle,
                "high": each.high,
                "total_unit": each.total_unit,
                "by_year": dict(zip(map(str, found.years), each.yearly, strict=True))
                if each.yearly
                else {},
                "source": each.source,
            }
            for each in found.co_benefits
        ],
    }


def _staff(found: Finance) -> list[dict[str, Any]]:
    """People needed beside people there are, for each payer that needs any."""
    rows = []
    for payer, needed in found.staff_needed.items():
        there = found.stated.staff.get(payer, {})
        for year, count in zip(found.years, needed, strict=True):
            if count > 0:
                rows.append(
                    {
                        "payer": payer,
                        "year": year,
                        "needed_fte": round(float(count), 6),
                        "available_fte": there.get(year),
                    }
                )
    return rows


def cash_rows(found: Finance) -> list[dict[str, Any]]:
    """Uses times sources as rows: every euro once, what nobody pays as the source ``gap``."""
    rows = []
    for u, use in enumerate(found.uses):
        for t, year in enumerate(found.years):
            parts = [
                (each.code, each.instrument, int(found.paid.amount[n, u, t]))
                for n, each in enumerate(found.sources)
            ]
            parts.append(("gap", "", int(found.paid.gap[u, t])))
            for code, instrument, cents in parts:
                if cents:
                    rows.append(
                        {
                            "action": use.action,
                            "payer": use.payer,
                            "year": year,
                            "source": code,
                            "instrument": instrument,
                            "amount_eur": cents / CENTS_PER_EUR,
                        }
                    )
    return rows
