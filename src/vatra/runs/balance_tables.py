"""Residual, sinks, carbon budgets and net zero of an annual report as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vatra.contract.charts.table import Column, RenderedTable, gas_unit, tonnes_value
from vatra.runs.monitor_columns import number_column, percent_value, text_column, title_of
from vatra.tables import label
from vatra.tables.residuals import CAUSES
from vatra.units import MG_PER_T
from vatra.words import Language, say, tonnes

Row = tuple[Any, ...]


def residual_table(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """What is left by use and cause."""
    unit = gas_unit(document)
    found = document["residual"]
    rows: list[Row] = [
        (label("use", use, lang), *(tonnes_value(masses[cause]) for cause in CAUSES),
         tonnes_value(sum(masses.values())))
        for use, masses in found["by_use_mg"].items()
        if any(masses.values())
    ]  # fmt: skip
    sums = [sum(each[cause] for each in found["by_use_mg"].values()) for cause in CAUSES]
    if rows:
        rows.append((say("runs.monitor-together", lang), *map(tonnes_value, sums),
                     tonnes_value(sum(sums))))  # fmt: skip
    columns = (
        text_column("use", lang),
        *(Column(each, label("residual_cause", each, lang), unit, "number") for each in CAUSES),
        number_column("together", lang, unit),
    )
    title = title_of(
        "residual", lang, year=str(found["year"]), limit=tonnes(found["limit_mg"], lang)
    )
    totals = frozenset({len(rows) - 1}) if rows else frozenset[int]()
    return RenderedTable("residual", title, columns, tuple(rows), totals=totals)


def sinks_table(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """What each vintage counts in the target year; what may come back stands in the note."""
    unit = gas_unit(document)
    found, year = document["sinks"], str(document["city"]["target_year"])
    rows: list[Row] = [
        (say("runs.monitor-planted", lang, year=vintage), tonnes_value(mass))
        for vintage, mass in found["by_vintage_mg"][year].items()
    ]
    for name in ("buffer", "credits"):
        if found[f"{name}_mg"]:
            rows.append((say(f"runs.monitor-{name}", lang), tonnes_value(found[f"{name}_mg"])))
    columns = (text_column("sink", lang), number_column("counted", lang, unit))
    note = " ".join(_reversal(each, lang) for each in found["reversals"])
    return RenderedTable("sinks", title_of("sinks", lang, year=year), columns, tuple(rows), note)


def _reversal(each: Mapping[str, Any], lang: Language) -> str:
    return say(
        "plans.sinks.reversal", lang, name=each[f"name_{lang}"], vintage=str(each["vintage"]),
        year=str(each["year"]), mass=each["at_risk_mg"] / MG_PER_T,
    )  # fmt: skip


def budgets_table(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """Carbon budgets: used, left, gone."""
    unit = gas_unit(document)
    rows = tuple(
        (
            each["name"],
            say(f"runs.monitor-{each['method'].replace('_', '-')}", lang),
            tonnes_value(each["budget_mg"]),
            tonnes_value(each["used_mg"]),
            tonnes_value(each["left_mg"]),
            _moment(each["exhausted_thousandths"], lang),
            _moment(each["median_thousandths"], lang),
            percent_value(each["probability_ppm"]),
        )
        for each in document["budgets"]
    )
    columns = (
        text_column("budget", lang),
        text_column("shared", lang),
        number_column("whole", lang, unit),
        number_column("used", lang, unit),
        number_column("left", lang, unit),
        text_column("gone", lang),
        text_column("gone_median", lang),
        number_column("gone_probability", lang, "%"),
    )
    assumed = [_assumed(each, lang) for each in document["budgets"] if each["assumed_years"]]
    note = " ".join(dict.fromkeys(assumed))
    title = title_of("budgets", lang, year=list(document["pathway"]["planned_mg"])[-1])
    return RenderedTable("budgets", title, columns, rows, note)


def _moment(thousandths: int | None, lang: Language) -> str | None:
    """``2031, month 6`` in words."""
    if thousandths is None:
        return None
    year, part = divmod(thousandths, 1000)
    return say("runs.monitor-moment", lang, year=str(year), month=str(part * 12 // 1000 + 1))


def _assumed(each: Mapping[str, Any], lang: Language) -> str:
    years: Sequence[int] = each["assumed_years"]
    return say("runs.monitor-assumed", lang, name=each["name"], years=[str(y) for y in years])


def net_zero_table(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """Every condition of net zero and whether it is met."""
    found = document["net_zero"]
    rows = tuple(
        (say(f"runs.monitor-{'met' if each['met'] else 'unmet'}", lang), each[lang])
        for each in found["conditions"]
    )
    holds = "holds" if found["holds"] else "fails"
    title = say(f"plans.sinks.net-zero-{holds}", lang, year=str(found["year"]))
    return RenderedTable(
        "net_zero", title, (text_column("verdict", lang), text_column("condition", lang)), rows
    )
