"""Recompute a sealed contract."""

from __future__ import annotations

import json
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
    findings_refuse,
    show,
    speak,
)
from vatra.contract import verify as verify_document
from vatra.runs.contract import run_pack, sealed_changes
from vatra.runs.pack import open_pack
from vatra.tables import FindingsError
from vatra.words import Language, say


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
    mismatches = [each.as_dict(language) for each in found]
    data = {"whole": not found, "mismatches": mismatches}
    sheets = [Sheet("", columns, rows)] if found else []
    show(Answer(data, sheets, first, rows=mismatches), form)
    if found:
        raise typer.Exit(EXIT_FINDINGS)


def _recompute(sealed: Any, folder: Path, max_mb: int | None) -> dict[str, Any]:
    """The contract again from the pack, under the factors that the sealed one was made with."""
    opened = open_pack(folder, limits(max_mb))
    if not opened.ok:
        raise FindingsError(opened.findings)
    city = sealed.get("city") if isinstance(sealed, dict) else None
    return run_pack(sealed_changes(opened, city) if isinstance(city, dict) else opened).contract


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
