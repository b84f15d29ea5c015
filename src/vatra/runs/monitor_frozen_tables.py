"""Indicators, money and measures of a progress report as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.table import Column, RenderedTable, Value, euro_value
from vatra.contract.render.outline import Heading, Outline, Tabled, Text
from vatra.runs.monitor_frozen import unit_of
from vatra.runs.monitor_pdf import report_outline
from vatra.tables import label
from vatra.words import Language, number, say

_SHARE_DECIMALS = 1


def _title(key: str, lang: Language, **params: Any) -> str:
    return say(f"runs.progress-{key}", lang, **params)


def _text(key: str, lang: Language) -> Column:
    return Column(key, _title(key.replace("_", "-"), lang))


def _number(key: str, lang: Language, unit: str, decimals: int = 0) -> Column:
    return Column(key, _title(key.replace("_", "-"), lang), unit, "number", decimals)


def indicators_table(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """Each indicator with its newest value, what the line asks for, and its target.

    Units differ from row to row, so values are written as texts.
    """
    columns = (
        *(_text(key, lang) for key in ("code", "indicator", "unit", "about", "baseline", "measured",
                                       "asked", "target", "verdict")),
    )  # fmt: skip
    rows = tuple(_indicator_row(each, document, lang) for each in document["indicators"])
    marks = {
        (place, len(columns) - 1)
        for place, each in enumerate(document["indicators"])
        if each["verdict"] == "behind"
    }
    return RenderedTable(
        "indicators",
        _title("title-indicators", lang),
        columns,
        rows,
        _title("line-means", lang),
        marks=frozenset(marks),
    )


def _indicator_row(
    each: Mapping[str, Any], document: Mapping[str, Any], lang: Language
) -> tuple[Value, ...]:
    last = each["values"][-1] if each["values"] else None
    return (
        each["code"],
        each["names"][lang],
        unit_of(each, lang),
        about_words(each, document, lang),
        _dated(each["baseline"], lang),
        None if last is None else f"{shown(last['value'], lang)} ({period(last, lang)})",
        None if each["expected"] is None else shown(each["expected"], lang),
        _dated(each["milestones"][-1], lang),
        verdict_words(each["verdict"], lang),
    )


def _dated(point: Mapping[str, Any] | None, lang: Language) -> str | None:
    return None if point is None else f"{shown(point['value'], lang)} ({point['year']})"


def shown(value: str, lang: Language) -> str:
    """A sealed decimal text as the language writes it."""
    return number(float(value), lang)


def period(value: Mapping[str, Any], lang: Language) -> str:
    """``2026``, or its first quarter."""
    if value["quarter"] is None:
        return str(value["year"])
    params = {"year": str(value["year"]), "quarter": str(value["quarter"])}
    return _title("quarter-of", lang, **params)


def verdict_words(verdict: str, lang: Language) -> str:
    """On track, behind, or no data."""
    return _title(f"verdict-{verdict.replace('_', '-')}", lang)


def about_words(each: Mapping[str, Any], document: Mapping[str, Any], lang: Language) -> str:
    """What an indicator is about: an action, a sector, or the whole city."""
    if each["action"]:
        name = document["names"].get(each["action"], {}).get(lang, "")
        return f"{each['action']} {name}".strip()
    if each["sector"]:
        return label("sector", each["sector"], lang)
    return _title("whole-city", lang)


def spending_table(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """Planned, committed and spent, year by year, and all together up to the last report."""
    money = document["spending"]
    parts = ("planned_cents", "committed_cents", "spent_cents")
    years = sorted({year for name in parts for year, cents in money[name].items() if cents})
    rows: list[tuple[Value, ...]] = [
        (year, *(euro_value(money[name].get(year)) for name in parts)) for year in years
    ]
    last = money["last_year"]
    if last is not None:
        sums = [
            [cents for year, cents in money[name].items() if int(year) <= last] for name in parts
        ]
        words = _title("until", lang, year=str(last))
        rows.append((words, *(euro_value(sum(each)) if each else None for each in sums)))
    columns = (_text("year", lang), *_money_columns(lang))
    totals = frozenset({len(rows) - 1} if last is not None else ())
    title = _title("title-spending", lang)
    return RenderedTable("spending", title, columns, tuple(rows), totals=totals)


def _money_columns(lang: Language) -> tuple[Column, ...]:
    return tuple(_number(key, lang, "EUR") for key in ("planned_eur", "committed_eur", "spent_eur"))


def measures_table(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """Every measure: its status, how far it is, how late, and its money until the last report."""
    reported = {each["code"]: each for each in document["actions"]}
    money = {each["code"]: each for each in document["spending"]["actions"]}
    last = document["spending"]["last_year"] or document["year"]
    rows = tuple(
        _measure_row(code, names[lang], document["statuses"][code], reported.get(code),
                     money[code], last, lang)
        for code, names in document["names"].items()
    )  # fmt: skip
    columns = (
        _text("code", lang),
        _text("measure", lang),
        _text("status", lang),
        _number("planned_share", lang, "%"),
        _number("reached_share", lang, "%"),
        _number("late", lang, _title("months", lang)),
        *_money_columns(lang),
    )
    return RenderedTable("measures", _title("title-measures", lang), columns, rows)


def _measure_row(
    code: str,
    name: str,
    status: str,
    report: Mapping[str, Any] | None,
    money: Mapping[str, Any],
    last: int | None,
    lang: Language,
) -> tuple[Value, ...]:
    due = [cents for year, cents in money["planned_cents"].items() if last and int(year) <= last]
    known = bool(money["planned_cents"]) and last is not None
    return (
        code,
        name,
        label("progress_status", status, lang),
        _percent(None if report is None else report["planned_ppm"]),
        _percent(None if report is None else report["reached_ppm"]),
        None if report is None else report["delay_months"],
        euro_value(sum(due)) if known else None,
        euro_value(_sum(money["committed_cents"])),
        euro_value(_sum(money["spent_cents"])),
    )


def _percent(ppm: Any) -> float | None:
    return None if ppm is None else round(ppm / 10_000, _SHARE_DECIMALS)


def _sum(by_year: Mapping[str, int]) -> int | None:
    return sum(by_year.values()) if by_year else None


def progress_tables(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Measures, money and indicators, those that have rows."""
    found = [each(document, lang) for each in (measures_table, spending_table, indicators_table)]
    return [each for each in found if each.rows]


def frozen_outline(document: Mapping[str, Any], lang: Language) -> Outline:
    """A sealed progress report as a document: which edition it is, then what all reports say."""
    told = report_outline(document, lang)
    about = document["report"]
    words = _title("edition", lang, year=str(about["year"]), number=str(about["number"]))
    if about["replaces"]:
        words += " " + _title("replaces", lang, seal=about["replaces"])
    own = [Tabled(each) for each in progress_tables(document, lang)]
    heading, *rest = told.blocks
    cover = told.cover
    blocks = (heading, Text(words), Heading(_title("measures-money", lang)), *own,
              Heading(_title("reckoning", lang)), *rest)  # fmt: skip
    return Outline(
        lang=told.lang,
        title=told.title,
        cover=type(cover)(
            city=cover.city,
            kind=_title("kind", lang),
            years=str(about["year"]),
            facts=cover.facts,
            synthetic=cover.synthetic,
        ),
        blocks=blocks,
        seal=told.seal,
        footer=told.footer,
    )
