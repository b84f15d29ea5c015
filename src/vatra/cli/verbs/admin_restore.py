"""An installation from its backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_admin import Data, operating
from vatra.cli.output import Answer, Format, show, speak
from vatra.words import say


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `vatra admin backup` wrote.")],
    digest: Annotated[
        str, typer.Option(help="The digest that the backup said; another file is refused.")
    ] = "",
    data: Data = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """Everything of a backup, on an empty machine; nothing where something is already.

    Example: [bold]vatra admin restore vatra-monday.zip[/]
    """
    language = speak(lang)
    with operating(language, data, must_exist=False):
        from vatra.web.ops.restore import do_restore_installation

        done = do_restore_installation(file=file, digest=digest)
    about = {
        "data": str(done.data),
        "made_at": done.manifest["made_at"],
        "made_with": done.manifest["vatra"],
        "file_count": len(done.manifest["files"]),
        "row_count": done.row_count,
        "city_count": len(done.manifest["cities"]),
    }
    show(Answer(about, text=say("cli.admin-restored", language, **about), rows=[about]), form)
