"""The sealed contract as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
)
from vatra.cli.output import Answer, Format, findings_refuse, show, speak
from vatra.cli.progress import progress
from vatra.runs.contract import Run, run_pack
from vatra.runs.publish import publish
from vatra.words import Language, say


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
    return Answer(data, text=f"{first}\n{last}", rows=[{"file": name} for name in names])
