"""A file of any number of buildings to a file of what each needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from vatra.cli.options import Form, Lang
from vatra.cli.options_blocks import ClimateName, EngineName, EngineOption, need_extra
from vatra.cli.output import EXIT_USAGE, Answer, Format, fail, findings_refuse, show, speak
from vatra.runs.stream import ROWS_PER_PART, Pool, Progress, Streamed, run_stream
from vatra.runs.stream_cluster import cluster, missing_cluster_packages
from vatra.words import Language, number, say


def stream(
    source: Annotated[
        Path, typer.Option("--from", metavar="FILE.parquet", help="The buildings.", exists=True)
    ],
    target: Annotated[Path, typer.Option("--to", metavar="FILE.parquet", help="Their need.")],
    climate: ClimateName = "iasi",
    engine: EngineOption = EngineName.RC5,
    rows: Annotated[
        int, typer.Option(min=1, help="Buildings in memory at a time, for each worker.")
    ] = ROWS_PER_PART,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes of this machine; one if not said.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler, for many machines.")
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """What each of a million buildings needs, in bounded memory, file to file.

    Example: [bold]vatra blocks stream --from buildings.parquet --to need.parquet[/]
    """
    language = speak(lang)
    need_extra(language)
    if source.resolve() == target.resolve():
        fail(say("cli.stream-same", language), EXIT_USAGE)
    with (
        findings_refuse(language, form),
        _pool(workers, scheduler, language) as pool,
        _told(language, form) as told,
    ):
        run = run_stream(source, target, climate, engine.value, rows_per_part=rows, pool=pool,
                         progress=told)  # fmt: skip
    show(_answer(run, language), form)


@contextmanager
def _pool(workers: int | None, scheduler: str | None, lang: Language) -> Iterator[Pool | None]:
    if workers is None and scheduler is None:
        yield None
        return
    missing = missing_cluster_packages()
    if missing:
        fail(say("cli.stream-extra", lang, packages=missing), EXIT_USAGE)
    with ExitStack() as stack:
        try:
            pool = stack.enter_context(cluster(workers, scheduler))
        except (OSError, ValueError):
            fail(say("cli.stream-scheduler", lang, address=scheduler), EXIT_USAGE)
        yield pool


@contextmanager
def _told(lang: Language, form: Format) -> Iterator[Progress | None]:
    """A bar on stderr while people watch."""
    console = Console(stderr=True)
    if form is not Format.TABLE or not console.is_terminal:
        yield None
        return
    columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Bar(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def told(done: int, total: int) -> None:
            text = say("cli.stream-progress", lang, done=number(done, lang),
                       total=number(total, lang))  # fmt: skip
            bar.update(task, completed=done, total=total, description=text)

        yield told


def _answer(run: Streamed, lang: Language) -> Answer:
    data = {
        "engine": run.engine,
        "climate": run.climate.name,
        "climate_source": run.climate.source,
        "synthetic": run.climate.synthetic,
        "buildings_count": run.buildings_count,
        "heated_m2": run.heated_m2,
        "heating_wh": run.heating_wh,
        "heating_kwh_m2": round(run.heating_kwh_m2, 1),
        "file": run.target.name,
    }
    first = say(
        "cli.stream-first",
        lang,
        buildings=number(run.buildings_count, lang),
        area=number(run.heated_m2, lang, 0),
        gwh=number(run.heating_wh / 1e9, lang, 1),
        heating=number(run.heating_kwh_m2, lang, 1),
        climate=run.climate.name,
        engine=run.engine,
        file=run.target.name,
    )
    last = say("cli.stream-climate", lang) if run.climate.synthetic else ""
    return Answer(data, [], first, last, rows=[data])
