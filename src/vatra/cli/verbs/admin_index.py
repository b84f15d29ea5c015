"""The index of the search, made anew."""

from __future__ import annotations

from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_admin import Data, operating
from vatra.cli.output import Answer, Format, show, speak
from vatra.words import say


def index(
    everything: Annotated[
        bool, typer.Option("--all", help="Make it anew for cities that are up to date as well.")
    ] = False,
    data: Data = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """Bring the search index up to date, after a restore say; pages are served meanwhile.

    Example: [bold]vatra admin index --data out/.vatra[/]
    """
    language = speak(lang)
    with operating(language, data):
        from vatra.web.search.command import index_all

        rows = index_all(everything)
    lines = [say("cli.admin-indexed", language, **each) for each in rows]
    show(Answer({"cities": rows}, text="\n".join(lines), rows=rows), form)
