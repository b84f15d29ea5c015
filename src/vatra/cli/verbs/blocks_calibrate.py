"""How sure each block is known: its meters against the model, and what they change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from vatra.cli.options import Form, Lang
from vatra.cli.options_blocks import (
    BuildingsFolder,
    ClimateName,
    EngineName,
    EngineOption,
    Heat,
    WarmerK,
    need_extra,
)
from vatra.cli.output import EXIT_USAGE, Format, fail, findings_refuse, show, speak
from vatra.cli.verbs.blocks_calibrate_answer import calibrate_answer
from vatra.plans.services import ServicesError
from vatra.runs.calibrate import Calibration, Progress, calibrate_folder
from vatra.runs.calibrate_picture import meters_chart
from vatra.runs.retrofit import USUAL_HEAT
from vatra.words import Language, say


def calibrate(
    folder: BuildingsFolder,
    building: Annotated[
        str | None, typer.Option(metavar="CODE", help="One block, parameter by parameter.")
    ] = None,
    climate: ClimateName = "iasi",
    engine: EngineOption = EngineName.RC5,
    warmer_k: WarmerK = 0.0,
    heat: Heat = USUAL_HEAT,
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
        with findings_refuse(language, form), _telling(language, form) as told:
            found = calibrate_folder(
                folder,
                climate,
                building=building,
                engine=engine.value,
                heat=heat,
                warmer_k=warmer_k,
                draws=draws,
                progress=told,
            )
    except ServicesError as error:
        fail(error.text(language), EXIT_USAGE)
    show(calibrate_answer(found, building, language, _drawn(found, picture, language)), form)


@contextmanager
def _telling(lang: Language, form: Format) -> Iterator[Progress | None]:
    """How many blocks are done, on a terminal; nothing for machines and files."""
    console = Console(stderr=True)
    if form is not Format.TABLE or not console.is_terminal:
        yield None
        return
    columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def told(done: int, total: int) -> None:
            text = say("cli.calibrate-progress", lang, done=done, total=total)
            bar.update(task, completed=done, total=total, description=text)

        yield told


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
