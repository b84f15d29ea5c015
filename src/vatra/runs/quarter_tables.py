"""A quarter's plan in tables, for the terminal and the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vatra.contract.charts.table import Column, RenderedTable, Value, text_column
from vatra.plans.retrofit import default_options
from vatra.runs.blueprint_remeasure import Remeasure
from vatra.runs.quarter import QuarterRun
from vatra.runs.quarter_rows import (
    Row,
    block_rows,
    carrier_rows,
    class_rows,
    package_rows,
    published_rows,
    totals,
    year_rows,
)
from vatra.runs.quarter_works_chart import payer_word
from vatra.tables import label
from vatra.words import Language, has, say

_GWH, _T, _EUR, _MW = 1e9, 1e6, 100.0, 1e6
_PERCENT = 100.0
# Name, unit and how many of the machine's units make one of it; and where draws give a range.
_FIGURES = (
    ("heating_wh", "GWh", _GWH, "heating_{}_wh"),
    ("primary_wh", "GWh", _GWH, "primary_{}_wh"),
    ("co2_g", "t", _T, "co2_{}_g"),
    ("bill_cents", "EUR", _EUR, "bill_{}_cents"),
    ("peak_heat_w", "MW", _MW, ""),
)


def plan_tables(run: QuarterRun, lang: Language) -> list[RenderedTable]:
    """Every table but the blocks one by one."""
    return [
        figures_table(run, lang),
        payers_table(run, lang),
        packages_table(run, lang),
        years_table(run, lang),
        classes_table(run, lang),
        carriers_table(run, lang),
    ]


def figures_table(run: QuarterRun, lang: Language) -> RenderedTable:
    """Before, after and how far it goes down; P10 to P90 after the works."""
    whole = totals(run)
    rows = []
    for name, unit, scale, drawn in _FIGURES:
        before, after = whole[f"before_{name}"] / scale, whole[f"after_{name}"] / scale
        ends = whole["ranges"][drawn.format("after")] if drawn else None
        rows.append(
            (
                say(f"runs.quarter-{name.rsplit('_', 1)[0]}", lang),
                unit,
                before,
                after,
                _PERCENT * (1 - after / before) if before else None,
                ends[0] / scale if ends else None,
                ends[2] / scale if ends else None,
            )
        )
    columns = (
        text_column("figure", "runs.quarter-figure", lang),
        text_column("unit", "runs.quarter-unit", lang),
        _number("before", "before", lang, decimals=1),
        _number("after", "after", lang, decimals=1),
        _number("cut", "cut", lang, "%", 1),
        _number("p10", "p10", lang, decimals=1),
        _number("p90", "p90", lang, decimals=1),
    )
    note = say("runs.quarter-ranges-note", lang, draws=run.spread.draws)
    return _table("figures", columns, rows, lang, note)


def payers_table(run: QuarterRun, lang: Language) -> RenderedTable:
    """What each payer bears; the last row is the whole, exactly."""
    paid, whole = run.chosen.payers_cents, run.chosen.cost_cents
    rows: list[tuple[Value, ...]] = [
        (payer_word(payer, lang), cents / _EUR, _PERCENT * cents / whole if whole else None)
        for payer, cents in paid.items()
    ]
    rows.append((say("runs.quarter-all", lang), whole / _EUR, _PERCENT if whole else None))
    columns = (
        text_column("payer", "runs.quarter-payer", lang),
        _number("cost", "cost", lang, "EUR", 2),
        _number("share", "share", lang, "%", 1),
    )
    undivided = totals(run)["undivided_cents"]
    note = say("runs.quarter-vat-note", lang, vat=run.menu.vat_percent or 0.0)
    if undivided:
        note += " " + say("runs.quarter-undivided", lang, amount=undivided / _EUR)
    return _table("payers", columns, rows, lang, note, frozenset({len(rows) - 1}))


def packages_table(run: QuarterRun, lang: Language) -> RenderedTable:
    """Which works on how many blocks."""
    letters = package_letters(run)
    rows = [
        (
            letters[each["package"]],
            package_words(each["options"], lang),
            each["blocks_count"],
            each["flats_count"],
            each["cost_cents"] / _EUR,
        )
        for each in package_rows(run)
    ]
    columns = (
        text_column("letter", "runs.quarter-letter", lang),
        text_column("package", "runs.quarter-package", lang),
        _number("blocks", "blocks", lang),
        _number("flats", "flats", lang),
        _number("cost", "cost", lang, "EUR"),
    )
    return _table("packages", columns, rows, lang)


def years_table(run: QuarterRun, lang: Language) -> RenderedTable:
    """Works, money, jobs and savings by year."""
    listed = year_rows(run)
    rows = [
        (
            str(each["year"]),
            each["blocks_done_count"],
            each["flats_count"],
            each["cost_cents"] / _EUR,
            each["jobs_count"],
            each["saved_co2_g"] / _T,
            each["saved_co2_g_so_far"] / _T,
        )
        for each in listed
    ]
    columns = (
        text_column("year", "runs.quarter-year", lang),
        _number("done", "blocks-done", lang),
        _number("flats", "flats-worked", lang),
        _number("cost", "cost", lang, "EUR"),
        _number("jobs", "jobs", lang),
        _number("saved", "saved-co2", lang, "t"),
        _number("so_far", "saved-so-far", lang, "t"),
    )
    most = max(listed, key=lambda each: each["jobs_count"])
    note = say(
        "runs.quarter-years-note", lang, low=most["jobs_low_count"], high=most["jobs_high_count"]
    )
    return _table("years", columns, rows, lang, note)


def classes_table(run: QuarterRun, lang: Language) -> RenderedTable:
    """Blocks by energy class."""
    rows = [
        (each["energy_class"], each["before_count"], each["after_count"])
        for each in class_rows(run)
    ]
    columns = (
        text_column("class", "runs.quarter-class", lang),
        _number("before", "before", lang),
        _number("after", "after", lang),
    )
    return _table("classes", columns, rows, lang)


def carriers_table(run: QuarterRun, lang: Language) -> RenderedTable:
    """Energy bought by carrier."""
    rows = [
        (label("carrier", each["carrier"], lang), each["before_wh"] / _GWH, each["after_wh"] / _GWH)
        for each in carrier_rows(run)
    ]
    columns = (
        text_column("carrier", "runs.quarter-carrier", lang),
        _number("before", "before", lang, "GWh", 1),
        _number("after", "after", lang, "GWh", 1),
    )
    return _table("carriers", columns, rows, lang)


def published_table(lang: Language) -> RenderedTable:
    """What is published of real quarters, and how far it can be trusted."""
    rows = [
        (
            say(f"runs.quarter-published-{each['place']}-{each['quantity']}", lang),
            each["low"],
            each["value"],
            each["high"],
            each["source"],
            each["doubt"],
        )
        for each in published_rows()
    ]
    columns = (
        text_column("figure", "runs.quarter-figure", lang),
        _number("low", "low", lang),
        _number("value", "value", lang),
        _number("high", "high", lang),
        text_column("source", "runs.quarter-source", lang),
        text_column("doubt", "runs.quarter-doubt", lang),
    )
    return _table("published", columns, rows, lang)


def measure_table(listed: tuple[Remeasure, ...], lang: Language) -> RenderedTable:
    """What to measure again: why, and how."""
    rows = [(len(each.blocks) or None, each.reason(lang), each.how(lang)) for each in listed]
    columns = (
        _number("blocks", "blocks", lang),
        text_column("why", "runs.quarter-why", lang),
        text_column("how", "runs.quarter-how", lang),
    )
    return _table("measure", columns, rows, lang)


def blocks_table(run: QuarterRun, lang: Language) -> RenderedTable:
    """The blocks one by one."""
    letters = package_letters(run)
    rows = [_block(each, letters) for each in block_rows(run)]
    columns = (
        text_column("block", "runs.quarter-block", lang),
        _number("flats", "flats", lang),
        text_column("package", "runs.quarter-letter", lang),
        text_column("year", "runs.quarter-year", lang, "–"),
        _number("cost", "cost", lang, "EUR"),
        _number("flat", "owners-flat", lang, "EUR"),
        text_column("class", "runs.quarter-class", lang),
        _number("saved", "saved-co2", lang, "t", 1),
    )
    return _table("blocks", columns, rows, lang)


def package_letters(run: QuarterRun) -> dict[str, str]:
    """A short name of each package chosen, in the order of their table: P1, P2, ..."""
    return {each["package"]: f"P{place}" for place, each in enumerate(package_rows(run), start=1)}


def _block(row: Row, letters: Mapping[str, str]) -> tuple[Value, ...]:
    flat = row["owners_flat_cents"]
    return (
        row["name"] or row["building"],
        row["flats_count"],
        letters[row["package"]],
        str(row["done"]) if row["done"] else None,
        row["cost_cents"] / _EUR,
        None if flat is None else flat / _EUR,
        f"{row['class_before']} → {row['class_after']}",
        (row["before_co2_g"] - row["after_co2_g"]) / _T,
    )


def package_words(options: Mapping[str, str], lang: Language) -> str:
    """A package by the names of what is done."""
    known = {each.id: each for axis in default_options().values() for each in axis}
    done = [known[each].name.text(lang) for each in options.values() if known[each].items]
    return ", ".join(done) or say("runs.quarter-nothing", lang)


def _number(key: str, word: str, lang: Language, unit: str = "", decimals: int = 0) -> Column:
    return Column(key, say(f"runs.quarter-{word}", lang), unit, "number", decimals)


def _table(
    name: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Value, ...]],
    lang: Language,
    note: str = "",
    sums: frozenset[int] = frozenset(),
) -> RenderedTable:
    key = f"runs.quarter-table-{name}-note"
    said = note or (say(key, lang) if has(key) else "")
    title = say(f"runs.quarter-table-{name}", lang)
    return RenderedTable(f"quarter-{name}", title, columns, tuple(rows), said, totals=sums)
