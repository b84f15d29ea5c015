"""Sheets of the verb ``finance``: uses and sources by year, bills, actors, co-benefits."""

from __future__ import annotations

import numpy as np

from vatra.cli.output import Sheet
from vatra.plans.finance.actors import Actor, Society
from vatra.plans.finance.benefits import totals
from vatra.plans.finance.cents import Cents
from vatra.plans.finance.worth import Worth
from vatra.runs.finance import Finance
from vatra.tables import label
from vatra.units import CENTS_PER_EUR
from vatra.words import Language, number, percent, say

_MILLION_CENTS = 1_000_000 * CENTS_PER_EUR


def finance_sheets(found: Finance, lang: Language) -> list[Sheet]:
    """All sheets in the order in which they are read."""
    sheets = [
        _uses_sheet(found, lang),
        _sources_sheet(found, lang),
        _bills_sheet(found, lang),
        _actors_sheet(found, lang),
    ]
    beside = _beside_sheet(found, lang)
    return [*sheets, beside] if beside.rows else sheets


def money_words(found: Finance, lang: Language) -> str:
    kind = "nominal" if found.rates.nominal else "real"
    return say(f"cli.finance-{kind}", lang, year=str(found.rates.price_year))


def payer_name(payer: str, lang: Language) -> str:
    """Label of a payer, or the code that a pack made up."""
    return label("payer", payer, lang)


def _years_shown(found: Finance) -> list[int]:
    """Positions of the years in which anything is spent or earned."""
    spent = np.flatnonzero(found.capital.need.sum(axis=0))
    return list(range(int(spent[0]), len(found.years))) if len(spent) else []


def _millions(cents: int, lang: Language) -> str:
    return "" if not cents else number(cents / _MILLION_CENTS, lang, 1)


def _by_year(name: str, values: Cents, shown: list[int], lang: Language) -> tuple[str, ...]:
    total = _millions(int(values.sum()), lang)
    return (name, total, *(_millions(int(values[t]), lang) for t in shown))


def _year_columns(found: Finance, first: str, lang: Language) -> list[str]:
    years = [str(found.years[t]) for t in _years_shown(found)]
    return [say(f"cli.finance-{first}", lang), say("cli.total", lang), *years]


def _uses_sheet(found: Finance, lang: Language) -> Sheet:
    shown = _years_shown(found)
    rows = [
        _by_year(payer_name(each, lang), found.need_of(each), shown, lang)
        for each in found.payers
        if found.need_of(each).any()
    ]
    rows.append(_by_year(say("cli.total", lang), found.capital.need.sum(axis=0), shown, lang))
    columns = _year_columns(found, "payer", lang)
    title = say("cli.finance-uses-title", lang, money=money_words(found, lang))
    return Sheet(title, columns, rows, tuple(range(1, len(columns))))


def _sources_sheet(found: Finance, lang: Language) -> Sheet:
    shown = _years_shown(found)
    rows = [
        _by_year(_source_name(found, n, lang), found.source_of(n), shown, lang)
        for n in range(len(found.sources))
        if found.source_of(n).any()
    ]
    rows.append(_by_year(say("cli.finance-gap", lang), found.paid.gap.sum(axis=0), shown, lang))
    columns = _year_columns(found, "source", lang)
    title = say("cli.finance-sources-title", lang, money=money_words(found, lang))
    return Sheet(title, columns, rows, tuple(range(1, len(columns))))


def _source_name(found: Finance, n: int, lang: Language) -> str:
    source = found.sources[n]
    if source.code.startswith("own:"):
        return f"{source.name(lang)}: {payer_name(source.payers[0], lang)}"
    return f"{source.name(lang)} ({label('instrument', source.instrument, lang)})"


