"""Blocks beside the inventory, and as measures of the pathway that count nothing twice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang, PackPath
from vatra.cli.options_blocks import (
    ClimateName,
    EngineName,
    EngineOption,
    Heat,
    OnDate,
    Programmes,
    WarmerK,
    day_of,
    need_extra,
)
from vatra.cli.output import EXIT_FINDINGS, EXIT_USAGE, Format, fail, findings_refuse, show, speak
from vatra.cli.verbs.blocks_measures_answer import compared_answer, measures_answer
from vatra.plans.quarter import Aim, Capacity, QuarterError, quarter_packages
from vatra.plans.retrofit import RetrofitError
from vatra.plans.services import ServicesError
from vatra.runs.handover import STEM, HandOver, compared_with, hand_over, stock_energy, write
from vatra.runs.handover_members import Choice, of_package, of_quarter
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack
from vatra.runs.quarter import NoChoice, Question, run_stock_quarter
from vatra.runs.retrofit import USUAL_HEAT, opened
from vatra.runs.retrofit_facts import Asked
from vatra.tables import FindingsError
from vatra.words import say

_PERCENT, _CENTS = 100.0, 100


def measures(
    pack: PackPath,
    package: Annotated[
        str | None,
        typer.Option(metavar="NAME|OPTION+OPTION", help="One package: moderate, deep, ..."),
    ] = None,
    types: Annotated[
        list[str] | None,
        typer.Option(metavar="ARCHETYPE", help="Only blocks of this type; may be repeated."),
    ] = None,
    share_percent: Annotated[
        float, typer.Option(min=0, max=100, help="Of the flats of these blocks, worst first.")
    ] = 100.0,
    target_percent: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="Choose by the quarter: CO2 that the blocks save."),
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(min=0, metavar="EUR", help="Choose by the quarter: money of all payers."),
    ] = None,
    flats_per_year: Annotated[
        float | None, typer.Option(min=1, help="Flats that contractors can work on in a year.")
    ] = None,
    first_year: Annotated[
        int | None, typer.Option(min=2000, max=2100, help="Of works; else the year after the day.")
    ] = None,
    reconcile: Annotated[
        bool, typer.Option("--reconcile", help="Bring the blocks' energy to the inventory's.")
    ] = False,
    stock: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The folder of the buildings, if not the pack."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write a copy of the pack with them.")
    ] = None,
    into_pack: Annotated[
        bool, typer.Option("--into-pack", help="Write into the pack itself: all files or none.")
    ] = False,
    code: Annotated[str, typer.Option(help="How the codes of the actions begin.")] = STEM,
    climate: ClimateName = "iasi",
    engine: EngineOption = EngineName.RC5,
    warmer_k: WarmerK = 0.0,
    heat: Heat = USUAL_HEAT,
    on_date: OnDate = None,
    programme: Programmes = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """The blocks of a city beside its inventory, and as measures of its plan.

    Example: [bold]vatra blocks measures examples/iasi --package moderate --flats-per-year 500
    --out with-blocks[/]
    """
    language = speak(lang)
    need_extra(language)
    by_quarter = target_percent is not None or budget is not None
    if (package is not None and by_quarter) or (out is not None and into_pack):
        fail(say("cli.measures-both", language), EXIT_USAGE)
    chooses = package is not None or by_quarter
    if not chooses and (out is not None or into_pack):
        fail(say("cli.measures-none", language), EXIT_USAGE)
    day = day_of(on_date, language)
    asked = Asked(on_date=day, programme_ids=tuple(programme) if programme else None)
    written: list[Path] = []
    try:
        with findings_refuse(language, form):
            buildings, around = opened(stock or pack, climate, warmer_k)
            if not chooses:
                found = open_pack(pack)
                if not found.ok:
                    raise FindingsError(found.findings)
                energy = stock_energy(buildings, around, engine=engine.value, heat=heat)
                compared, findings = compared_with(found, inventory(found), buildings, energy)
                show(compared_answer(compared, findings, energy, language), form)
                return
            capacity = Capacity(first_year or day.year + 1, flats_per_year)
            choice: Choice
            if package is not None:
                choice = of_package(
                    buildings, around, package, asked, capacity, types=tuple(types or ()),
                    share=share_percent / _PERCENT, engine=engine.value, heat=heat,
                )  # fmt: skip
            else:
                question = Question(
                    _aim(target_percent, budget), capacity, asked, climate, engine.value, heat,
                    warmer_k,
                )  # fmt: skip
                run = run_stock_quarter(buildings, around, question, quarter_packages())
                choice = of_quarter(run)
            done = hand_over(pack, choice, reconcile=reconcile, stem=code)
            written = _written(done, out, into_pack)
    except (QuarterError, RetrofitError, ServicesError) as error:
        fail(error.text(language), EXIT_USAGE)
    except NoChoice as fault:
        fail("\n".join(fault.texts(language)), EXIT_FINDINGS)
    show(measures_answer(done, written, language), form)


def _aim(target_percent: float | None, budget: float | None) -> Aim:
    """A target at least cost, or the most CO2 that money can save."""
    return Aim(
        objective="co2" if target_percent is None else "cost",
        budget_cents=None if budget is None else round(budget * _CENTS),
        target_share={} if target_percent is None else {"co2": target_percent / _PERCENT},
    )


def _written(done: HandOver, out: Path | None, into_pack: bool) -> list[Path]:
    return write(done, out) if out is not None or into_pack else []
