"""Who pays for the plan, out of which sources, what is missing, and what it is worth to whom."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from vatra.cli.finance_sheets import finance_sheets, money_words, payer_name
from vatra.cli.options import (
    FactorSets,
    Form,
    Gases,
    GwpSet,
    Lang,
    MaxMb,
    Overrides,
    PackPath,
    changed_pack,
    limits,
)
from vatra.cli.output import (
    Answer,
    Format,
    Sheet,
    fail,
    finding_sheets,
    findings_refuse,
    show,
    speak,
)
from vatra.runs.choices import read_choices
from vatra.runs.finance import Finance
from vatra.runs.finance import finance as paid_for
from vatra.runs.finance_data import as_dict, cash_rows
from vatra.runs.finance_tables import TABLE_IDS, InvestmentTable, investment_tables, plain_rows
from vatra.runs.scenario import scenario
from vatra.words import Language, euros, percent, say

# Names of the tables of an Investment Plan, as the command line takes them.
TableId = StrEnum("TableId", {each: each for each in TABLE_IDS})  # type: ignore[misc]


def finance(
    pack: PackPath,
    table: Annotated[
        TableId | None,
        typer.Option("--table", help="One table of the Investment Plan, T1 to T15."),
    ] = None,
    nominal: Annotated[
        bool,
        typer.Option(
            "--nominal/--real", help="In the money of each year, or in that of the price year."
        ),
    ] = False,
    discount: Annotated[
        float | None,
        typer.Option(
            metavar="PERCENT", help="Real discount rate of the actors instead of 4 % a year."
        ),
    ] = None,
    choices: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Another choice of measures: code, start_year, level_percent."
        ),
    ] = None,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """Uses and sources of money by year, the funding gap, and what the plan is worth to whom.

    Example: [bold]vatra finance examples/iasi --table T8 --lang ro[/]
    """
    language = speak(lang)
    if discount is not None and not discount > -100:
        fail(say("plans.finance.rate-wrong", language, value=f"{discount:g}"), 2)
    with findings_refuse(language, form):
        built = scenario(changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb))
        found = paid_for(
            built,
            None if choices is None else read_choices(choices, built, limits(max_mb)),
            nominal=nominal,
            discount=None if discount is None else discount / 100,
        )
    answer = finance_answer(found, language) if table is None else table_answer(
        found, table.value, language
    )  # fmt: skip
    show(answer, form)


def finance_answer(found: Finance, lang: Language) -> Answer:
    """The sentence, uses and sources by year, indicators of each actor, what is not known."""
    sheets = [*finance_sheets(found, lang), *finding_sheets(found.findings, lang)]
    return Answer(
        as_dict(found, lang), sheets, _first(found, lang), _last(found, lang), rows=cash_rows(found)
    )


def table_answer(found: Finance, wanted: str, lang: Language) -> Answer:
    """One table of the Investment Plan, with the next step where a city must fill it in."""
    table = next(each for each in investment_tables(found) if each.id == wanted)
    rows = [table.texts(row, lang) for row in table.rows]
    right = tuple(n for n, each in enumerate(table.columns) if each.is_number)
    columns = [each.heading(lang) for each in table.columns]
    sheet = Sheet(f"{table.id}. {table.title(lang)}", columns, rows, right)
    return Answer(
        _table_data(table, lang),
        [sheet],
        _synthetic(found, lang),
        table.next_step(lang),
        rows=plain_rows(table, lang),
    )


def _table_data(table: InvestmentTable, lang: Language) -> dict[str, Any]:
    return {
        "id": table.id,
        "module": table.module,
        "title": table.title(lang),
        "next_step": table.next_step(lang),
        "rows": plain_rows(table, lang),
    }


def _synthetic(found: Finance, lang: Language) -> str:
    city = found.scenario.pack.city
    return city.name + say("cli.synthetic", lang) if city.synthetic else ""


# Sentences


def _first(found: Finance, lang: Language) -> str:
    city = found.scenario.pack.city
    spent = np.flatnonzero(found.capital.need.sum(axis=0))
    if not len(spent):
        return say("cli.finance-nothing", lang, city=city.name)
    about = {
        "city": city.name + (say("cli.synthetic", lang) if city.synthetic else ""),
        "total": euros(found.total_cents, lang),
        "first": str(found.years[int(spent[0])]),
        "last": str(found.years[int(spent[-1])]),
        "money": money_words(found, lang),
        "payers": _shares(found, lang),
    }
    if found.first_gap_year is None:
        return say("cli.finance-first-whole", lang, **about)
    return say(
        "cli.finance-first",
        lang,
        **about,
        gap=euros(found.gap_cents, lang),
        share=percent(found.gap_cents / found.total_cents, lang),
        gap_year=str(found.first_gap_year),
    )


def _shares(found: Finance, lang: Language) -> str:
    """Who pays how much, the largest first."""
    sums = {each: int(found.need_of(each).sum()) for each in found.payers}
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(
        f"{payer_name(name, lang)} {percent(sum_cents / found.total_cents, lang)}"
        for name, sum_cents in ranked
        if sum_cents
    )


def _last(found: Finance, lang: Language) -> str:
    return say(
        "cli.finance-last",
        lang,
        discount=percent(found.rates.discount, lang, 1),
        social=percent(found.rates.social_discount, lang, 1),
        inflation=percent(found.rates.inflation, lang, 1),
    )
