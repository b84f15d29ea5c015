"""Somebody else's file into a pack, by a saved mapping; or an export of ours read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from vatra.cli.options import Form, Lang, MaxMb, limits
from vatra.cli.output import (
    EXIT_FINDINGS,
    Answer,
    Format,
    Sheet,
    fail,
    finding_sheets,
    findings_refuse,
    show,
    speak,
)
from vatra.faces import faces
from vatra.faces.files import Exchange, read
from vatra.sources import delimiters
from vatra.sources.mapping import Brought, add_to_pack, bring_in, open_mapping, shipped, suggest
from vatra.tables import tables
from vatra.words import Language, number, say

ROWS_SHOWN = 10


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX file of others.")],
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping",
            metavar="M.yaml|" + "|".join(shipped()),
            help="How its columns become ours: a saved mapping, or one that comes with Vatra.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PACKDIR", help="Pack to write the rows into.")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what would be written; write nothing.")
    ] = False,
    append: Annotated[
        bool, typer.Option("--append", help="Add to the rows the pack has already.")
    ] = False,
    suggest_one: Annotated[
        bool, typer.Option("--suggest", help="Write a mapping to begin with.")
    ] = False,
    table: Annotated[str, typer.Option("--table", help="Table that --suggest is for.")] = "energy",
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="Sheet of a workbook, for --suggest.")
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option(
            "--delimiter",
            metavar="|".join(delimiters.NAMED),
            help="Sign between the columns of a CSV file, where the file misleads.",
        ),
    ] = None,
    face: Annotated[
        str | None,
        typer.Option(
            "--face", metavar="|".join(sorted(faces())), help="Read back an export of ours instead."
        ),
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """Rows of a pack from a file in another layout, by a saved mapping.

    Example: [bold]vatra import gas.xlsx --mapping gas.yaml --preview[/]
    """
    language = speak(lang)
    if [mapping is not None, suggest_one, face is not None].count(True) != 1:
        raise typer.BadParameter(say("cli.verbs.import-one", language), param_hint="--mapping")
    sign = _sign(delimiter, face, language)
    with findings_refuse(language, form):
        if suggest_one:
            _suggest(file, _known(table, sorted(tables()), "--table", language), sheet, sign, form)
        elif face is not None:
            name = _known(face, sorted(faces()), "--face", language)
            show(_exchange(read(faces()[name], file, limits(max_mb)), language), form)
        else:
            opened = open_mapping(mapping or "")
            said = replace(opened, delimiter=sign or opened.delimiter)
            brought = bring_in(file, said, limits(max_mb))
            _bring(brought, out, preview, append, form, language)


def _known(value: str, choices: list[str], option: str, lang: Language) -> str:
    if value not in choices:
        message = say("cli.choice-unknown", lang, value=value, choices=choices)
        raise typer.BadParameter(message, param_hint=option)
    return value


def _sign(delimiter: str | None, face: str | None, lang: Language) -> str:
    """The sign that people named; empty to be told from the file."""
    if delimiter is None:
        return ""
    if face is not None:
        message = say("cli.verbs.import-delimiter-face", lang)
        raise typer.BadParameter(message, param_hint="--delimiter")
    return delimiters.NAMED[_known(delimiter, list(delimiters.NAMED), "--delimiter", lang)]


def _suggest(file: Path, table: str, sheet: str | None, delimiter: str, form: Format) -> None:
    # A sheet may be given by its number.
    place = int(sheet) if sheet and sheet.isdigit() else sheet
    found = suggest(file, table, sheet=place, delimiter=delimiter)
    data = {
        "mapping": found.text,
        "matched": dict(found.matched),
        "open": list(found.open_columns),
    }
    # The YAML goes to standard output as it is, so that it can be kept in a file.
    show(Answer(data, text=found.text.rstrip(), rows=[{"mapping": found.text}]), form)


def _bring(
    brought: Brought,
    out: Path | None,
    preview: bool,
    append: bool,
    form: Format,
    lang: Language,
) -> None:
    if not preview and out is None:
        fail(say("cli.verbs.import-where", lang), 2)
    written = None
    if brought.ok and not preview and out is not None:
        written = add_to_pack(brought, out, append=append)
    show(_brought(brought, written, lang), form)
    if not brought.ok:
        raise typer.Exit(EXIT_FINDINGS)


def _brought(brought: Brought, written: Path | None, lang: Language) -> Answer:
    count = len(brought.frame)
    key = "import-written" if written else "import-preview" if brought.ok else "import-refused"
    first = say(
        f"cli.verbs.{key}",
        lang,
        count=count,
        file=brought.file,
        table=brought.table.file_name if written is None else str(written),
    )
    data: dict[str, Any] = {
        "ok": brought.ok,
        "file": brought.file,
        "sheet": brought.sheet,
        "sha256": brought.evidence_id,
        "heading_rows": list(brought.heading_lines),
        "matched": dict(brought.matched),
        "units": dict(brought.units),
        "numbers": dict(brought.styles),
        "rows_count": count,
        "written": str(written) if written else None,
        "rows": brought.frame.head(ROWS_SHOWN).to_dicts(),
        "findings": [each.as_dict(lang) for each in brought.findings],
    }
    sheets = [_how(brought, lang), _rows(brought, lang), *finding_sheets(brought.findings, lang)]
    return Answer(data, sheets, first, rows=brought.frame.to_dicts())


def _how(brought: Brought, lang: Language) -> Sheet:
    """Column by column: where it comes from, its unit and how its numbers were read."""
    rows = [
        (name, theirs, brought.units.get(name, ""), _style(brought.styles.get(name, ""), lang))
        for name, theirs in brought.matched.items()
    ]
    columns = [
        say(f"cli.verbs.import-{each}", lang) for each in ("ours", "theirs", "unit", "style")
    ]
    place = ", ".join(
        part for part in (brought.sheet, *(str(line) for line in brought.heading_lines)) if part
    )
    return Sheet(say("cli.verbs.import-how", lang, place=place), columns, rows)


def _style(style: str, lang: Language) -> str:
    if style in ("", "cells"):
        return say("cli.verbs.import-cells", lang) if style else ""
    return say(f"tables.style-{style}", lang)


def _rows(brought: Brought, lang: Language) -> Sheet:
    shown = [name for name in brought.frame.columns if name not in ("source", "note", "line")]
    rows = [
        (str(row["line"]), *(row[name] or "" for name in shown))
        for row in brought.frame.head(ROWS_SHOWN).to_dicts()
    ]
    return Sheet(
        say("cli.verbs.import-first", lang), [say("cli.verbs.import-line", lang), *shown], rows
    )


def _exchange(found: Exchange, lang: Language) -> Answer:
    """What an export holds, exact."""
    rows = [
        (found.face.part_title(part, lang), number(len(frame), lang))
        for part, frame in found.frames.items()
    ]
    columns = [say("cli.verbs.import-table", lang), say("cli.verbs.import-count", lang)]
    data = {
        "face": found.face.name,
        "synthetic": found.synthetic,
        "tables": {part: frame.to_dicts() for part, frame in found.frames.items()},
    }
    flat = [
        {"table": part, **row} for part, frame in found.frames.items() for row in frame.to_dicts()
    ]
    last = say("cli.verbs.export-synthetic", lang) if found.synthetic else ""
    return Answer(data, [Sheet(found.face.title(lang), columns, rows, (1,))], last=last, rows=flat)
