"""What does not add up in a contract's published tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.output import EXIT_FINDINGS, Answer, Format, refuse, show, speak
from vatra.linter import Document, LintFinding, load
from vatra.linter import lint as find
from vatra.runs.lint import pack_document
from vatra.runs.lint_cells import Finder
from vatra.runs.lint_report import lint_report
from vatra.runs.lint_words import kind_words, message_words, place_words
from vatra.runs.pack import Pack, open_pack
from vatra.sources.city_yaml import FILE_NAME
from vatra.tables import Finding, FindingsError, has_errors
from vatra.words import Language, say

# What tells a folder of a contract's parts from a city pack whose city.yaml is missing.
WRITTEN_SUFFIXES = (".md", ".html", ".htm", ".docx", ".pdf", ".yaml", ".yml", ".json")


@dataclass
class Linted:
    """One place: what was found there, or why it could not be read."""

    place: Path
    document: Document | None = None
    found: list[LintFinding] = field(default_factory=list)
    refused: Sequence[Finding] = ()

    @property
    def has_errors(self) -> bool:
        """Whether anything in it is an error."""
        return has_errors(self.refused) or any(each.severity == "error" for each in self.found)


def lint(
    places: Annotated[
        list[Path],
        typer.Argument(
            metavar="PACK|FILE...",
            help="City packs; contracts as PDF, DOCX, XLSX, Markdown or HTML; typed tables as "
            "YAML, JSON or CSV; folders of these.",
        ),
    ],
    tables: Annotated[
        bool,
        typer.Option("--tables", help="Say of every table what it was taken for and what held."),
    ] = False,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """What does not add up in a contract's published tables, with a repair where it is plain.

    Several places are read one after the other; one that cannot be read does not hide the rest.

    Exit code 1 when any finding is an error or a place cannot be read, else 0.

    Example: [bold]vatra lint examples/cluj[/]

    Example: [bold]vatra lint contract.pdf annex.xlsx --tables --lang ro[/]
    """
    language = speak(lang)
    linted = [_linted(place, language) for place in places]
    if len(linted) == 1 and linted[0].refused:
        refuse(linted[0].refused, language, form)
    data = [_data(each, tables, language) for each in linted]
    rows = [row for each in data for row in (_table_rows(each) if tables else _rows(each))]
    text = "\n\n".join(
        _text(each, entry, tables, language) for each, entry in zip(linted, data, strict=True)
    )
    show(Answer(data[0] if len(data) == 1 else data, text=text, rows=rows), form)
    if any(each.has_errors for each in linted):
        raise typer.Exit(EXIT_FINDINGS)


def _linted(place: Path, lang: Language) -> Linted:
    try:
        document = _document(place, lang)
        return Linted(place, document, find(document))
    except FindingsError as error:
        return Linted(place, refused=error.findings)


def _document(place: Path, lang: Language) -> Document:
    """A pack's printed tables, a contract, or a folder of its parts."""
    if not place.is_dir():
        return load(place)
    written = any(each.suffix.lower() in WRITTEN_SUFFIXES for each in place.iterdir())
    if written and not (place / FILE_NAME).exists():
        return load(place)
    return pack_document(open_checked(place), lang)


def _data(linted: Linted, tables: bool, lang: Language) -> dict[str, Any]:
    """One place as plain data."""
    entry: dict[str, Any] = {"place": str(linted.place)}
    if linted.document is None:
        refused = [each.as_dict(lang) for each in linted.refused]
        return entry | {"ok": False, "findings": refused, "tables": []}
    finders = {table.id: Finder(table) for table in linted.document.tables}
    entry["findings"] = [
        each.as_dict(lang) | {"message": message_words(each, lang), "at": _at(each, finders, lang)}
        for each in linted.found
    ]
    if tables:
        report = lint_report(linted.document, linted.found)
        entry["tables"] = [_table(each, lang) for each in report["tables"]]
    return entry


def _at(finding: LintFinding, finders: dict[str, Finder], lang: Language) -> str:
    """Where the first cell stands in its file, empty for tables that were typed."""
    if not finding.cells or finding.cells[0].table not in finders:
        return ""
    name = finding.cells[0]
    return place_words(finders[name.table].place(name), lang)


def _table(table: dict[str, Any], lang: Language) -> dict[str, Any]:
    return {
        "table": table["id"],
        "title": table["title"],
        "at": table["place"][lang],
        "kind": table["kind"],
        "read_as": kind_words(table["kind"], lang),
        "state": table["state"],
        "held_count": table["held_count"],
        "row_count": table["row_count"],
    }


def _rows(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Findings as CSV rows."""
    names = ("severity", "code", "table", "at", "message", "arithmetic")
    return [
        {"place": entry["place"]}
        | {name: found.get(name, "") for name in names}
        | {"repair": (found.get("repair") or {}).get("text", "")}
        for found in entry["findings"]
    ]


def _table_rows(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Tables as CSV rows; a place that cannot be read has one row that says why."""
    if "ok" in entry:
        reasons = " ".join(each["message"] for each in entry["findings"])
        return [{"place": entry["place"], "table": "", "state": "unreadable", "title": reasons}]
    return [{"place": entry["place"], **table} for table in entry["tables"]]


def _text(linted: Linted, entry: dict[str, Any], tables: bool, lang: Language) -> str:
    """One place as people read it: a heading, its tables if asked, its findings."""
    if linted.document is None:
        reasons = [each["message"] for each in entry["findings"]]
        return "\n".join([say("cli.lint-unread", lang, place=entry["place"]), *reasons])
    count = len(linted.found)
    key = "cli.lint-found" if count else "cli.lint-clean"
    parts = [say(key, lang, place=entry["place"], count=count)]
    if tables:
        parts.append("\n".join(_table_line(each, lang) for each in entry["tables"]))
    blocks = zip(linted.found, entry["findings"], strict=True)
    return "\n\n".join([*parts, *(_block(each, data["at"], lang) for each, data in blocks)])


def _table_line(table: dict[str, Any], lang: Language) -> str:
    name = f"{table['table']} ({table['at']})" if table["at"] else table["table"]
    title = table["title"].removeprefix(table["table"]).lstrip(" :.-–")
    state = say(f"cli.lint-state-{table['state']}", lang, count=table["held_count"])
    said = say("cli.lint-table", lang, name=name, kind=table["read_as"], state=state)
    return f"{said}\n    {title}" if title else said


def _block(finding: LintFinding, at: str, lang: Language) -> str:
    """A finding as the linter writes it, with its place in the file."""
    severity = say(f"linter.severity-{finding.severity}", lang)
    place = f"{finding.place()} ({at})" if at else finding.place()
    lines = [f"{severity}: {place} [{finding.code}]", f"  {message_words(finding, lang)}"]
    if finding.arithmetic(lang):
        lines.append(f"  {finding.arithmetic(lang)}")
    if finding.repair is not None:
        lines.append(f"  {finding.repair.text(lang)}")
    return "\n".join(lines)


def open_checked(folder: Path) -> Pack:
    """A pack without errors, or all its findings raised at once."""
    pack = open_pack(folder)
    if not pack.ok:
        raise FindingsError(pack.findings)
    return pack
