"""Verbs that begin or show something: template, demo, serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from vatra.cli.contract_verbs import progress, summary
from vatra.cli.options import Form, Lang
from vatra.cli.output import Answer, Format, fail, show, speak
from vatra.cli.pack_verbs import findings_refuse
from vatra.runs.contract import run
from vatra.runs.publish import CONTRACT, publish
from vatra.sources.template import write_template
from vatra.words import Language, say

Host = Annotated[str, typer.Option("--host", help="Address to listen on.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")]


def template(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the pack.")],
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """An empty city pack: city.yaml and one CSV per table, with headings in both languages.

    Example: [bold]vatra template my-city[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        written = write_template(folder)
    names = [path.name for path in written]
    data = {"folder": str(folder), "files": names}
    show(Answer(data, [], say("cli.template-written", language, folder=str(folder))), form)


def demo(
    pack: Annotated[
        Path, typer.Argument(metavar="PACK", help="City pack to run the whole way with.")
    ] = Path("examples/cluj"),
    out: Annotated[Path, typer.Option("--out", help="Folder to write to.")] = Path("out"),
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="End after writing, without the pages.")
    ] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """The whole way with a city pack: read, check, compute, plan, lint, seal, write, serve.

    Example: [bold]vatra demo examples/cluj --no-serve --out out[/]
    """
    language = speak(lang)
    with findings_refuse(language, form), progress(language, form) as step:
        done = run(pack, progress=step)
        step("write")
        written = publish(done, out)
    answers = summary(done, language)
    top = sorted(path.name for path in written if path.parent == out)
    where = say("cli.files-are", language, folder=str(out), names=top)
    if form is Format.TABLE:
        for answer in answers:
            show(answer, form)
        show(Answer(None, [], where), form)
    else:
        names = ("inventory", "plan") if done.plan is not None else ("inventory",)
        data: dict[str, Any] = {name: each.data for name, each in zip(names, answers, strict=False)}
        sheets = [sheet for each in answers for sheet in each.sheets]
        data |= {"seal": done.run_id, "folder": str(out), "files": top}
        show(Answer(data, sheets), form)
    if not no_serve:
        _serve([out], host, port, language)


def serve(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER...", help="Folders that `vatra contract` or `demo` wrote."),
    ],
    host: Host = "127.0.0.1",
    port: Port = 8000,
    lang: Lang = None,
) -> None:
    """The public pages of one or more cities, until Ctrl-C.

    Example: [bold]vatra serve out --port 8001[/]
    """
    language = speak(lang)
    for folder in folders:
        if not (folder / CONTRACT).is_file():
            fail(say("cli.not-a-run", language, folder=str(folder)))
    _serve(folders, host, port, language)


def _serve(folders: list[Path], host: str, port: int, lang: Language) -> None:
    try:
        from vatra.web.serve import ServeError
        from vatra.web.serve import serve as serve_folders
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("vatra"):
            raise
        fail(say("cli.no-web", lang))
    url = f"http://{host}:{port}/"
    typer.echo(say("cli.serving", lang, url=url), err=True)
    try:
        serve_folders(folders, host=host, port=port)
    except ServeError as error:
        fail(error.message(lang))


VERBS = (template, demo, serve)
