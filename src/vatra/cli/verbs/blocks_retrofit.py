"""What every package of works does to a block, what it costs, who pays and what is best."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_blocks import (
    BuildingsFolder,
    ClimateName,
    EngineName,
    EngineOption,
    FlatAreas,
    Heat,
    OnDate,
    Programmes,
    Rank,
    Region,
    SeismicClass,
    WarmerK,
    YesNo,
    areas_of,
    day_of,
    known,
    need_extra,
)
from vatra.cli.output import EXIT_USAGE, Format, fail, findings_refuse, machine_csv, show, speak
from vatra.cli.verbs.blocks_retrofit_answer import retrofit_answer
from vatra.plans.finance.prices import default_prices
from vatra.plans.retrofit import RetrofitError
from vatra.plans.retrofit.named import options_of, place_of
from vatra.plans.services import ServicesError
from vatra.runs.retrofit import USUAL_HEAT, Renovation, renovate
from vatra.runs.retrofit_doubt import Promises, promises
from vatra.runs.retrofit_facts import Asked
from vatra.runs.retrofit_picture import before_after, packages_chart
from vatra.runs.retrofit_rows import as_rows, picks
from vatra.words import Language, say


def retrofit(
    folder: BuildingsFolder,
    building: Annotated[str, typer.Argument(metavar="BUILDING", help="Code of one building.")],
    package: Annotated[
        str,
        typer.Option(
            metavar="NAME|OPTION+OPTION",
            help="The package that is told in full: a name, or options joined by '+'.",
        ),
    ] = "moderate",
    climate: ClimateName = "iasi",
    engine: EngineOption = EngineName.RC5,
    warmer_k: WarmerK = 0.0,
    heat: Heat = USUAL_HEAT,
    on_date: OnDate = None,
    programme: Programmes = None,
    region: Region = None,
    rank: Rank = None,
    design_year: Annotated[
        int | None, typer.Option(min=1800, max=2100, help="Year of the design.")
    ] = None,
    seismic_class: SeismicClass = None,
    association: Annotated[
        YesNo | None, typer.Option(help="Whether an owners' association is registered.")
    ] = None,
    eu_funds: Annotated[
        YesNo | None, typer.Option(help="Whether an EU grant is approved for the block.")
    ] = None,
    flats: FlatAreas = None,
    price: Annotated[
        list[str] | None,
        typer.Option(metavar="CARRIER=EUR", help="Price of a MWh at the meter, instead of usual."),
    ] = None,
    every: Annotated[
        Path | None, typer.Option("--all", metavar="FILE.csv", help="Write every package.")
    ] = None,
    pictures: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Draw the packages and before/after.")
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """Every package of works for one block: class, cost, bill, programmes, share of each flat.

    Example: [bold]vatra blocks retrofit examples/iasi BUILDING --package deep[/]
    """
    language = speak(lang)
    need_extra(language)
    asked = Asked(
        on_date=day_of(on_date, language),
        programme_ids=tuple(programme) if programme else None,
        region=region,
        rank=rank,
        design_year=design_year,
        seismic_class=seismic_class,
        has_association=known(association),
        has_eu_funds=known(eu_funds),
        flat_m2=areas_of(flats, language),
        own_eur_per_mwh=_prices(price or [], language),
    )
    try:
        with findings_refuse(language, form):
            found = renovate(
                folder, building, climate, asked, engine=engine.value, heat=heat, warmer_k=warmer_k
            )
        sure = promises(found, _looked_at(found, package))
        files = _written(found, sure, every, pictures, language)
        answer = retrofit_answer(found, package, language, files, sure)
    except (RetrofitError, ServicesError) as error:
        fail(error.text(language), EXIT_USAGE)
    show(answer, form)


def _looked_at(found: Renovation, package: str) -> dict[str, int]:
    """Packages that people look at, the one that was asked for among them."""
    chosen, asked = picks(found), place_of(found.packages, options_of(package))
    return chosen if asked is None or asked in chosen.values() else {**chosen, package: asked}


def _prices(given: list[str], lang: Language) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in given:
        carrier, _, value = each.partition("=")
        try:
            found[carrier.strip()] = float(value)
        except ValueError:
            found[carrier.strip()] = -1.0
    carriers = {each for each, _ in default_prices()}
    wrong = [
        name for name, value in found.items() if not 0 <= value < 10_000 or name not in carriers
    ]
    if wrong:
        fail(say("cli.retrofit-price", lang, carriers=wrong, known=sorted(carriers)), EXIT_USAGE)
    return found


def _written(
    found: Renovation,
    sure: Promises,
    every: Path | None,
    pictures: Path | None,
    lang: Language,
) -> list[str]:
    """Write the table of all packages and the pictures that were asked for; what was written."""
    files: list[str] = []
    if every is not None:
        every.parent.mkdir(parents=True, exist_ok=True)
        every.write_text(machine_csv(as_rows(found)), encoding="utf-8")
        files.append(str(every))
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        for chart in (packages_chart(found, lang), before_after(found, lang, sure.final_ends)):
            file = pictures / f"{chart.name}.svg"
            file.write_text(chart.svg(), encoding="utf-8")
            files.append(str(file))
    return files
