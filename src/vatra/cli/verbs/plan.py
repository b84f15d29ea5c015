"""The way to the target year, and who does the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path as FilePath
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
from vatra.cli.verbs.plan_path import (
    Path,
    action_rows,
    path_data,
    path_sentence,
    path_sheets,
    unexplained_rows,
    year_rows,
)
from vatra.runs.choices import read_choices
from vatra.runs.contract import Run, run_pack
from vatra.runs.sealed_plan import path_sections
from vatra.tables import label
from vatra.tables.vocabulary import SECTORS
from vatra.units import MG_PER_T
from vatra.words import Language, percent, say, tonnes


class Rows(StrEnum):
    """Which table is written as CSV."""

    SECTORS = "sectors"
    PATH = "path"
    ACTIONS = "actions"
    UNEXPLAINED = "unexplained"


def plan(
    pack: PackPath,
    choices: Annotated[
        FilePath | None,
        typer.Option(
            metavar="FILE", help="Other starts and levels: code,start_year,level_percent."
        ),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Year in which actions are weighed; the target year else.")
    ] = None,
    table: Annotated[
        Rows | None, typer.Option("--table", help="The table that --format csv writes.")
    ] = None,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """The way to the target year, and who does the work: grid, background, each measure.

    Example: [bold]vatra plan examples/cluj --lang ro[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        run = run_pack(
            changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb),
            with_plan=False,
        )
        path = _path(run, choices, year, language)
    if run.plan is None and path is None:
        fail(say("cli.no-plan", language, city=run.pack.city.name))
    show(plan_answer(run, language, path, table), form)


def _path(run: Run, choices: FilePath | None, year: int | None, lang: Language) -> Path | None:
    """The plan by year under other choices, None for a pack that states no actions."""
    built = run.scenario
    if built is None:
        return None
    weighed = year or built.aim.target_year
    if weighed not in built.years:
        first, last = str(built.years[0]), str(built.years[-1])
        fail(say("cli.plan-year-outside", lang, year=str(weighed), first=first, last=last))
    if choices is not None:
        built = built.with_choices(read_choices(choices, built))
    return Path(run, built, path_sections(built, weighed), weighed)


def plan_answer(
    run: Run, lang: Language, path: Path | None = None, table: Rows | None = None
) -> Answer:
    """Stages by sector, the split of the cut, and the path by year with its actions."""
    stages = _stages_answer(run, lang) if run.plan is not None else _inventory_answer(run)
    if path is None:
        return stages
    sentence = path_sentence(path, lang)
    return Answer(
        stages.data | path_data(path, lang) | _findings(run, lang),
        [*stages.sheets, *path_sheets(path, lang), *finding_sheets(run.findings, lang)],
        stages.first or sentence,
        sentence if stages.first else "",
        rows=_rows(stages, path, table, lang),
    )


def _rows(
    stages: Answer, path: Path, table: Rows | None, lang: Language
) -> Sequence[Mapping[str, Any]]:
    """The table asked for; the sectors else, or the years where there are no stages."""
    match table or (Rows.SECTORS if stages.rows else Rows.PATH):
        case Rows.PATH:
            return year_rows(path)
        case Rows.ACTIONS:
            return action_rows(path, lang)
        case Rows.UNEXPLAINED:
            return unexplained_rows(path)
    return stages.rows


def _findings(run: Run, lang: Language) -> dict[str, Any]:
    return {"findings": [each.as_dict(lang) for each in run.findings]}


def _inventory_answer(run: Run) -> Answer:
    """What every plan says, for one without rows of its target year."""
    city = run.pack.city
    return Answer({"city": city.name, "synthetic": city.synthetic, "base_year": city.base_year,
                   "target_year": city.target_year})  # fmt: skip


