"""Many buildings changed at once in their own files, with a preview and a check of the whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_blocks import BuildingsFolder
from vatra.cli.output import (
    EXIT_FINDINGS,
    EXIT_USAGE,
    Answer,
    Format,
    Sheet,
    fail,
    finding_sheets,
    findings_refuse,
    refuse,
    show,
    speak,
)
from vatra.runs.stock import TABLES
from vatra.runs.stock_edit_convert import FORMS, converted
from vatra.runs.stock_edit_files import CellChange, FileEdit, edit_files, write_edit
from vatra.words import Language, number, say

_SHOWN = 30


def edit(
    folder: BuildingsFolder,
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN=VALUE", help="Rows that are meant; all conditions hold."),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="COLUMN=VALUE", help="What is to stand there."),
    ] = None,
    sent: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Changed columns by the key of their row."),
    ] = None,
    table: Annotated[str, typer.Option(metavar="|".join(TABLES), help="Which table.")] = TABLES[0],
    write: Annotated[bool, typer.Option("--write", help="Write; without it, only shown.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write a copy of the stock here instead.")
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="|".join(FORMS), help="Turn the buildings into this file.")
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """Change many buildings at once, cell by cell; nothing else in their files changes.

    Example: [bold]vatra blocks edit examples/iasi --where "built<1965" --set storeys_count=5[/]
    """
    language = speak(lang)
    if to is not None:
        _convert(folder, to, out, language, form)
        return
    if table not in TABLES:
        fail(say("cli.edit-table", language, value=table, tables=list(TABLES)), EXIT_USAGE)
    if (sent is not None and setting) or (write and out is not None):
        fail(say("cli.edit-both", language), EXIT_USAGE)
    handed = None if sent is None else (_bytes(sent, language), sent.name)
    with findings_refuse(language, form):
        done = edit_files(
            folder, table=table, where=tuple(where or ()), setting=tuple(setting or ()), sent=handed
        )
    if not done.ok:
        refuse(done.findings, language, form)
    show(edit_answer(done, _written(done, write, out, language), language), form)


def _bytes(path: Path, lang: Language) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        fail(say("cli.edit-unreadable", lang, file=str(path)), EXIT_USAGE)


def _written(done: FileEdit, write: bool, out: Path | None, lang: Language) -> str:
    if not done.changes or not (write or out is not None):
        return ""
    try:
        return str(write_edit(done, out))
    except FileExistsError:
        fail(say("cli.edit-full", lang, folder=str(out)), EXIT_FINDINGS)


def _convert(folder: Path, to: str, out: Path | None, lang: Language, form: Format) -> None:
    """A new file of another format; one that is there is never written over."""
    if to not in FORMS:
        fail(say("cli.edit-form", lang, value=to, forms=list(FORMS)), EXIT_USAGE)
    into = (out or folder) / to
    if into.exists():
        fail(say("cli.edit-there", lang, file=str(into)), EXIT_FINDINGS)
    with findings_refuse(lang, form):
        data, findings = converted(folder, to)
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_bytes(data)
    data_row = {"written": str(into), "findings": [each.as_dict(lang) for each in findings]}
    show(
        Answer(
            data_row, finding_sheets(findings, lang), say("cli.edit-written", lang, file=str(into))
        ),
        form,
    )


def edit_answer(done: FileEdit, written: str, lang: Language) -> Answer:
    """Every cell that differs, before and after."""
    rows = [_row(each) for each in done.changes]
    data = {
        "file": done.file,
        "rows_count": done.rows_count,
        "changes": rows,
        "written": written or None,
        "findings": [each.as_dict(lang) for each in done.findings],
    }
    first = say(
        "cli.edit-first",
        lang,
        cells=number(len(rows), lang),
        touched=number(len({each.line for each in done.changes}), lang),
        rows=number(done.rows_count, lang),
        file=done.file,
    )
    return Answer(
        data,
        [*_sheets(done, lang), *finding_sheets(done.findings, lang)],
        first,
        _last(done, written, lang),
        rows=rows,
    )


def _row(change: CellChange) -> dict[str, object]:
    return {
        "row": change.row,
        "line": change.line,
        "column": change.column,
        "before": change.before,
        "after": change.after,
    }


def _sheets(done: FileEdit, lang: Language) -> list[Sheet]:
    if not done.changes:
        return []
    headings = [
        say(f"cli.edit-{name}", lang) for name in ("row", "line", "column", "before", "after")
    ]
    rows = [
        (each.row, str(each.line), each.column, each.before or "–", each.after or "–")
        for each in done.changes[:_SHOWN]
    ]
    more = len(done.changes) - len(rows)
    if more > 0:
        rows.append((say("cli.edit-more", lang, count=number(more, lang)), "", "", "", ""))
    return [Sheet(say("cli.edit-title", lang), headings, rows, (1,))]


def _last(done: FileEdit, written: str, lang: Language) -> str:
    if not done.changes:
        return say("cli.edit-none", lang)
    return say("cli.edit-written", lang, file=written) if written else say("cli.edit-dry", lang)
