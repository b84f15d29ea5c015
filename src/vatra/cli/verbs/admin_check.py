"""Whether an installation is as it should be."""

from __future__ import annotations

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_admin import Data, operating
from vatra.cli.output import EXIT_FINDINGS, Answer, Format, Sheet, show, speak
from vatra.words import say


def check(data: Data = None, form: Form = Format.TABLE, lang: Lang = None) -> None:
    """Database, migrations, every city's files and seal, disk and permissions.

    Example: [bold]vatra admin check --data out/.vatra[/]
    """
    language = speak(lang)
    with operating(language, data):
        from vatra.web.ops.checks import check_installation

        found = check_installation()
    rows = [each.as_dict(language) for each in found]
    columns = [say(f"cli.admin-check-{name}", language) for name in ("what", "result", "sentence")]
    shown = [
        (
            say(f"cli.admin-check-{each.check}", language),
            say(f"cli.admin-result-{each.severity}", language),
            each.message(language),
        )
        for each in found
    ]
    is_well = all(each.severity != "error" for each in found)
    title = say("cli.admin-check-well" if is_well else "cli.admin-check-faults", language)
    show(Answer({"ok": is_well, "checks": rows}, [Sheet(title, columns, shown)], rows=rows), form)
    if not is_well:
        raise typer.Exit(EXIT_FINDINGS)
