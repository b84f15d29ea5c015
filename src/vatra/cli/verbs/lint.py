"""What does not add up in a contract's published tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.output import EXIT_FINDINGS, Answer, Format, findings_refuse, show, speak
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
    blocks: list[str] = []
    for place in places:
        with findings_refuse(language, form):
            findings = (
                lint_pack(open_checked(place), language) if place.is_dir() else lint_file(place)
            )
        found = [each.as_dict(language) for each in findings]
        data.append({"place": str(place), "findings": found})
        blocks.append(_heading(place, len(found), language))
        if found:
            blocks.append(as_text(findings, language))
    rows = [_row(entry["place"], each) for entry in data for each in entry["findings"]]
    show(Answer(data[0] if len(data) == 1 else data, text="\n\n".join(blocks), rows=rows), form)
    if any(row["severity"] == "error" for row in rows):
        raise typer.Exit(EXIT_FINDINGS)


def _heading(place: Path, count: int, lang: Language) -> str:
    if not count:
        return say("cli.lint-clean", lang, place=str(place))
    return say("cli.lint-found", lang, place=str(place), count=count)


def _row(place: str, found: dict[str, Any]) -> dict[str, Any]:
    """A finding as one CSV row."""
    names = ("severity", "code", "table", "message", "arithmetic")
    repair = (found["repair"] or {}).get("text", "")
    return {"place": place, **{name: found[name] for name in names}, "repair": repair}


def open_checked(folder: Path) -> Pack:
    """A pack without errors, or all its findings raised at once."""
    pack = open_pack(folder)
    if not pack.ok:
        raise FindingsError(pack.findings)
    return pack
