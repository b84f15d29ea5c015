"""The annual report as people read it: sentences and tables, for the terminal, pages and PDF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.table import (
    Column,
    RenderedTable,
    euro_value,
    gas_unit,
    tonnes_value,
)
from vatra.runs.balance_tables import budgets_table, net_zero_table, residual_table, sinks_table
from vatra.runs.monitor_columns import number_column, percent_value, text_column, title_of
from vatra.tables import label
from vatra.words import Language, percent, say, tonnes

PPM = 1_000_000
SLIPS_SHOWN = 10
Row = tuple[Any, ...]


def report_sentences(document: Mapping[str, Any], lang: Language) -> list[str]:
    """The answer first, then alerts, then what was measured."""
    target, city = document["target"], document["city"]
    about = {
        "city": city["name"],
        "year": str(city["target_year"]),
        "planned": tonnes(target["planned"]["target_mg"], lang),
        "planned_cut": _percent(target["planned"]["cut_ppm"], lang, 1),
        "promised": _percent(city["target_cut_ppm"], lang, 2),
    }
    for name, each in target["expected"].items():
        about |= {
            name: tonnes(each["target_mg"], lang),
            f"{name}_cut": _percent(each["cut_ppm"], lang, 1),
        }
    known = "monitor-first" if document["year"] is not None else "monitor-first-nothing"
    last = {"last": str(document["year"])} if document["year"] is not None else {}
    found = [say(f"runs.{known}", lang, **about, **last)]
    found += _alerts(document, lang)
    for year, mass in document["measured_mg"].items():
        planned = document["pathway"]["planned_mg"][year]
        found.append(
            say("runs.monitor-measured", lang, year=year, measured=tonnes(mass, lang),
                planned=tonnes(planned, lang))
        )  # fmt: skip
    return found


def _alerts(document: Mapping[str, Any], lang: Language) -> list[str]:
    """One for each pace below the threshold; one for the plan where nothing was reported."""
    target = document["target"]
    stages = target["expected"]
    alerts = list(target["alerts"])
    if document["year"] is None and alerts:
        stages, alerts = {"planned": target["planned"]}, ["planned"]
    return [
        say(
            "runs.monitor-alert",
            lang,
            method=say(f"runs.monitor-{name.replace('_', '-')}", lang),
            probability=_percent(stages[name]["probability_ppm"], lang, 1),
            error=_percent(stages[name]["error_ppm"], lang, 1),
            threshold=_percent(target["threshold_ppm"], lang),
        )
        for name in alerts
    ]


def _percent(ppm: int, lang: Language, decimals: int = 0) -> str:
    return percent(ppm / PPM, lang, decimals)


def report_tables(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Target year, actions, slip cost, causes; then residual, sinks, budgets and net zero."""
    found = [_target(document, lang), _actions(document, lang), _slips(document, lang)]
    if document["why"] is not None:
        found.append(_why(document, lang))
    found += [
        residual_table(document, lang),
        sinks_table(document, lang),
        budgets_table(document, lang),
    ]
    found.append(net_zero_table(document, lang))
    return [each for each in found if each.rows]


