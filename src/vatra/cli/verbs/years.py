"""The series of a city over all of its years."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import polars as pl
import typer

from vatra.cli.figures import city_name, in_tonnes
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
)
from vatra.cli.output import (
    Answer,
    Format,
    Sheet,
    finding_sheets,
    findings_refuse,
    show,
    speak,
)
from vatra.runs.contract import Run, run_pack
from vatra.runs.years import GROUPINGS, yearly, years_shown
from vatra.tables import label
from vatra.tables.gpc import categories
from vatra.units import MG_PER_T
from vatra.words import Language, say, tonnes

MADE = "≈"
MISSING_CODES = ("runs.year-missing", "plans.year-gap")


class By(StrEnum):
    """Names of ``runs.years.GROUPINGS``, as the command line takes them."""

    TOTAL = "total"
    SECTOR = "sector"
    CATEGORY = "category"
    GAS = "gas"


def years(
    pack: PackPath,
    by: Annotated[By, typer.Option("--by", help="What makes a line of the table.")] = By.SECTOR,
    interpolate: Annotated[
        bool,
        typer.Option(
            "--interpolate", help=f"Fill missing years between two others, marked {MADE}."
        ),
    ] = False,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """Emissions of every year side by side; a year without rows stays blank.

    Example: [bold]vatra years examples/valea-lupului-de-sus --by sector --interpolate[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        run = run_pack(
            changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb),
            with_plan=False,
        )
    show(years_answer(run, by.value, interpolate, language), form)


def years_answer(run: Run, by: str, interpolate: bool, lang: Language) -> Answer:
    """One line for each group and their total, one column for each year."""
    target = run.pack.city.target_year
    series = yearly(run.inventory.cells, by, target, interpolate)
    shown = years_shown(run.inventory.years, target)
    groups = _values(series, GROUPINGS[by])
    rows = [_data_row(by, group, year, values) for group, values in groups.items()
            for year in shown]  # fmt: skip
    data = {
        "city": run.pack.city.name,
        "synthetic": run.pack.city.synthetic,
        "by": by,
        "target_year": target,
        "interpolated": interpolate,
        "years": list(shown),
        "rows": rows,
    }
    missing = [each for each in run.findings if each.code in MISSING_CODES]
    sheets = [_sheet(run, by, groups, shown, interpolate, lang), *finding_sheets(missing, lang)]
    return Answer(data, sheets, _first(run, lang), _last(rows, lang), rows=rows)


Values = dict[int, tuple[int, bool]]


def _values(series: pl.DataFrame, names: tuple[str, ...]) -> dict[str, Values]:
    """Mass [mg] of each year and whether it was made by interpolation, by group."""
    found: dict[str, Values] = {}
    for row in series.iter_rows(named=True):
        group = str(row[names[0]]) if names else "total"
        found.setdefault(group, {})[row["year"]] = (row["co2e_mg"], row["interpolated"])
    return found


def _data_row(by: str, group: str, year: int, values: Values) -> dict[str, Any]:
    mass_mg, made = values.get(year, (None, False))
    return {
        by: group,
        "year": year,
        "t_co2e": None if mass_mg is None else mass_mg / MG_PER_T,
        "interpolated": made,
    }


def _sheet(
    run: Run,
    by: str,
    groups: dict[str, Values],
    shown: tuple[int, ...],
    interpolate: bool,
    lang: Language,
) -> Sheet:
    target = run.pack.city.target_year
    rows = [
        (_name(by, group, lang), *(_cell(values.get(year), lang) for year in shown))
        for group, values in groups.items()
    ]
    if by != "total":
        sums = yearly(run.inventory.cells, "total", target, interpolate)
        total = _values(sums, ())["total"]
        rows.append((say("cli.total", lang), *(_cell(total.get(year), lang) for year in shown)))
    years = [
        say("cli.years-target", lang, year=str(year)) if year >= target else str(year)
        for year in shown
    ]
    columns = [say(f"cli.years-by-{by}", lang), *years]
    return Sheet(say("cli.years-title", lang), columns, rows, tuple(range(1, len(columns))))


def _name(by: str, group: str, lang: Language) -> str:
    if by == "total":
        return say("cli.total", lang)
    if not group:
        return say("cli.doubt-print-rounding", lang)
    if by == "category" and group in categories():
        return f"{group} {label('sub_sector', categories()[group].sub_sector, lang)}"
    return label(by, group, lang)


def _cell(value: tuple[int, bool] | None, lang: Language) -> str:
    """A figure, with its sign where it was made; blank where there is none."""
    if value is None:
        return ""
    mass_mg, made = value
    return (f"{MADE}\u00a0" if made else "") + in_tonnes(mass_mg, lang)


def _first(run: Run, lang: Language) -> str:
    """The total of the first year and of the last that is no projection."""
    totals, target = run.contract["totals"]["all"], run.pack.city.target_year
    past = [year for year in run.inventory.years if year < target]
    if not past:
        return ""
    about = {"city": city_name(run, lang), "first": str(past[0]),
             "first_total": tonnes(totals[str(past[0])], lang)}  # fmt: skip
    if len(past) == 1:
        return say("cli.years-first-one", lang, **about)
    last = str(past[-1])
    return say("cli.years-first", lang, **about, last=last, last_total=tonnes(totals[last], lang))


def _last(rows: list[dict[str, Any]], lang: Language) -> str:
    if any(each["interpolated"] for each in rows):
        return say("cli.years-made", lang, sign=MADE)
    if any(each["t_co2e"] is None for each in rows):
        return say("cli.years-blank", lang)
    return ""
