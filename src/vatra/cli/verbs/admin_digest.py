"""Letters about the plan to everybody who has something new to hear."""

from __future__ import annotations

from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_admin import Data
from vatra.cli.output import EXIT_FINDINGS, Answer, Format, fail, show, speak
from vatra.words import say

ADDRESS = "http://127.0.0.1:8000"


def digest(
    url: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            envvar="VATRA_URL",
            help="Beginning of the pages' address, for the links.",
        ),
    ] = ADDRESS,
    data: Data = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """Write to everybody who has something new to hear, and wants to hear it now; once each.

    Example: [bold]vatra admin digest --url https://vatra.example.ro[/]
    """
    from importlib.util import find_spec

    language = speak(lang)
    if find_spec("django") is None:
        fail(say("cli.no-web", language))
    if not url.startswith(("http://", "https://")):
        fail(say("cli.digest-address", language, url=url))
    from vatra.web.progress.command import send_letters

    done = send_letters(url, data)
    lines = [say("cli.digest-sent", language, **done)]
    if done["failed_count"]:
        lines.append(say("cli.digest-failed", language, count=done["failed_count"]))
    if done["in_doubt_count"]:
        lines.append(say("cli.digest-in-doubt", language, count=done["in_doubt_count"]))
    show(Answer(done, text="\n".join(lines), rows=[done]), form)
    if done["failed_count"]:
        raise typer.Exit(EXIT_FINDINGS)
