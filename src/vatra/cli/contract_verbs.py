"""Verbs about contracts: lint, contract, verify."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from vatra.cli.options import (
    FactorSets,
    Form,
    Gases,
    GwpSet,
    Lang,
    MaxMb,
    Overrides,
    PackPath,
    changed_pack,
    limits,
)
from vatra.cli.output import EXIT_FINDINGS, Answer, Format, Sheet, fail, show, speak
from vatra.cli.pack_verbs import findings_refuse, inventory_answer, plan_answer
from vatra.contract import verify as verify_document
from vatra.linter import as_text
from vatra.runs.contract import Progress, Run, run, run_pack
from vatra.runs.lint import lint_file, lint_pack
from vatra.runs.pack import open_pack
from vatra.runs.publish import publish
from vatra.tables import FindingsError
from vatra.words import Language, say


@contextmanager
def progress(lang: Language, form: Format) -> Iterator[Progress]:
    """Say each step on stderr while it runs; silent for machines."""
    if form is not Format.TABLE:
        yield lambda step: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Bar(*columns, console=console, disable=not console.is_terminal) as bar:
        current = [bar.add_task("", total=None, visible=False)]

        def step(name: str) -> None:
            bar.update(current[0], total=1, completed=1)
            text = say(f"cli.step-{name}", lang)
            current[0] = bar.add_task(text, total=None)
            if not console.is_terminal:
                console.print(text, highlight=False)

        yield step
        bar.update(current[0], total=1, completed=1)


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


def open_checked(folder: Path) -> Any:
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


def contract(
    pack: PackPath,
    out: Annotated[Path, typer.Option("--out", help="Folder to write to.")] = Path("out"),
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """The sealed contract as JSON, PDF, DOCX and XLSX, in the pack's languages.

    Example: [bold]vatra contract examples/cluj --out out[/]
    """
    language = speak(lang)
    with findings_refuse(language, form), progress(language, form) as step:
        step("read")
        done = run_pack(
            changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb), step
        )
        step("write")
        written = publish(done, out)
    show(_written(done, out, written, language), form)


def _written(done: Run, out: Path, written: list[Path], lang: Language) -> Answer:
    names = sorted(path.relative_to(out).as_posix() for path in written)
    top = [name for name in names if "/" not in name]
    first = say("cli.contract-written", lang, city=done.pack.city.name, seal=done.run_id)
    last = say("cli.files-are", lang, folder=str(out), names=top)
    data = {"city": done.pack.city.name, "seal": done.run_id, "folder": str(out), "files": names}
    return Answer(
        data,
        [Sheet("", ("file",), [(name,) for name in names])] if not top else [],
        f"{first}\n{last}",
    )


def verify(
    document: Annotated[
        Path, typer.Argument(metavar="CONTRACT", help="A contract.json that was sealed.")
    ],
    pack: Annotated[
        Path | None, typer.Option("--pack", help="City pack to compute every figure again from.")
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """Recompute a sealed contract; an altered figure is refused and named.

    Example: [bold]vatra verify out/contract.json --pack examples/cluj[/]
    """
    language = speak(lang)
    sealed = _read_json(document, language)
    recomputed = None
    if pack is not None:
        with findings_refuse(language, form):
            recomputed = _recompute(sealed, pack, max_mb)
    found = verify_document(sealed, recomputed)
    columns = [say(f"cli.verify-{name}", language) for name in ("kind", "path", "message")]
    rows = [(each.kind, each.path, each.message(language)) for each in found]
    if found:
        first = say("cli.verify-broken", language, count=len(found))
    else:
        first = say("contract.whole-with-pack" if recomputed else "contract.whole", language)
    data = {"whole": not found, "mismatches": [each.as_dict(language) for each in found]}
    show(Answer(data, [Sheet("", columns, rows)] if found else [], first), form)
    if found:
        raise typer.Exit(EXIT_FINDINGS)


def _recompute(sealed: Any, pack: Path, max_mb: int | None) -> dict[str, Any]:
    """The contract again from the pack, under the overrides that the sealed one names."""
    if not isinstance(sealed, dict) or not isinstance(sealed.get("city"), dict):
        return run(pack, limits(max_mb)).contract
    return recompute_like(sealed["city"], pack, max_mb)


def recompute_like(city: dict[str, Any], folder: Path, max_mb: int | None) -> dict[str, Any]:
    """Compute a pack under the factors, gases and potentials a sealed contract was made with."""
    from vatra.runs.contract import sealed_changes

    opened = open_pack(folder, limits(max_mb))
    if not opened.ok:
        raise FindingsError(opened.findings)
    return run_pack(sealed_changes(opened, city)).contract


def _read_json(path: Path, lang: Language) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        fail(say("cli.file-missing", lang, file=str(path)))
    except IsADirectoryError:
        fail(say("cli.file-missing", lang, file=str(path / "contract.json")))
    except UnicodeDecodeError as error:
        fail(say("cli.not-json", lang, file=str(path), line=1, fault=error.reason))
    except json.JSONDecodeError as error:
        fail(say("cli.not-json", lang, file=str(path), line=error.lineno, fault=error.msg))


def summary(done: Run, lang: Language) -> list[Answer]:
    """The short table of the demo: totals, split, linter."""
    answers = [inventory_answer(done, lang)]
    if done.plan is not None:
        answers.append(plan_answer(done, lang))
    counts = Counter(each["severity"] for each in done.contract.get("lint", []))
    line = say(
        "cli.demo-lint", lang,
        errors=counts["error"], warnings=counts["warning"], notes=counts["note"],
    )  # fmt: skip
    return [*answers, Answer(None, [], line)]


VERBS = (lint, contract, verify)