def _target(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    unit = gas_unit(document)
    target = document["target"]
    # Without a report there is nothing to expect but the plan.
    expected = {} if document["year"] is None else target["expected"]
    stages = {"planned": target["planned"], **expected}
    rows: list[Row] = [
        (
            say(f"runs.monitor-{name.replace('_', '-')}", lang),
            tonnes_value(each["target_mg"]),
            tonnes_value(each["target_mg"] - target["planned"]["target_mg"]),
            percent_value(each["cut_ppm"]),
            percent_value(each["probability_ppm"]),
            percent_value(each["error_ppm"]),
        )
        for name, each in stages.items()
    ]
    allowed = (target["base_mg"] - target["allowed_mg"]) * PPM // max(target["base_mg"], 1)
    rows.append((say("runs.monitor-allowed", lang), tonnes_value(target["allowed_mg"]), None,
                 percent_value(allowed), None, None))  # fmt: skip
    columns = (
        text_column("stage", lang),
        number_column("net", lang, unit),
        number_column("change", lang, unit),
        number_column("cut", lang, "%", 1),
        number_column("probability", lang, "%", 1),
        number_column("error", lang, "±", 1),
    )
    title = title_of("target", lang, year=str(document["city"]["target_year"]))
    return RenderedTable("target", title, columns, tuple(rows))


def _actions(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    rows = tuple(
        (
            each["code"],
            _name(document, each["code"], lang),
            label("progress_status", each["status"], lang),
            percent_value(each["planned_ppm"]),
            percent_value(each["reached_ppm"]),
            each["delay_months"],
            euro_value(each["spent_cents"]),
            _spent_percent(each),
            _year(each["full_year"]["pace_seen"]),
            _year(each["full_year"]["plan_pace"]),
        )
        for each in document["actions"]
    )
    columns = (
        text_column("code", lang),
        text_column("action", lang),
        text_column("status", lang),
        number_column("planned_share", lang, "%"),
        number_column("reached_share", lang, "%"),
        number_column("late", lang, say("runs.monitor-months", lang)),
        number_column("spent", lang, "EUR"),
        number_column("spent_share", lang, "%"),
        text_column("full_pace_seen", lang),
        text_column("full_plan_pace", lang),
    )
    return RenderedTable("actions", title_of("actions", lang), columns, rows)


def _spent_percent(each: Mapping[str, Any]) -> float | None:
    """Spent of the capital that the plan asks for in all [%]: to be read beside what is reached."""
    if each["spent_cents"] is None or not each["capital_cents"]:
        return None
    return round(float(each["spent_cents"] * 100 / each["capital_cents"]), 2)


def _name(document: Mapping[str, Any], code: str, lang: Language) -> str:
    """Name of an action; nothing for one that only an earlier version had."""
    return str(document["names"].get(code, {}).get(lang, ""))


def _year(year: int | None) -> str | None:
    return None if year is None else str(year)


def _slips(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """The actions whose delay costs most, the delays side by side."""
    unit = gas_unit(document)
    by_code: dict[str, dict[int, Mapping[str, Any]]] = {}
    for each in document["slips"]:
        by_code.setdefault(each["code"], {})[each["months"]] = each
    months = sorted({each["months"] for each in document["slips"]})
    longest = months[-1] if months else 0

    def cost(code: str) -> int:
        return int(by_code[code][longest]["cumulative_mg"])

    worst = sorted(by_code, key=lambda code: (-cost(code), code))[:SLIPS_SHOWN]
    rows = tuple(
        (
            code,
            _name(document, code, lang),
            *(tonnes_value(by_code[code][late]["cumulative_mg"]) for late in months),
            tonnes_value(by_code[code][longest]["target_mg"]),
        )
        for code in worst
        if cost(code)
    )
    late = [
        Column(f"late_{each}", say("runs.monitor-slip", lang, count=each), unit, "number")
        for each in months
    ]
    last = say("runs.monitor-slip-target", lang, count=longest)
    columns = (
        text_column("code", lang),
        text_column("action", lang),
        *late,
        Column("target", last, unit, "number"),
    )
    return RenderedTable("slips", title_of("slips", lang), columns, rows)


def _why(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    unit = gas_unit(document)
    found = document["why"]
    causes = [each for each in found["causes"] if each["effect_mg"]]
    causes.sort(key=lambda each: (-abs(each["effect_mg"]), each["kind"], each["code"]))
    rows: list[Row] = [
        (
            say(f"runs.monitor-kind-{each['kind'].replace('_', '-')}", lang),
            each["code"],
            _name(document, each["code"], lang),
            tonnes_value(each["effect_mg"]),
            tonnes_value(each["error_mg"]) if each["error_mg"] else None,
        )
        for each in causes
    ]
    change = found["after_mg"] - found["before_mg"]
    rows.append((say("runs.monitor-together", lang), "", "", tonnes_value(change), None))
    columns = (
        text_column("cause", lang),
        text_column("code", lang),
        text_column("action", lang),
        number_column("effect", lang, unit),
        number_column("sampling", lang, unit),
    )
    title = title_of("why", lang, before=tonnes(found["before_mg"], lang),
                   after=tonnes(found["after_mg"], lang))  # fmt: skip
    return RenderedTable("why", title, columns, tuple(rows), totals=frozenset({len(rows) - 1}))
