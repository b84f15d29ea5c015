"""How sure each block is known: its meters against the model, and what they change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_blocks import ClimateName, EngineName, EngineOption, WarmerK, need_extra
from vatra.cli.output import EXIT_USAGE, Format, fail, findings_refuse, show, speak
from vatra.cli.verbs.blocks_calibrate_answer import calibrate_answer
from vatra.plans.services import ServicesError
from vatra.runs.calibrate import Calibration, calibrate_folder
from vatra.runs.calibrate_picture import meters_chart
from vatra.runs.retrofit import USUAL_HEAT
from vatra.words import Language, say


def calibrate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the buildings.")],
    building: Annotated[
        str | None, typer.Option(metavar="CODE", help="One block, parameter by parameter.")
    ] = None,
    climate: ClimateName = "iasi",
    engine: EngineOption = EngineName.RC5,
    warmer_k: WarmerK = 0.0,
    heat: Annotated[
        str, typer.Option(metavar="SYSTEM", help="What heats buildings that state no system.")
    ] = USUAL_HEAT,
    draws: Annotated[
        int | None,
        typer.Option(min=256, max=65536, help="Draws a block (10,000 for one, 1,024 of many)."),
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help="Draw meters against the model.")
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """Meters against the model: what is known of each block, and which bills do not fit.

    Example: [bold]vatra blocks calibrate examples/quarters/manastur-like --climate cluj[/]
    """
    language = speak(lang)
    need_extra(language)
    _need_peaks(engine, language)
    try:
        with findings_refuse(language, form):
            found = calibrate_folder(
                folder,
                climate,
                building=building,
                engine=engine.value,
                heat=heat,
                warmer_k=warmer_k,
                draws=draws,
            )
    except ServicesError as error:
        fail(error.text(language), EXIT_USAGE)
    show(calibrate_answer(found, building, language, _drawn(found, picture, language)), form)


def _need_peaks(engine: EngineName, lang: Language) -> None:
    if engine is EngineName.SEASONAL:
        fail(say("cli.calibrate-engine", lang), EXIT_USAGE)


def _drawn(found: Calibration, picture: Path | None, lang: Language) -> str:
    if picture is None:
        return ""
    if not any(each.meters for each in found.blocks):
        return say("cli.calibrate-no-picture", lang)
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(meters_chart(found, lang).svg(), encoding="utf-8")
    return say("cli.calibrate-picture", lang, file=str(picture))
