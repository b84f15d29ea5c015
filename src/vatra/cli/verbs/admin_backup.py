"""The whole installation as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_admin import Data, operating
from vatra.cli.output import Answer, Format, show, speak
from vatra.words import say


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; a new one.")],
    data: Data = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """The database, the cities' folders and the key as one file, while the pages are served.

    Example: [bold]vatra admin backup vatra-monday.zip[/]
    """
    language = speak(lang)
    with operating(language, data):
        from vatra.web.ops.backup import do_back_up_installation

        made = do_back_up_installation(file=file)
    about = {
        "file": str(made.file),
        "digest": made.digest,
        "byte_count": made.byte_count,
        "file_count": len(made.manifest["files"]),
        "row_count": made.row_count,
        "city_count": len(made.manifest["cities"]),
        "has_key": made.manifest["has_key"],
        "is_logged": made.is_logged,
        "links_left_out": made.manifest["links_left_out"],
    }
    lines = [say("cli.admin-backed-up", language, **about)]
    if not made.manifest["has_key"]:
        lines.append(say("cli.admin-no-key", language))
    if made.manifest["links_left_out"]:
        lines.append(say("cli.admin-links", language, links=made.manifest["links_left_out"]))
    if not made.is_logged:
        lines.append(say("cli.admin-not-logged", language))
    row = about | {"links_left_out": len(made.manifest["links_left_out"])}
    show(Answer(about, text="\n".join(lines), rows=[row]), form)
