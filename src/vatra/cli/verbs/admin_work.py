"""A process that does long work, without pages."""

from __future__ import annotations

from vatra.cli.options import Lang
from vatra.cli.options_admin import Data, operating
from vatra.cli.output import speak
from vatra.words import say


def work(data: Data = None, lang: Lang = None) -> None:
    """Do long work (checks of large files and the like) until Ctrl-C, beside any others that do.

    Example: [bold]vatra admin work --data out/.vatra[/]
    """
    language = speak(lang)
    with operating(language, data):
        from vatra.web.jobs.worker import work as do_jobs

        print(say("cli.admin-working", language), flush=True)
        do_jobs()
