"""The fifteen tables of an Investment Plan, filled with what a scenario and its money say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from vatra.plans.finance.investment import (
    InvestmentTable,
    Kind,
    TableColumn,
    Words,
    plain_rows,
)
from vatra.plans.finance.sources import GRANTS
from vatra.runs.finance import Finance
from vatra.runs.finance_costing import capital_intensive, costing, planning, sectors
from vatra.runs.finance_worths import financial_indicators, risks
from vatra.tables import label
from vatra.tables.vocabulary import FIELDS
from vatra.words import LANGUAGES

__all__ = ["TABLE_IDS", "InvestmentTable", "investment_tables", "plain_rows"]

TABLE_IDS = tuple(f"T{number}" for number in range(1, 16))
_YEARS_OF_BUDGET = 5
_YEARS_OF_SOURCES = 3
_PUBLIC = (*GRANTS, "own_budget", "carbon_revenue")

Rows = Sequence[tuple[Any, ...]]
Made = tuple[list[TableColumn], Rows]


def investment_tables(found: Finance) -> tuple[InvestmentTable, ...]:
    """All fifteen tables in their order.

    Cells that follow from the scenario are filled; those that only the city knows are ``None``,
    and ``InvestmentTable.next_step`` says what to do there. Nothing is made up.
    """
    made: tuple[tuple[str, Callable[[Finance], Made]], ...] = (
        ("IP-A1", _budgets_before),
        ("IP-A1", _sources_before),
        ("IP-A2", _income),
        ("IP-A2", _capital_sources),
        ("IP-A3", _barriers),
        ("IP-B1", costing),
        ("IP-B1", capital_intensive),
        ("IP-B2", _by_stakeholder),
        ("IP-B2", planning),
        ("IP-B3", sectors),
        ("IP-B3", financial_indicators),
        ("IP-C1", _policies),
        ("IP-C2", risks),
        ("IP-C3", _stakeholders),
        ("IP-C3", _activities),
    )
    tables = []
    for number, (module, make) in zip(TABLE_IDS, made, strict=True):
        columns, rows = make(found)
        tables.append(InvestmentTable(number, module, tuple(columns), tuple(rows)))
    return tuple(tables)


def columns(*named: str | tuple[str, Kind]) -> list[TableColumn]:
    """Columns by key, texts unless a kind is given."""
    return [TableColumn(each) if isinstance(each, str) else TableColumn(*each) for each in named]


def _year_columns(years: Sequence[int]) -> list[TableColumn]:
    return [TableColumn(str(year), "money", str(year)) for year in years]


def _before(found: Finance, count: int) -> list[int]:
    """The years before the plan begins."""
    first = found.scenario.pack.city.first_plan_year
    return list(range(first - count, first))


# Part A: where the city stands; only its treasury knows


def _budgets_before(found: Finance) -> Made:
    years = _before(found, _YEARS_OF_BUDGET)
    lines = ("budget", "climate-budget", "climate-share")
    rows = [(f"@plans.finance.line-{line}", *[None] * len(years)) for line in lines]
    return [*columns("item"), *_year_columns(years)], rows


def _sources_before(found: Finance) -> Made:
    years = _before(found, _YEARS_OF_SOURCES)
    rows = [(f"@tables.field-{each}", *[None] * len(years)) for each in FIELDS]
    return [*columns("field"), *_year_columns(years)], rows


def _income(found: Finance) -> Made:
    return columns("income", ("amount", "money"), ("budget_share", "share")), []


def _capital_sources(found: Finance) -> Made:
    """What sources there are, and how much of each the plan uses."""
    rows = []
    for n, each in enumerate(found.sources):
        used = int(found.paid.allocation.amount[n].sum())
        ceiling = each.ceiling_cents
        rows.append(
            (
                Words(each.name_en, each.name_ro),
                f"@tables.instrument-{each.instrument}",
                f"@plans.finance.{'public' if each.instrument in _PUBLIC else 'private'}",
                ceiling,
                _window(each.first_year, each.last_year),
                used,
                None if ceiling is None else ceiling - used,
                each.source,
            )
        )
    heads = columns(
        "source", "instrument", "level", ("ceiling", "money"), "window", ("used", "money"),
        ("left", "money"), "description",
    )  # fmt: skip
    return heads, rows


def _window(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return "@plans.finance.always"
    return f"{first or ''}–{last or ''}"


def _barriers(found: Finance) -> Made:
    return columns("barrier", "barrier_kind", "barrier_about", "involved"), []


# Part B: by stakeholder


def _by_stakeholder(found: Finance) -> Made:
    """What each payer has to find, what it finds and what is missing, by year."""
    need = found.capital.need.sum(axis=0)
    shown = [n for n in range(len(found.years)) if need[n]]
    rows: list[tuple[Any, ...]] = []
    for payer in found.payers:
        whole, gap = found.need_of(payer), found.gap_of(payer)
        if not whole.any():
            continue
        for line, values in (("need", whole), ("found", whole - gap), ("gap", gap)):
            rows.append(
                (
                    payer_words(payer),
                    f"@plans.finance.line-{line}",
                    int(values.sum()),
                    *(int(values[n]) for n in shown),
                )
            )
    heads = columns("payer", "item", ("total", "millions"))
    years = [str(found.years[n]) for n in shown]
    return [*heads, *(TableColumn(year, "millions", year) for year in years)], rows


def payer_words(payer: str) -> str:
    """Label of a payer; the text itself where a pack made it up."""
    return f"@tables.payer-{payer}"


# Part C


def _policies(found: Finance) -> Made:
    return columns("policy", "status", "policy_about", "outcome"), []


def _stakeholders(found: Finance) -> Made:
    rows = [
        (payer_words(payer), int(found.need_of(payer).sum()), None, None, None, None)
        for payer in found.payers
        if found.need_of(payer).any()
    ]
    return columns(
        "payer", ("required", "money"), "network", "influence", "interest", "engagement"
    ), rows


def _activities(found: Finance) -> Made:
    """What the city pays so that others can act: its share of actions that it bears with them."""
    rows = []
    for u, use in enumerate(found.uses):
        if use.payer != "city":
            continue
        others = [each.payer for each in found.uses if each.action == use.action]
        others.remove("city")
        cents = int(found.capital.need[u].sum())
        if others and cents:
            action = found.model.actions[found.model.codes[use.action]]
            name = Words(f"{action.code} {action.name_en}", f"{action.code} {action.name_ro}")
            rows.append((_payers_words(others), name, cents))
    return columns("payer", "activity", ("city_cost", "money")), rows


def _payers_words(payers: Sequence[str]) -> Words:
    names = {lang: ", ".join(label("payer", each, lang) for each in payers) for lang in LANGUAGES}
    return Words(names["en"], names["ro"])
