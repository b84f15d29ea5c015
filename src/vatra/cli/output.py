"""How an answer is shown: a table for people, JSON or CSV for machines; messages to stderr."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from enum import StrEnum
from io import StringIO
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from vatra.tables import Finding, FindingsError, has_errors
from vatra.tables.export import write_csv
from vatra.words import Language, language, say

EXIT_FINDINGS = 1
EXIT_USAGE = 2


class Format(StrEnum):
    """What an answer is written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True)
class Sheet:
    """Rows under headings; numbers are already texts where people read them."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    right: Sequence[int] = ()


@dataclass(frozen=True)
class Answer:
    """What a command has to say.

    ``data`` for JSON; ``rows`` for CSV, plain data with the same keys in each; ``sheets`` for
    people, unless there is a ``text``; ``first`` and ``last`` sentences around them.
    """

    data: Any
    sheets: Sequence[Sheet] = field(default_factory=list)
    first: str = ""
    last: str = ""
    text: str = ""
    rows: Sequence[Mapping[str, Any]] = field(default_factory=list)


def speak(lang: str | None) -> Language:
    """The language asked for, else the one of the environment, else English."""
    if lang is not None:
        try:
            return language(lang)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--lang") from None
    return "ro" if os.environ.get("LANG", "").casefold().startswith("ro") else "en"


def show(answer: Answer, form: Format) -> None:
    """Write an answer to standard output."""
    if form is Format.JSON:
        typer.echo(json.dumps(answer.data, ensure_ascii=False, indent=2, sort_keys=False))
        return
    if form is Format.CSV:
        typer.echo(machine_csv(answer.rows), nl=False)
        return
    console = Console(highlight=False, soft_wrap=False, width=_width())
    if answer.first:
        console.print(escape(answer.first))
    if answer.text:
        console.print(escape(answer.text))
    for sheet in () if answer.text else answer.sheets:
        console.print(_table(sheet))
    if answer.last:
        console.print(escape(answer.last))


def written(answer: Answer, form: Format) -> str:
    """An answer as ``show`` writes it, for one who says it later."""
    with redirect_stdout(StringIO()) as text:
        show(answer, form)
    return text.getvalue().rstrip("\n")


def machine_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV: keys as headings, numbers as the machine writes them, lists joined by ``;``."""
    if not rows:
        return ""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return write_csv([[_flat(row.get(key)) for key in keys] for row in rows], keys)


def _flat(value: Any) -> Any:
    return ";".join(str(each) for each in value) if isinstance(value, list | tuple) else value


def _width() -> int | None:
    """A pipe has no width: tables keep the width of a common screen."""
    return None if Console().is_terminal else 110


def _table(sheet: Sheet) -> Table:
    table = Table(title=escape(sheet.title), title_justify="left", box=None, pad_edge=False)
    for position, column in enumerate(sheet.columns):
        table.add_column(
            escape(column),
            justify="right" if position in sheet.right else "left",
            header_style="bold",
            overflow="fold",
        )
    for row in sheet.rows:
        table.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
    return table


def finding_sheets(findings: Iterable[Finding], lang: Language) -> list[Sheet]:
    """Findings as one sheet of severity, place and message; none when there are none."""
    rows = [
        (say(f"cli.severity-{each.severity}", lang), each.place(), each.message(lang))
        for each in findings
    ]
    columns = [say(f"cli.finding-{name}", lang) for name in ("severity", "place", "message")]
    return [Sheet(say("cli.findings", lang, count=len(rows)), columns, rows)] if rows else []


def refuse(findings: Sequence[Finding], lang: Language, form: Format) -> NoReturn:
    """Say every fault at once and end with exit code 1."""
    if form is Format.JSON:
        data = {"ok": False, "findings": [each.as_dict(lang) for each in findings]}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif form is Format.CSV:
        typer.echo(machine_csv([each.as_dict(lang) for each in findings]), nl=False)
    else:
        errors = Console(stderr=True, highlight=False, width=_width())
        for each in findings:
            mark = say(f"cli.severity-{each.severity}", lang)
            place = f"{each.file}: " if each.file else ""
            errors.print(f"[bold]{escape(mark)}[/] {escape(place + each.message(lang))}")
    raise typer.Exit(EXIT_FINDINGS if has_errors(findings) else 0)


@contextmanager
def findings_refuse(lang: Language, form: Format) -> Iterator[None]:
    """Turn findings that forbid going on into their messages and exit code 1."""
    try:
        yield
    except FindingsError as error:
        refuse(error.findings, lang, form)


def fail(message: str, code: int = EXIT_FINDINGS) -> NoReturn:
    """Say one fault on stderr and end."""
    typer.echo(message, err=True)
    raise typer.Exit(code)
