"""The public pages of one or more cities."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Host, Lang, Port
from vatra.cli.output import Answer, Format, fail, speak, written
from vatra.runs.publish import CONTRACT
from vatra.words import Language, say


def serve(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FOLDER]...",
            help="Folders that `vatra contract` or `demo` wrote; those of the installation unless "
            "given.",
        ),
    ] = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """The public pages of one or more cities, until Ctrl-C.

    Example: [bold]vatra serve out --port 8001[/]
    """
    language = speak(lang)
    named = folders or []
    for folder in named:
        if not (folder / CONTRACT).is_file():
            fail(say("cli.not-a-run", language, folder=str(folder)))
    serve_pages(named, host, port, language, written(listening(host, port, language), form))


def listening(host: str, port: int, lang: Language) -> Answer:
    """Where the pages are; whoever listens on every address is found at the machine's own."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    data = {"url": f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"}
    return Answer(data, text=say("cli.serving", lang, **data), rows=[data])


def serve_pages(folders: list[Path], host: str, port: int, lang: Language, words: str) -> None:
    """Serve until Ctrl-C; ``words`` are said once the port answers."""
    if find_spec("django") is None:
        fail(say("cli.no-web", lang))
    from vatra.web.serve import ServeError
    from vatra.web.serve import serve as serve_folders

    try:
        serve_folders(folders, host=host, port=port, words=words, lang=lang)
    except ServeError as error:
        fail(error.message(lang))