def _actors_sheet(found: Finance, lang: Language) -> Sheet:
    shown = [each for each in found.actors if any(row.any() for row in each.flows.streams.values())]
    covers = {each.payer: each for each in found.covers}
    rows = []
    for each in shown:
        cover = covers.get(each.name)
        lowest = None if cover is None else cover.lowest
        rows.append((payer_name(each.name, lang), *_actor_cells(each, lowest, lang)))
    rows += _society_rows(found.society, lang)
    names = ("actor", "npv", "irr", "payback", "payback-discounted", "bcr", "npv-financed", "dscr")
    columns = [say(f"cli.finance-{name}", lang) for name in names]
    title = say("cli.finance-actors-title", lang, money=money_words(found, lang))
    return Sheet(title, columns, rows, tuple(range(1, len(columns))))


def _actor_cells(actor: Actor, lowest: float | None, lang: Language) -> tuple[str, ...]:
    return (
        *_worth_cells(actor.investment, lang),
        number(actor.financed.npv / _MILLION_CENTS, lang, 1),
        _decimal(lowest, lang),
    )


def _worth_cells(it: Worth, lang: Language) -> tuple[str, ...]:
    return (
        number(it.npv / _MILLION_CENTS, lang, 1),
        irr_words(it, lang),
        _decimal(it.payback_years, lang),
        _decimal(it.discounted_payback_years, lang),
        _decimal(it.bcr, lang, 2),
    )


def irr_words(it: Worth, lang: Language) -> str:
    """A rate of return, or that there is none, or more than one."""
    rate = it.returns.rate
    if rate is not None:
        return percent(rate, lang, 1)
    return say(f"cli.finance-irr-{it.returns.kind}", lang)


def _decimal(value: float | None, lang: Language, decimals: int = 1) -> str:
    return "–" if value is None else number(value, lang, decimals)


def _society_rows(it: Society, lang: Language) -> list[tuple[str, ...]]:
    return [
        (say(f"cli.finance-society{name}", lang), *_worth_cells(each, lang), "–", "–")
        for name, each in (("", it.without_carbon), ("-carbon", it.with_carbon))
    ]


def _bills_sheet(found: Finance, lang: Language) -> Sheet:
    """What each saves on energy, and what of ETS2 nobody has to pay, apart."""
    shown = _years_shown(found)
    rows = [
        _by_year(payer_name(each.name, lang), each.flows.of("bills"), shown, lang)
        for each in found.actors
        if each.flows.of("bills").any()
    ]
    ets2 = np.sum([each.flows.of("ets2") for each in found.actors], axis=0)
    own = found.scenario.drivers.path("ets2_price", "", "", found.years)
    name = say(f"cli.finance-ets2{'' if own is not None else '-assumed'}", lang)
    rows.append(_by_year(name, ets2, shown, lang))
    columns = _year_columns(found, "actor", lang)
    title = say("cli.finance-bills-title", lang, money=money_words(found, lang))
    return Sheet(title, columns, rows, tuple(range(1, len(columns))))


def _beside_sheet(found: Finance, lang: Language) -> Sheet:
    """Co-benefits that add up, and of how many actions only the direction is known."""
    sums = totals(found.co_benefits)
    rows = [
        (
            say(f"plans.catalogue.benefit-{benefit}", lang),
            number(amount, lang, 0),
            say(f"plans.finance.unit-{unit}", lang),
        )
        for (benefit, unit), amount in sums.items()
    ]
    others = sorted({each.benefit for each in found.co_benefits} - {name for name, _ in sums})
    rows += [
        (
            say(f"plans.catalogue.benefit-{benefit}", lang),
            number(
                len({each.action for each in found.co_benefits if each.benefit == benefit}), lang
            ),
            say("cli.finance-beside-actions", lang),
        )
        for benefit in others
    ]
    columns = [say(f"cli.finance-{name}", lang) for name in ("benefit", "amount", "unit")]
    return Sheet(say("cli.finance-beside-title", lang), columns, rows, (1,))


def _actions_with(found: Finance, benefit: str) -> int:
    return len({each.action for each in found.co_benefits if each.benefit == benefit})
