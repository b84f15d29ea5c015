"""Read a pack and say everything that is wrong with it."""

from __future__ import annotations

from typing import Any

import typer

from vatra.cli.options import Form, Lang, MaxMb, PackPath, limits
from vatra.cli.output import EXIT_FINDINGS, Answer, Format, Sheet, finding_sheets, show, speak
from vatra.runs.contract import findings_of
from vatra.runs.pack import open_pack
from vatra.tables import has_errors
from vatra.words import number, say


def check(
    pack: PackPath, form: Form = Format.TABLE, lang: Lang = None, max_mb: MaxMb = None
) -> None:
    """Read a pack and say everything that is wrong with it, by file and row.

    Example: [bold]vatra check examples/cluj[/]
    """
    language = speak(lang)
    opened = open_pack(pack, limits(max_mb))
    findings = findings_of(opened)
    files = [
        (
            each.file,
            number(each.row_count, language),
            each.dialect.delimiter or each.dialect.sheet,
            each.dialect.encoding,
            ", ".join(f"{column} {style}" for column, style in each.styles.items()),
            each.evidence_id[:12],
        )
        for each in opened.evidence.values()
    ]
    columns = ("file", "rows", "delimiter", "encoding", "numbers", "sha256")
    sheet = Sheet(
        say("cli.files", language),
        [say(f"cli.file-{each}", language) for each in columns],
        files,
        (1,),
    )
    errors = sum(each.severity == "error" for each in findings)
    first = say("cli.check-ok" if not errors else "cli.check-errors", language, count=errors)
    sheets = [sheet, *finding_sheets(findings, language)]
    data: dict[str, Any] = {
        "ok": not has_errors(findings),
        "files": [
            {
                "file": each.file,
                "rows": each.row_count,
                "delimiter": each.dialect.delimiter,
                "encoding": each.dialect.encoding,
                "numbers": dict(each.styles),
                "sha256": each.evidence_id,
            }
            for each in opened.evidence.values()
        ],
        "findings": [each.as_dict(language) for each in findings],
    }
    show(Answer(data, sheets, first, rows=data["findings"]), form)
    if has_errors(findings):
        raise typer.Exit(EXIT_FINDINGS)
