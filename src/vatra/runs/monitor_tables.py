"""The annual report as people read it: sentences and tables, for the terminal, pages and PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vatra.contract.charts.table import (
    Column,
    RenderedTable,
    euro_value,
    gas_unit,
    tonnes_value,
)
from vatra.tables import label
from vatra.tables.residuals import CAUSES
from vatra.words import Language, percent, say, tonnes

PPM = 1_000_000
PPM_PER_PERCENT = 10_000
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
    found += [_residual(document, lang), _sinks(document, lang), _budgets(document, lang)]
    found.append(_net_zero(document, lang))
    return [each for each in found if each.rows]


def _title(name: str, lang: Language, **params: str) -> str:
    return say(f"runs.monitor-title-{name}", lang, **params)


def _text(key: str, lang: Language) -> Column:
    return Column(key, say(f"runs.monitor-{key.replace('_', '-')}", lang))


def _number(key: str, lang: Language, unit: str = "", decimals: int = 0) -> Column:
    title = say(f"runs.monitor-{key.replace('_', '-')}", lang)
    return Column(key, title, unit, "number", decimals)


def _shares(ppm: int | None) -> float | None:
    return None if ppm is None else ppm / PPM_PER_PERCENT


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
            _shares(each["cut_ppm"]),
            _shares(each["probability_ppm"]),
            _shares(each["error_ppm"]),
        )
        for name, each in stages.items()
    ]
    allowed = (target["base_mg"] - target["allowed_mg"]) * PPM // max(target["base_mg"], 1)
    rows.append((say("runs.monitor-allowed", lang), tonnes_value(target["allowed_mg"]), None,
                 _shares(allowed), None, None))  # fmt: skip
    columns = (
        _text("stage", lang),
        _number("net", lang, unit),
        _number("change", lang, unit),
        _number("cut", lang, "%", 1),
        _number("probability", lang, "%", 1),
        _number("error", lang, "±", 1),
    )
    title = _title("target", lang, year=str(document["city"]["target_year"]))
    return RenderedTable("target", title, columns, tuple(rows))


def _actions(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    rows = tuple(
        (
            each["code"],
            _name(document, each["code"], lang),
            label("progress_status", each["status"], lang),
            _shares(each["planned_ppm"]),
            _shares(each["reached_ppm"]),
            each["delay_months"],
            euro_value(each["spent_cents"]),
            _year(each["full_year"]["pace_seen"]),
            _year(each["full_year"]["plan_pace"]),
        )
        for each in document["actions"]
    )
    columns = (
        _text("code", lang),
        _text("action", lang),
        _text("status", lang),
        _number("planned_share", lang, "%"),
        _number("reached_share", lang, "%"),
        _number("late", lang, say("runs.monitor-months", lang)),
        _number("spent", lang, "EUR"),
        _text("full_pace_seen", lang),
        _text("full_plan_pace", lang),
    )
    return RenderedTable("actions", _title("actions", lang), columns, rows)


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
        _text("code", lang),
        _text("action", lang),
        *late,
        Column("target", last, unit, "number"),
    )
    return RenderedTable("slips", _title("slips", lang), columns, rows)


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
        _text("cause", lang),
        _text("code", lang),
        _text("action", lang),
        _number("effect", lang, unit),
        _number("sampling", lang, unit),
    )
    title = _title("why", lang, before=tonnes(found["before_mg"], lang),
                   after=tonnes(found["after_mg"], lang))  # fmt: skip
    return RenderedTable("why", title, columns, tuple(rows), totals=frozenset({len(rows) - 1}))


def _residual(document: Mapping[str, Any], lang: Language) -> RenderedTable:
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
        _text("use", lang),
        *(Column(each, label("residual_cause", each, lang), unit, "number") for each in CAUSES),
        _number("together", lang, unit),
    )
    title = _title("residual", lang, year=str(found["year"]), limit=tonnes(found["limit_mg"], lang))
    totals = frozenset({len(rows) - 1}) if rows else frozenset[int]()
    return RenderedTable("residual", title, columns, tuple(rows), totals=totals)


def _sinks(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    unit = gas_unit(document)
    found, year = document["sinks"], str(document["city"]["target_year"])
    rows: list[Row] = [
        (say("runs.monitor-planted", lang, year=vintage), tonnes_value(mass))
        for vintage, mass in found["by_vintage_mg"][year].items()
    ]
    for name in ("buffer", "credits"):
        if found[f"{name}_mg"]:
            rows.append((say(f"runs.monitor-{name}", lang), tonnes_value(found[f"{name}_mg"])))
    columns = (_text("sink", lang), _number("counted", lang, unit))
    note = " ".join(_reversal(each, lang) for each in found["reversals"])
    return RenderedTable("sinks", _title("sinks", lang, year=year), columns, tuple(rows), note)


def _reversal(each: Mapping[str, Any], lang: Language) -> str:
    return say(
        "plans.sinks.reversal", lang, name=each[f"name_{lang}"], vintage=str(each["vintage"]),
        year=str(each["year"]), mass=each["at_risk_mg"] / 1_000_000_000,
    )  # fmt: skip


def _budgets(document: Mapping[str, Any], lang: Language) -> RenderedTable:
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
            _shares(each["probability_ppm"]),
        )
        for each in document["budgets"]
    )
    columns = (
        _text("budget", lang),
        _text("shared", lang),
        _number("whole", lang, unit),
        _number("used", lang, unit),
        _number("left", lang, unit),
        _text("gone", lang),
        _text("gone_median", lang),
        _number("gone_probability", lang, "%"),
    )
    assumed = [_assumed(each, lang) for each in document["budgets"] if each["assumed_years"]]
    note = " ".join(dict.fromkeys(assumed))
    title = _title("budgets", lang, year=list(document["pathway"]["planned_mg"])[-1])
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


def _net_zero(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    found = document["net_zero"]
    rows = tuple(
        (say(f"runs.monitor-{'met' if each['met'] else 'unmet'}", lang), each[lang])
        for each in found["conditions"]
    )
    holds = "holds" if found["holds"] else "fails"
    title = say(f"plans.sinks.net-zero-{holds}", lang, year=str(found["year"]))
    return RenderedTable(
        "net_zero", title, (_text("verdict", lang), _text("condition", lang)), rows
    )
