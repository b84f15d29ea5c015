"""What panels and batteries on the roofs of blocks give, and what each flat has of it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_blocks import (
    BuildingsFolder,
    ClimateName,
    FlatAreas,
    areas_of,
    day_of,
    need_extra,
)
from vatra.cli.output import EXIT_USAGE, Format, fail, findings_refuse, show, speak
from vatra.cli.verbs.blocks_sun_answer import sun_answer
from vatra.runs.sunpower import Asked, SunRun, run_sun
from vatra.runs.sunpower_picture import weeks
from vatra.runs.sunpower_rain import RainRun, run_rain
from vatra.words import Language, say


class Sharing(StrEnum):
    """By which key the power is divided."""

    DYNAMIC = "dynamic"
    STATIC = "static"


class LayoutName(StrEnum):
    """How panels lie."""

    TERRACE = "terrace"
    EAST_WEST = "east_west"
    PITCHED = "pitched"


def sun(
    folder: BuildingsFolder,
    building: Annotated[
        str | None, typer.Option(metavar="CODE", help="One block, and its flats.")
    ] = None,
    quarter: Annotated[
        bool, typer.Option("--quarter", help="All blocks, which share what they leave (default).")
    ] = False,
    climate: ClimateName = "iasi",
    kwp: Annotated[
        float | None, typer.Option(min=0, help="Panels of each block at most; what fits if not.")
    ] = None,
    battery_kwh: Annotated[
        float, typer.Option(min=0, help="Usable capacity of each block's battery.")
    ] = 0.0,
    share: Annotated[
        Sharing,
        typer.Option(help="By each hour's load, or by fixed parts (areas)."),
    ] = Sharing.DYNAMIC,
    layout: Annotated[
        LayoutName,
        typer.Option(help="Rows to the south, pairs to east and west, or a pitched roof."),
    ] = LayoutName.TERRACE,
    one_meter: Annotated[
        bool, typer.Option("--one-meter", help="The flats of a block stand behind a common meter.")
    ] = False,
    flats: FlatAreas = None,
    green_m2: Annotated[
        float | None,
        typer.Option(min=0, help="Green space that rain from the block's roof waters."),
    ] = None,
    rain: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.csv|PLACE", help="Rain by day, or a place; the climate's if not."
        ),
    ] = None,
    on_date: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Day of the rules.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help="Draw a week of winter and of summer.")
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """What panels on the roofs give, what stays in the blocks, and what each flat has of it.

    Example: [bold]vatra blocks sun examples/quarters/manastur-like --climate cluj[/]
    """
    language = speak(lang)
    need_extra(language)
    if building is not None and quarter:
        fail(say("cli.sun-one-or-all", language), EXIT_USAGE)
    if building is None and (green_m2 is not None or flats is not None):
        fail(say("cli.sun-building-first", language), EXIT_USAGE)
    asked = Asked(
        day_of(on_date, language),
        kwp,
        battery_kwh,
        share.value,
        layout.value,
        one_meter,
        areas_of(flats, language),
    )
    with findings_refuse(language, form):
        run = run_sun(folder, climate, asked, building)
        watered = None if green_m2 is None else _rain(run, rain or climate, green_m2)
    show(sun_answer(run, watered, language, _drawn(run, picture, language)), form)


def _rain(run: SunRun, rain: str, green_m2: float) -> RainRun:
    roof_m2 = run.blocks[0].building.shape.footprint_m2
    cover = "pitched" if run.asked.layout == "pitched" else "flat"
    given = Path(rain) if rain.casefold().endswith(".csv") else rain
    return run_rain(run.climate, roof_m2, green_m2, rain=given, cover=cover)  # type: ignore[arg-type]


def _drawn(run: SunRun, picture: Path | None, lang: Language) -> str:
    if picture is None:
        return ""
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(weeks(run, lang).svg(), encoding="utf-8")
    return say("cli.blocks-picture-written", lang, file=str(picture))
