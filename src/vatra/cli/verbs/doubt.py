"""How far each total may be wrong, and what makes it so."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

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
from vatra.cli.output import Answer, Format, Sheet, findings_refuse, show, speak
from vatra.plans.doubt_sampling import DRAWS, SEED
from vatra.runs.contract import Run, run_pack
from vatra.runs.inventory import ROUNDING
from vatra.runs.uncertainty import GROUPINGS, Uncertainty, uncertainty
from vatra.runs.uncertainty import in_tonnes as rows_in_tonnes
from vatra.tables import label
from vatra.words import Language, percent, say, tonnes

SOURCES_SHOWN = 15


class By(StrEnum):
    """Names of ``runs.uncertainty.GROUPINGS``, as the command line takes them."""

    TOTAL = "total"
    SECTOR = "sector"
    SCOPE = "scope"
    SECTOR_SCOPE = "sector_scope"
    GAS = "gas"
    CATEGORY = "category"
    CARRIER = "carrier"
    LEVEL = "level"


def doubt(
    pack: PackPath,
    draws: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="How often all sources of doubt are drawn.")
    ] = DRAWS,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws; kept with the result.")] = SEED,
    by: Annotated[By, typer.Option("--by", help="Which totals get a range.")] = By.TOTAL,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """The 95 % range of each total, by sampling and by propagation, and what makes it so wide.

    Example: [bold]vatra doubt examples/cluj --by sector --draws 10000 --seed 1[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        run = run_pack(
            changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb),
            with_plan=False,
        )
    found = uncertainty(run.inventory, draws, seed)
    show(doubt_answer(run, found, by.value, language), form)


def doubt_answer(run: Run, found: Uncertainty, by: str, lang: Language) -> Answer:
    """Ranges of the totals asked for, the largest sources of the base year, the trends."""
    rows = rows_in_tonnes(found.ranges[by])
    data = {
        "city": run.pack.city.name,
        "synthetic": run.pack.city.synthetic,
        "by": by,
        **found.as_dict(by),
    }
    sheets = [_ranges_sheet(found, by, lang)]
    sheets += [each for each in (_sources_sheet(run, found, lang), _trend_sheet(run, found, lang))
               if each.rows]  # fmt: skip
    last = say("cli.doubt-seed", lang, count=found.draws_count, seed=str(found.seed))
    return Answer(data, sheets, _first(run, found, lang), last, rows=rows)


def _first(run: Run, found: Uncertainty, lang: Language) -> str:
    """The total of the base year with its range, or why there is none."""
    base = run.pack.city.base_year
    years = found.ranges["total"]["year"].to_list()
    if base not in years:
        return ""
    total = found.of("total", year=base)
    about = {
        "city": city_name(run, lang),
        "year": str(base),
        "total": tonnes(total["total_mg"], lang),
    }
    if not _has_range(total):
        return say("cli.doubt-first-unknown", lang, **about)
    low, high = (tonnes(total[name], lang) for name in ("p2_5_mg", "p97_5_mg"))
    said = say("cli.doubt-first", lang, **about, low=low, high=high)
    if not total["incomplete_share"]:
        return said
    shares = {name: percent(total[f"{name}_share"], lang, 1) for name in ("unknown", "incomplete")}
    return f"{said} {say('cli.doubt-gap', lang, **shares)}"


def _has_range(group: dict[str, Any]) -> bool:
    return bool(group["p2_5_mg"] != group["p97_5_mg"])


def _ranges_sheet(found: Uncertainty, by: str, lang: Language) -> Sheet:
    names = GROUPINGS[by][1:]
    rows = [
        (
            str(row["year"]),
            *(_name(name, row[name], lang) for name in names),
            in_tonnes(row["total_mg"], lang),
            *_range_cells(row, lang),
            percent(row["unknown_share"], lang, 1),
        )
        for row in found.ranges[by].iter_rows(named=True)
    ]
    columns = [
        say("cli.doubt-year", lang),
        *(say(f"cli.doubt-by-{name}", lang) for name in names),
        *(
            say(f"cli.doubt-{name}", lang)
            for name in ("total", "low", "middle", "high", "propagated", "unknown")
        ),
    ]
    right = tuple(range(1 + len(names), len(columns)))
    return Sheet(say("cli.doubt-title", lang), columns, rows, right)


def _range_cells(row: dict[str, Any], lang: Language) -> tuple[str, ...]:
    """Low, middle, high and the half-width; dashes where no doubt is known, never a zero."""
    if not _has_range(row):
        return ("–",) * 4
    share = row["propagated_half_width_share"]
    ends = (in_tonnes(row[name], lang) for name in ("p2_5_mg", "p50_mg", "p97_5_mg"))
    return (*ends, "–" if share is None else percent(share, lang, 1))


def _name(kind: str, code: str, lang: Language) -> str:
    if code in (ROUNDING, ""):
        return say("cli.doubt-print-rounding", lang)
    return code if kind in ("scope", "level", "category") else label(kind, code, lang)


def _sources_sheet(run: Run, found: Uncertainty, lang: Language) -> Sheet:
    year = run.pack.city.base_year
    of_year = found.sources.filter(year=year).head(SOURCES_SHOWN)
    rows = [
        (
            str(row["rank"]),
            source_name(run, row["kind"], row["source"]),
            percent(row["variance_share"], lang, 1),
            in_tonnes(row["low_move_mg"], lang),
            in_tonnes(row["high_move_mg"], lang),
        )
        for row in of_year.iter_rows(named=True)
    ]
    columns = [
        say(f"cli.doubt-source-{name}", lang) for name in ("rank", "name", "share", "low", "high")
    ]
    title = say("cli.doubt-sources-title", lang, year=str(year))
    return Sheet(title, columns, rows, (0, 2, 3, 4))


def source_name(run: Run, kind: str, source: str) -> str:
    """A figure as file and row, a factor or parameter by its id."""
    table, _, line = source.partition(":")
    evidence = run.pack.evidence.get(table) if kind == "activity" else None
    return source if evidence is None else f"{evidence.file}:{line}"


def _trend_sheet(run: Run, found: Uncertainty, lang: Language) -> Sheet:
    rows = [
        (
            str(row["year"]),
            percent(row["change_share"], lang, 1),
            *(
                percent(row[name], lang, 1) if row["half_width_share"] else "–"
                for name in ("low_share", "high_share")
            ),
        )
        for row in found.trends.iter_rows(named=True)
    ]
    columns = [say(f"cli.doubt-{name}", lang) for name in ("year", "trend-change", "low", "high")]
    title = say("cli.doubt-trend-title", lang, year=str(run.pack.city.base_year))
    return Sheet(title, columns, rows, (1, 2, 3))
