"""Cities of an installation, from their output folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_admin import Data, operating
from vatra.cli.output import Answer, Format, show, speak
from vatra.words import say


def register(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER...", help="Folders that `vatra contract` or `demo` wrote."),
    ],
    data: Data = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """Show the cities of these folders too, or their new contracts, while the pages are served.

    Example: [bold]vatra admin register out/cluj-napoca --data out/.vatra[/]
    """
    language = speak(lang)
    with operating(language, data, must_exist=False):
        from vatra.web.ops.register import register_folders

        rows = register_folders(folders)
    lines = [say("cli.admin-registered", language, **each) for each in rows]
    show(Answer({"cities": rows}, text="\n".join(lines), rows=rows), form)
