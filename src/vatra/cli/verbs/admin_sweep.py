"""What lies on the disk and belongs to nobody."""

from __future__ import annotations

from vatra.cli.options import Form, Lang
from vatra.cli.options_admin import Data, operating
from vatra.cli.output import Answer, Format, show, speak
from vatra.words import say


def sweep(data: Data = None, form: Form = Format.TABLE, lang: Lang = None) -> None:
    """Remove stored files that belong to nothing since a day; workers do so every hour.

    Example: [bold]vatra admin sweep --data out/.vatra[/]
    """
    language = speak(lang)
    with operating(language, data):
        from vatra.web.workspace.sweeping import do_sweep_installation

        done = do_sweep_installation(actor="vatra admin")
    about = {"file_count": done.file_count, "byte_count": done.byte_count}
    show(Answer(about, text=say("cli.admin-swept", language, **about), rows=[about]), form)
