"""The first person of an installation: a link behind which an account is made."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.output import Answer, Format, fail, show, speak
from vatra.words import say


def create(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Address of the person.")],
    data: Annotated[
        Path | None,
        typer.Option("--data", help="Folder of the database (VATRA_DATA, else .vatra)."),
    ] = None,
    url: Annotated[
        str, typer.Option("--url", envvar="VATRA_URL", help="Where the pages are seen.")
    ] = "http://localhost:8000",
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """A link with which somebody becomes administrator of the installation; it opens once.

    Example: [bold]vatra admin create ana@example.org --data out/.vatra[/]
    """
    language = speak(lang)
    if find_spec("django") is None or find_spec("allauth") is None:
        fail(say("cli.no-web", language))
    if "@" not in email.strip("@") or any(each.isspace() for each in email):
        fail(say("cli.not-an-email", language, email=email))
    from vatra.web.people.command import invite_administrator

    link = url.rstrip("/") + invite_administrator(email, data, language)
    answer = {"email": email.lower(), "url": link}
    show(
        Answer(answer, text=say("cli.administrator-invited", language, **answer), rows=[answer]),
        form,
    )
