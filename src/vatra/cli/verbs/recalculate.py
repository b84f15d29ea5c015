"""Whether the base year has to be computed again, and the log of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from vatra.cli.figures import city_name, in_tonnes, signed_tonnes
from vatra.cli.options import Form, Lang, MaxMb, PackPath, limits
from vatra.cli.output import Answer, Format, Sheet, fail, findings_refuse, show, speak
from vatra.contract import verify as verify_document
from vatra.runs.contract import Run, run
from vatra.runs.recalculation import Compared, Differing, compare
from vatra.runs.recalculation_log import append, is_date
from vatra.tables import label
from vatra.tables.vocabulary import SECTORS
from vatra.units import MG_PER_T
from vatra.words import Language, percent, say, tonnes

SEAL_LETTERS = 12


class Reason(StrEnum):
    """Names of ``plans.recalculation.TRIGGERS``, as the command line takes them."""

    METHOD = "method"
    FACTOR = "factor"
    BOUNDARY = "boundary"
    ERROR = "error"


def recalculate(
    pack: PackPath,
    against: Annotated[
        Path,
        typer.Option("--against", metavar="CONTRACT", help="The contract.json sealed before."),
    ],
    reason: Annotated[Reason, typer.Option("--reason", help="What made the base year move.")],
    note: Annotated[str, typer.Option("--note", help="What changed, in a sentence for the log.")],
    on: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="Day of the change; today unless given."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Add a row to the pack's recalculations.csv.")
    ] = False,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """The base year of a sealed contract and of today, and whether the policy asks for a new one.

    Example: [bold]vatra recalculate city --against contract.json --reason factor --note Grid[/]
    """
    language = speak(lang)
    day, words = _day(on, language), " ".join(note.split())
    if not words:
        message = say("cli.recalculate-note", language)
        raise typer.BadParameter(message, param_hint="--note")
    sealed = _sealed(against, language)
    with findings_refuse(language, form):
        now = run(pack, limits(max_mb))
    years = (sealed["city"]["base_year"], now.pack.city.base_year)
    if years[0] != years[1]:
        before, after = (str(each) for each in years)
        fail(say("cli.recalculate-base-year", language, before=before, after=after))
    found = compare(now, sealed, reason.value, words, day)
    written = ""
    if write:
        with findings_refuse(language, form):
            written = _write(now, found, language)
    show(recalculate_answer(now, found, written, language), form)


def _day(text: str | None, lang: Language) -> str:
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat() if text is None else text
    if not is_date(day):
        message = say("cli.recalculate-date", lang, value=day)
        raise typer.BadParameter(message, param_hint="--date")
    return day


def _sealed(path: Path, lang: Language) -> dict[str, Any]:
    """The contract, whole: one that was altered is no measure of a change."""
    try:
        document = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, IsADirectoryError):
        fail(say("cli.file-missing", lang, file=str(path)))
    except (ValueError, RecursionError) as error:
        fail(say("cli.not-json", lang, file=str(path), line=getattr(error, "lineno", 1),
                 fault=str(getattr(error, "msg", type(error).__name__))))  # fmt: skip
    mismatches = verify_document(document)
    if mismatches:
        fail(say("cli.recalculate-broken", lang, file=path.name,
                 fault=mismatches[0].message(lang)))  # fmt: skip
    return dict(document)


def _write(now: Run, found: Compared, lang: Language) -> str:
    try:
        return append(now.pack, found.change, found.old_seal, found.new_seal).name
    except OSError as error:
        fail(say("cli.recalculate-unwritable", lang, fault=error.strerror or str(error)))


def recalculate_answer(now: Run, found: Compared, written: str, lang: Language) -> Answer:
    """The base year by sector, then and now, what differs, and what the policy says."""
    change = found.change
    rows = [_data_row(sector, change.before_mg, change.after_mg) for sector in _sectors(found)]
    data = {
        "city": now.pack.city.name,
        "synthetic": now.pack.city.synthetic,
        "base_year": change.year,
        "date": change.date,
        "reason": change.trigger,
        "note": change.reason,
        "before_t": sum(change.before_mg.values()) / MG_PER_T,
        "after_t": sum(change.after_mg.values()) / MG_PER_T,
        "moved_t": change.moved_mg / MG_PER_T,
        "pending_t": found.step.pending_mg / MG_PER_T,
        "threshold_share": found.policy.threshold_share,
        "recalculates": found.step.recalculates,
        "old_seal": found.old_seal,
        "new_seal": found.new_seal,
        "sectors": rows,
        "differing": [vars(each) for each in found.differing],
        "written": written or None,
    }
    sheets = [_sectors_sheet(found, lang)]
    sheets += [_differing_sheet(found.differing, lang)] if found.differing else []
    return Answer(data, sheets, _first(now, found, lang), _last(found, written, lang), rows=rows)


def _sectors(found: Compared) -> list[str]:
    parts = {*found.change.before_mg, *found.change.after_mg}
    return [each for each in SECTORS if each in parts]


def _data_row(sector: str, before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, Any]:
    """Tonnes then and now; blank where there were or are none."""
    masses = {"before_t": before.get(sector), "after_t": after.get(sector)}
    return {"sector": sector} | {
        name: None if mass_mg is None else mass_mg / MG_PER_T for name, mass_mg in masses.items()
    }


def _first(now: Run, found: Compared, lang: Language) -> str:
    change = found.change
    share = change.moved_share
    about = {
        "city": city_name(now, lang),
        "year": str(change.year),
        "before": tonnes(sum(change.before_mg.values()), lang),
        "after": tonnes(sum(change.after_mg.values()), lang),
        "moved": signed_tonnes(change.moved_mg, lang) + "\u00a0t",
        "share": "–" if share is None else ("+" if share > 0 else "") + percent(share, lang, 2),
        "threshold": percent(found.policy.threshold_share, lang, 2),
        "pending": signed_tonnes(found.step.pending_mg, lang) + "\u00a0t",
    }
    asked = "cli.recalculate-asked" if found.step.recalculates else "cli.recalculate-not-asked"
    return f"{say('cli.recalculate-first', lang, **about)} {say(asked, lang, **about)}"


def _last(found: Compared, written: str, lang: Language) -> str:
    if written:
        return say("cli.recalculate-written", lang, file=written)
    return say("cli.recalculate-not-written", lang)


def _sectors_sheet(found: Compared, lang: Language) -> Sheet:
    before, after = found.change.before_mg, found.change.after_mg
    rows = [
        _row(label("sector", each, lang), before.get(each), after.get(each), lang)
        for each in _sectors(found)
    ]
    total = (sum(before.values()), sum(after.values()))
    rows.append(_row(say("cli.total", lang), *total, lang))
    columns = [say(f"cli.recalculate-{name}", lang) for name in ("sector", "then", "now", "moved")]
    title = say("cli.recalculate-title", lang, year=str(found.change.year))
    return Sheet(title, columns, rows, (1, 2, 3))


def _row(name: str, before: int | None, after: int | None, lang: Language) -> tuple[str, ...]:
    masses = ("" if each is None else in_tonnes(each, lang) for each in (before, after))
    return (name, *masses, signed_tonnes((after or 0) - (before or 0), lang))


def _differing_sheet(differing: Sequence[Differing], lang: Language) -> Sheet:
    rows = [
        (
            say(f"cli.recalculate-{each.kind.replace('_', '-')}", lang),
            each.name,
            each.before[:SEAL_LETTERS],
            each.after[:SEAL_LETTERS],
        )
        for each in differing
    ]
    columns = [say(f"cli.recalculate-{name}", lang) for name in ("what", "name", "then", "now")]
    return Sheet(say("cli.recalculate-differs", lang), columns, rows)
