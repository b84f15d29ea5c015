"""Tables T11 and T13: what the plan is worth to whom, and the risks that its figures show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vatra.plans.finance.actors import Actor
from vatra.plans.finance.investment import TableColumn, Words
from vatra.plans.finance.worth import Worth
from vatra.runs.finance import Finance
from vatra.words import number, percent

Made = tuple[list[TableColumn], Sequence[tuple[Any, ...]]]
Rows = list[tuple[Any, ...]]
# Below this cover a lender asks who pays when savings are late.
_THIN_COVER = 1.2
# More than this of the found money from one source makes the plan hang on it.
_ONE_SOURCE = 0.4
_UNSURE = 0.8


def financial_indicators(found: Finance) -> Made:
    """T11: present value, return, payback and cover for each actor, and for society."""
    rows: Rows = []
    covers = {each.payer: each for each in found.covers}
    for each in found.actors:
        if each.investment.costs or each.investment.benefits:
            rows += _of_actor(each)
            if each.name in covers:
                rows += _of_cover(each.name, covers[each.name].lowest, covers[each.name].average)
    for name, worth in (
        ("society", found.society.without_carbon),
        ("society-carbon", found.society.with_carbon),
    ):
        rows += _of_worth(f"@plans.finance.{name}", worth)
    carbon = ("@plans.finance.society-carbon", "@plans.finance.indicator-carbon", "EUR")
    rows.append((*carbon, round(int(found.society.carbon_cents.sum()) / 100)))
    heads = [
        TableColumn("payer"),
        TableColumn("indicator"),
        TableColumn("unit"),
        TableColumn("value", "number"),
    ]
    return heads, rows


def _of_actor(actor: Actor) -> Rows:
    who = f"@tables.payer-{actor.name}"
    bills = round(int(actor.flows.of("bills").sum()) / 100)
    ets2 = round(int(actor.flows.of("ets2").sum()) / 100)
    return [
        *_of_worth(who, actor.investment),
        (who, "@plans.finance.indicator-npv-financed", "EUR", round(actor.financed.npv / 100)),
        (who, "@plans.finance.indicator-bills", "EUR", bills),
        (who, "@plans.finance.indicator-ets2", "EUR", ets2),
    ]


def _of_worth(who: str, it: Worth) -> Rows:
    rate = it.returns.rate
    irr = f"@plans.finance.irr-{it.returns.kind}" if rate is None else round(rate * 100, 2)
    back = "@plans.finance.never" if it.payback_years is None else round(it.payback_years, 2)
    return [
        (who, "@plans.finance.indicator-npv", "EUR", round(it.npv / 100)),
        (who, "@plans.finance.indicator-irr", "%", irr),
        (who, "@plans.finance.indicator-payback", "@plans.finance.unit-years", back),
        *(
            [(who, "@plans.finance.indicator-bcr", "", round(it.bcr, 2))]
            if it.bcr is not None
            else []
        ),
    ]


def _of_cover(payer: str, lowest: float | None, average: float | None) -> Rows:
    who = f"@tables.payer-{payer}"
    both = (("dscr-lowest", lowest), ("dscr-average", average))
    return [
        (who, f"@plans.finance.indicator-{name}", "", round(value, 2))
        for name, value in both
        if value is not None
    ]


def risks(found: Finance) -> Made:
    """T13: what the figures of the plan show to be at risk; priority and answer are the city's."""
    rows = [*_missing(found), *_leaning(found), *_thin(found), *_unsure(found)]
    heads = [
        TableColumn("field"),
        TableColumn("project"),
        TableColumn("risk"),
        TableColumn("figure"),
        TableColumn("priority"),
        TableColumn("mitigation"),
    ]
    return heads, rows


def _risk(field: str, project: Any, name: str, figure: Any) -> tuple[Any, ...]:
    return (field, project, f"@plans.finance.risk-{name}", figure, None, None)


_WHOLE_PLAN = ("@plans.finance.all-fields", "@plans.finance.whole-plan")


def _missing(found: Finance) -> Rows:
    if found.first_gap_year is None:
        return []
    share = _percent(found.gap_cents / found.total_cents)
    return [_risk(*_WHOLE_PLAN, "gap", share)]


def _leaning(found: Finance) -> Rows:
    """Sources that pay so much of the plan that it falls with them."""
    rows: Rows = []
    for n, each in enumerate(found.sources):
        share = int(found.source_of(n).sum()) / found.total_cents if found.total_cents else 0.0
        if share > _ONE_SOURCE:
            name = Words(each.name_en, each.name_ro)
            rows.append(_risk("@plans.finance.all-fields", name, "one-source", _percent(share)))
    return rows


def _thin(found: Finance) -> Rows:
    rows: Rows = []
    for each in found.covers:
        if each.lowest is not None and each.lowest < _THIN_COVER:
            who = f"@tables.payer-{each.payer}"
            rows.append(_risk("@plans.finance.all-fields", who, "cover", _decimal(each.lowest)))
    return rows


def _unsure(found: Finance) -> Rows:
    """Actions of which the plan itself says that they may not come."""
    paid = {use.action for use in found.uses}
    return [
        _risk(
            f"@tables.field-{each.field}",
            Words(f"{each.code} {each.name_en}", f"{each.code} {each.name_ro}"),
            "delivery",
            _percent(each.delivery_probability),
        )
        for each in found.model.actions
        if each.code in paid and each.delivery_probability < _UNSURE
    ]


def _percent(share: float) -> Words:

    return Words(percent(share, "en"), percent(share, "ro"))


def _decimal(value: float) -> Words:

    return Words(number(value, "en", 2), number(value, "ro", 2))
