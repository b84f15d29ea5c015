"""The answer of ``vatra blocks sun``: a sentence, the months, the members, and the tanks."""

from __future__ import annotations

from typing import Any

from babel.dates import get_month_names

from vatra.cli.output import Answer, Sheet, finding_sheets
from vatra.plans.sunpower import Rule
from vatra.runs.sunpower import SunRun
from vatra.runs.sunpower_rain import RainRun, rain_rows
from vatra.runs.sunpower_rows import member_rows, month_rows, per_kwp_kwh, summary
from vatra.words import Language, euros, number, percent, say

_MONTH_KEYS = ("load", "made", "own", "shared", "fed", "bought", "lost")
_MEMBERS_SHOWN = 12
_UNKNOWN = "–"


def sun_answer(run: SunRun, rain: RainRun | None, lang: Language, written: str = "") -> Answer:
    """The year in a sentence, a row a month, the members with most and least; CSV has them all."""
    year = summary(run)
    data = {
        **year,
        "months": month_rows(run),
        "members": member_rows(run),
        "rain": None if rain is None else rain_rows(rain),
        "findings": [each.as_dict(lang) for each in run.findings],
    }
    sheets = [_months(run, lang), _members(run, lang)]
    sheets += [_tanks(rain, lang)] if rain is not None else []
    return Answer(
        data,
        [*sheets, *finding_sheets(run.findings, lang)],
        _first(run, year, lang),
        "\n".join(_last(run, rain, lang, written)),
        rows=member_rows(run),
    )


def _first(run: SunRun, year: dict[str, Any], lang: Language) -> str:
    per_kwp = per_kwp_kwh(run)
    used = year["own_wh"] + year["shared_wh"]
    return say(
        "cli.sun-first-block" if run.building else "cli.sun-first-quarter",
        lang,
        building=run.building or "",
        blocks=number(year["blocks_count"], lang),
        flats=number(year["flats_count"], lang),
        kwp=number(year["kwp"], lang, 1),
        made=_mwh(year["made_wh"], lang),
        per_kwp=_UNKNOWN if per_kwp is None else number(per_kwp, lang, 0),
        used=_mwh(used, lang),
        covered=percent(year["covered_share"] or 0.0, lang),
        own=percent(year["own_share"] or 0.0, lang),
        money=euros(year["total_cents"], lang),
    )


def _mwh(energy_wh: int, lang: Language) -> str:
    return number(energy_wh / 1e6, lang, 1)


def _months(run: SunRun, lang: Language) -> Sheet:
    names = get_month_names("abbreviated", locale=lang)
    records = month_rows(run)
    # Nobody shares with a block alone.
    shown = [each for each in _MONTH_KEYS if each != "shared" or run.building is None]
    keys = [f"{name}_wh" for name in shown]
    rows = [
        [str(names[each["month"]]), *(number(each[key] / 1e3, lang, 0) for key in keys)]
        for each in records
    ]
    total = [sum(each[key] for each in records) for key in keys]
    rows.append([say("cli.sun-year", lang), *(number(each / 1e3, lang, 0) for each in total)])
    headings = [say("runs.sun-month", lang)]
    headings += [say(f"runs.sun-{name}", lang) for name in shown]
    return Sheet(say("cli.sun-months-title", lang), headings, rows, tuple(range(1, len(headings))))


def _members(run: SunRun, lang: Language) -> Sheet:
    """Who has most first; of many, the ends."""
    rows = sorted(member_rows(run), key=lambda row: -row["total_cents"])
    shown = rows
    if len(rows) > _MEMBERS_SHOWN:
        shown = [*rows[: _MEMBERS_SHOWN // 2], *rows[-_MEMBERS_SHOWN // 2 :]]
    cells = [_member(row, lang) for row in shown]
    if len(rows) > len(shown):
        more = number(len(rows) - len(shown), lang)
        text = say("cli.sun-more", lang, more=more)
        cells.insert(_MEMBERS_SHOWN // 2, [text, *([""] * 5)])
    names = ("member", "own", "fed", "bought", "saved", "credited")
    headings = [say(f"cli.sun-{name}", lang) for name in names]
    title = "cli.sun-flats-title" if run.building else "cli.sun-blocks-title"
    return Sheet(say(title, lang), headings, cells, tuple(range(1, 6)))


def _member(row: dict[str, Any], lang: Language) -> list[str]:
    own = row["own_wh"] + row.get("direct_wh", 0)
    saved = row["direct_cents"] + row["own_cents"]
    credited = row["credit_cents"] + row["market_cents"]
    return [
        row["member"] or say("cli.sun-common", lang),
        *(number(each / 1e3, lang, 0) for each in (own, row["fed_wh"], row["bought_wh"])),
        *(number(each / 100, lang, 2) for each in (saved, credited)),
    ]


def _tanks(rain: RainRun, lang: Language) -> Sheet:
    rows = [
        (
            number(row["tank_m3"], lang, 1),
            number(row["used_m3"], lang, 0),
            number(row["overflow_m3"], lang, 0),
            number(row["mains_m3"], lang, 0),
            percent(row["saved_share"], lang),
        )
        for row in rain_rows(rain)
    ]
    names = ("tank", "used", "overflow", "mains", "saved-share")
    headings = [say(f"cli.sun-{name}", lang) for name in names]
    title = say(
        "cli.sun-tanks-title",
        lang,
        roof=number(rain.roof_m2, lang, 0),
        green=number(rain.green_m2, lang, 0),
        need=number(float(rain.tanks.need_m3.sum()), lang, 0),
    )
    return Sheet(title, headings, rows, tuple(range(5)))


def _last(run: SunRun, rain: RainRun | None, lang: Language, written: str) -> list[str]:
    said = [
        *(_rule(each, run, lang) for each in run.income.rules),
        say("cli.sun-one-meter" if run.asked.one_meter else "cli.sun-own-meters", lang),
        say("cli.sun-synthetic-hours", lang),
    ]
    if any(each.building.synthetic for each in run.blocks):
        said.append(say("cli.stock-synthetic", lang))
    if run.climate.synthetic:
        said.append(say("cli.stock-climate", lang))
    if rain is not None and rain.rain.synthetic:
        said.append(say("cli.sun-synthetic-rain", lang))
    return [*said, written] if written else said


def _rule(rule: Rule, run: SunRun, lang: Language) -> str:
    prices = run.income.prices
    return say(
        f"cli.sun-rule-{rule.rule}",
        lang,
        article=rule.article(lang),
        above=number(rule.power_above_kw, lang, 0),
        upto=number(rule.power_to_kw, lang, 0),
        active=number(prices.active, lang, 0),
        market=number(prices.market, lang, 0),
        months=rule.carry_months,
    )
