"""One package for each block of a quarter, the order of works, and a blueprint for others."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_blocks import (
    BuildingsFolder,
    ClimateName,
    EngineName,
    EngineOption,
    Heat,
    OnDate,
    Programmes,
    Rank,
    Region,
    SeismicClass,
    WarmerK,
    YesNo,
    day_of,
    known,
    need_extra,
)
from vatra.cli.output import EXIT_FINDINGS, EXIT_USAGE, Format, fail, findings_refuse, show, speak
from vatra.cli.progress import progress
from vatra.cli.verbs.blocks_quarter_answer import quarter_answer
from vatra.plans.quarter import (
    GAP_SHARE,
    Aim,
    Capacity,
    QuarterError,
    package_code,
    quarter_packages,
)
from vatra.plans.retrofit import RetrofitError
from vatra.plans.retrofit.packages import KEPT
from vatra.plans.services import ServicesError
from vatra.runs.blueprint_apply import Applied, apply_blueprint
from vatra.runs.blueprint_file import BlueprintError
from vatra.runs.quarter import NoChoice, QuarterRun, Question, run_quarter
from vatra.runs.quarter_files import write_plan
from vatra.runs.retrofit import USUAL_HEAT
from vatra.runs.retrofit_facts import Asked
from vatra.words import Language, say

_PERCENT, _CENTS = 100.0, 100
_TARGET_PERCENT = 40.0


class Figure(StrEnum):
    """What is to be saved."""

    CO2 = "co2"
    PRIMARY = "primary"
    HEATING = "heating"
    BILL = "bill"


class Money(StrEnum):
    """Whose money is made least."""

    COST = "cost"
    OWNERS = "owners"


class Priority(StrEnum):
    """Who comes first."""

    WORST = "worst"
    CHEAPEST = "cheapest"


def quarter(
    folder: BuildingsFolder,
    apply: Annotated[
        Path | None,
        typer.Option("--apply", metavar="BLUEPRINT", help="Put another quarter's plan here."),
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(min=0, metavar="EUR", help="Money of all payers, without VAT."),
    ] = None,
    payer_budget: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PAYER=EUR",
            help="What one payer bears at most: eu, state, city or owners; may be repeated.",
        ),
    ] = None,
    target_percent: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="What the quarter is to save (40 without a budget)."),
    ] = None,
    of: Annotated[Figure, typer.Option(help="What is saved.")] = Figure.CO2,
    least: Annotated[Money, typer.Option(help="Whose money a target costs least.")] = Money.COST,
    energy_class: Annotated[
        str | None, typer.Option("--class", help="The worst class a block may have afterwards.")
    ] = None,
    owners_percent: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="Of the cost of each block, what owners bear at most."),
    ] = None,
    owners_flat: Annotated[
        float | None,
        typer.Option(min=0, metavar="EUR", help="What owners bear at most per flat."),
    ] = None,
    block_percent: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="Of its heating, what every block saves at least."),
    ] = None,
    fair_percent: Annotated[
        float | None,
        typer.Option(
            min=0, max=100, help="No class of blocks saves less per flat than this of the mean."
        ),
    ] = None,
    worst_percent: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="Of the money, what goes to class E or worse at least."),
    ] = None,
    package: Annotated[
        list[str] | None,
        typer.Option(metavar="OPTION+OPTION", help="The only packages open; may be repeated."),
    ] = None,
    keep_heat: Annotated[
        bool, typer.Option("--keep-heat", help="Leave the source of heat of every block alone.")
    ] = False,
    flats_per_year: Annotated[
        float | None, typer.Option(min=1, help="Flats that contractors can work on in a year.")
    ] = None,
    area_per_year: Annotated[
        float | None,
        typer.Option(min=1, metavar="M2", help="Floor area that contractors can do in a year."),
    ] = None,
    yearly_budget: Annotated[
        float | None, typer.Option(min=1, metavar="EUR", help="Money of each year, without VAT.")
    ] = None,
    years: Annotated[
        int | None, typer.Option(min=1, max=50, help="Choose no more than fits into these years.")
    ] = None,
    first_year: Annotated[
        int | None,
        typer.Option(min=2000, max=2100, help="Year in which works begin (the one after --date)."),
    ] = None,
    priority: Annotated[
        Priority, typer.Option(help="Worst blocks first, or the cheapest tonne.")
    ] = Priority.WORST,
    apart: Annotated[
        bool, typer.Option("--apart", help="Do not keep neighbours together.")
    ] = False,
    climate: ClimateName = "iasi",
    engine: EngineOption = EngineName.RC5,
    warmer_k: WarmerK = 0.0,
    heat: Heat = USUAL_HEAT,
    on_date: OnDate = None,
    programme: Programmes = None,
    region: Region = None,
    rank: Rank = None,
    applicant: Annotated[
        str | None, typer.Option(help="Who applies: city, association, company or person.")
    ] = None,
    design_year: Annotated[int | None, typer.Option(help="Year of the blocks' design.")] = None,
    seismic_class: SeismicClass = None,
    association: Annotated[
        YesNo | None, typer.Option(help="Whether owners' associations are registered.")
    ] = None,
    eu_funds: Annotated[
        YesNo | None, typer.Option(help="Whether EU grants are approved for the blocks.")
    ] = None,
    gap: Annotated[
        float,
        typer.Option(min=0, max=50, help="How far from the bound a choice counts as proved, %."),
    ] = _PERCENT * GAP_SHARE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write tables, pictures, reports and the blueprint."),
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """One package for each block of a quarter: by target or budget, year by year, payer by payer.

    Example: [bold]vatra blocks quarter examples/quarters/manastur-like --climate cluj
    --target-percent 40 --flats-per-year 1000 --out plan[/]
    """
    language = speak(lang)
    need_extra(language)
    day = day_of(on_date, language)
    if years and yearly_budget is not None:
        # What all years have together is a budget of the choice too.
        whole = years * yearly_budget
        budget = whole if budget is None else min(budget, whole)
    target = target_percent if target_percent is not None or budget is not None else _TARGET_PERCENT
    aim = Aim(
        objective=of.value if target is None else least.value,
        budget_cents=_cents(budget),
        payer_budget_cents=_payers(payer_budget, language),
        target_share={} if target is None else {of.value: target / _PERCENT},
        class_least=energy_class,
        owners_share_most=_share(owners_percent),
        owners_flat_cents_most=_cents(owners_flat),
        block_share_least=_share(block_percent),
        group_share_least=_share(fair_percent),
        worst_money_share=_share(worst_percent),
        flats_per_year=flats_per_year if years else None,
        area_per_year_m2=area_per_year if years else None,
        years=years or 1,
        packages=tuple(package or (kept_heat() if keep_heat else ())),
    )
    asked = Asked(
        on_date=day,
        programme_ids=tuple(programme) if programme else None,
        region=region,
        rank=rank,
        applicant=applicant,
        design_year=design_year,
        seismic_class=seismic_class,
        has_association=known(association),
        has_eu_funds=known(eu_funds),
    )
    try:
        capacity = Capacity(
            first_year or day.year + 1,
            flats_per_year,
            area_per_year,
            budget_cents=_cents(yearly_budget),
            priority=priority.value,
        )
        question = Question(
            aim,
            capacity,
            asked,
            climate,
            engine.value,
            heat,
            warmer_k,
            together=not apart,
            gap_share=gap / _PERCENT,
        )
        with findings_refuse(language, form), progress(language, form) as step:
            applied = None if apply is None else apply_blueprint(apply, folder, question, step)
            run = run_quarter(folder, question, step) if applied is None else applied.run
    except (QuarterError, RetrofitError, ServicesError, BlueprintError) as error:
        fail(error.text(language), EXIT_USAGE)
    except NoChoice as fault:
        fail("\n".join(fault.texts(language)), EXIT_FINDINGS)
    show(quarter_answer(run, applied, language, _written(run, applied, out, language)), form)


def kept_heat() -> list[str]:
    """Codes of the packages that leave the source of heat alone."""
    offered = quarter_packages()
    kept = offered.heat_carriers() == KEPT
    return [package_code(offered, int(place)) for place in kept.nonzero()[0]]


def _written(
    run: QuarterRun, applied: Applied | None, out: Path | None, lang: Language
) -> list[str]:
    if out is None:
        return []
    return [path.name for path in write_plan(run, out, lang, applied)]


def _payers(stated: list[str] | None, lang: Language) -> dict[str, int]:
    """``city=2000000`` as cents by payer."""
    found = {}
    for each in stated or ():
        payer, _, amount = each.partition("=")
        try:
            found[payer.strip()] = round(float(amount) * _CENTS)
        except (ValueError, OverflowError):
            fail(say("cli.quarter-payer", lang, value=each), EXIT_USAGE)
    return found


def _cents(euros: float | None) -> int | None:
    return None if euros is None else round(euros * _CENTS)


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / _PERCENT
