"""An empty city pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.output import Answer, Format, findings_refuse, show, speak
from vatra.sources.template import write_template
from vatra.words import say


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