def _stages_answer(run: Run, lang: Language) -> Answer:
    """Stages by sector and the split of the cut."""
    sealed = run.contract["plan"]
    sectors = [each for each in SECTORS if each in sealed["base_mg"]]
    stages = ("base_mg", "before_mg", "after_mg", "unattributed_mg")
    rows = [
        (
            label("sector", sector, lang),
            *(in_tonnes(sealed[stage][sector], lang) for stage in stages),
        )
        for sector in sectors
    ]
    rows.append(
        (
            say("cli.total", lang),
            *(
                in_tonnes(sealed[name], lang)
                for name in ("base_total_mg", "before_total_mg", "residual_mg")
            ),
            in_tonnes(sum(sealed["unattributed_mg"].values()), lang),
        )
    )
    years = {"base": str(sealed["base_year"]), "target": str(sealed["target_year"])}
    columns = [say(f"cli.plan-{each}", lang, **years) for each in ("sector", *stages)]
    split = sealed["split"]
    drivers = ("grid", "background", "measures")
    split_rows = [
        (
            say(f"cli.driver-{driver}", lang),
            in_tonnes(split["in_order"]["total"][driver], lang),
            percent(_share(split["in_order"]["total"][driver], sealed["cut_mg"]), lang, 1),
            in_tonnes(split["symmetric"]["total"][driver], lang),
            percent(_share(split["symmetric"]["total"][driver], sealed["cut_mg"]), lang, 1),
        )
        for driver in drivers
    ]
    cut = in_tonnes(sealed["cut_mg"], lang)
    split_rows.append((say("cli.cut", lang), cut, "", cut, ""))
    split_columns = [
        say(f"cli.split-{each}", lang)
        for each in ("driver", "order", "share", "symmetric", "share")
    ]
    data = _plan_data(run, lang)
    return Answer(
        data,
        [
            Sheet(say("cli.plan-title", lang), columns, rows, (1, 2, 3, 4)),
            Sheet(
                say("cli.split-title", lang, cut=tonnes(sealed["cut_mg"], lang)),
                split_columns,
                split_rows,
                (1, 2, 3, 4),
            ),
        ],
        plan_sentence(run, lang),
        rows=[_data_row(data, sector) for sector in sectors],
    )


def _data_row(data: dict[str, Any], sector: str) -> dict[str, Any]:
    """One sector as CSV: its stages and its cut by driver, one after the other."""
    stages = ("base_t", "before_t", "after_t", "unattributed_t")
    cut = data["split"]["in_order"]["by_sector_t"].get(sector, {})
    drivers = {f"cut_{driver}_t": mass_t for driver, mass_t in cut.items()}
    return {"sector": sector, **{stage: data[stage][sector] for stage in stages}, **drivers}


def plan_sentence(run: Run, lang: Language) -> str:
    """What the plan leaves, and whether that keeps the promise."""
    sealed = run.contract["plan"]
    held = "met" if sealed["target_met"] else "missed"
    rule = "held" if sealed["residual_rule_held"] else "broken"
    return say(
        f"cli.plan-{held}-{rule}",
        lang,
        city=city_name(run, lang),
        base_year=str(sealed["base_year"]),
        target_year=str(sealed["target_year"]),
        base=tonnes(sealed["base_total_mg"], lang),
        residual=tonnes(sealed["residual_mg"], lang),
        share=percent(sealed["residual_ppm"] / 1e6, lang, 2),
        promised=percent(sealed["cut_ppm"] / 1e6, lang, 2),
        limit=percent(sealed["residual_limit_ppm"] / 1e6, lang),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _plan_data(run: Run, lang: Language) -> dict[str, Any]:
    sealed = run.contract["plan"]
    in_tonnes = {
        key.removesuffix("_mg") + "_t": _all_in_tonnes(value)
        for key, value in sealed.items()
        if key.endswith("_mg")
    }
    return {
        "city": run.pack.city.name,
        "synthetic": run.pack.city.synthetic,
        "base_year": sealed["base_year"],
        "target_year": sealed["target_year"],
        **in_tonnes,
        "residual_percent": sealed["residual_ppm"] / 1e4,
        "promised_cut_percent": sealed["cut_ppm"] / 1e4,
        "target_met": sealed["target_met"],
        "residual_rule_held": sealed["residual_rule_held"],
        "split": {
            name: {
                "order": each["order"],
                "total_t": _all_in_tonnes(each["total"]),
                "by_sector_t": _all_in_tonnes(each["by_sector"]),
            }
            for name, each in sealed["split"].items()
        },
        "measures": [
            {
                "code": each["code"],
                "name": each["name"][lang],
                "sector": each["sector"],
                "cost_eur": None if each["cost_cents"] is None else each["cost_cents"] / 100,
                "claimed_t": None if each["claimed_mg"] is None else each["claimed_mg"] / MG_PER_T,
                "implied_t": None if each["implied_mg"] is None else each["implied_mg"] / MG_PER_T,
                "eur_per_t": None if each["cents_per_t"] is None else each["cents_per_t"] / 100,
            }
            for each in run.contract["measures"]
        ],
    }


def _all_in_tonnes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _all_in_tonnes(each) for key, each in value.items()}
    return value / MG_PER_T
