"""What does not add up in a contract's published tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.output import EXIT_FINDINGS, Answer, Format, Sheet, findings_refuse, show, speak
from vatra.linter import as_text
from vatra.runs.lint import lint_file, lint_pack
from vatra.runs.pack import Pack, open_pack
from vatra.tables import FindingsError
from vatra.words import Language, say


def lint(
    places: Annotated[
        list[Path],
        typer.Argument(metavar="PACK|FILE...", help="City packs, or tables as YAML, JSON or CSV."),
    ],
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """What does not add up in a contract's published tables, with a repair where it is plain.

    Exit code 1 when any finding is an error.

    Example: [bold]vatra lint examples/cluj[/]
    """
    language = speak(lang)
    data: list[dict[str, Any]] = []
    sheets: list[Sheet] = []
    blocks: list[str] = []
    worst = False
    for place in places:
        with findings_refuse(language, form):
            findings = (
                lint_pack(open_checked(place), language) if place.is_dir() else lint_file(place)
            )
        found = [each.as_dict(language) for each in findings]
        worst |= any(each["severity"] == "error" for each in found)
        data.append({"place": str(place), "findings": found})
        sheets.append(lint_sheet(str(place), found, language))
        heading = sheets[-1].title
        blocks.append(f"{heading}\n\n{as_text(findings, language)}" if found else heading)
    if form is Format.CSV:
        sheets = [_with_places(data, sheets)]
    show(Answer(data[0] if len(data) == 1 else data, sheets, text="\n\n".join(blocks)), form)
    if worst:
        raise typer.Exit(EXIT_FINDINGS)


def _with_places(data: list[dict[str, Any]], sheets: list[Sheet]) -> Sheet:
    """All places as one sheet, for a CSV with one row per finding."""
    rows = [
        (entry["place"], *row)
        for entry, sheet in zip(data, sheets, strict=True)
        for row in sheet.rows
    ]
    return Sheet("", ("place", *sheets[0].columns), rows)


def open_checked(folder: Path) -> Pack:
    """A pack without errors, or all its findings raised at once."""
    pack = open_pack(folder)
    if not pack.ok:
        raise FindingsError(pack.findings)
    return pack


def lint_sheet(place: str, found: list[dict[str, Any]], lang: Language) -> Sheet:
    """Linter findings as rows."""
    columns = [
        say("cli.finding-severity", lang),
        *(say(f"cli.lint-{name}", lang) for name in ("code", "table")),
        say("cli.finding-message", lang),
        *(say(f"cli.lint-{name}", lang) for name in ("arithmetic", "repair")),
    ]
    rows = [
        (
            say(f"cli.severity-{each['severity']}", lang),
            each["code"],
            each["table"],
            each["message"],
            each["arithmetic"],
            (each["repair"] or {}).get("text", ""),
        )
        for each in found
    ]
    title = (
        say("cli.lint-found", lang, place=place, count=len(found))
        if found
        else say("cli.lint-clean", lang, place=place)
    )
    return Sheet(title, columns, rows)
