"""An inventory in the layouts that others ask for."""

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
from vatra.faces import Face, faces
from vatra.faces.files import write
from vatra.runs.exchange import report, years_of
from vatra.runs.inventory import Inventory
from vatra.runs.inventory import inventory as compute
from vatra.tables import FindingsError, has_errors
from vatra.words import Language, say


def export(
    pack: PackPath,
    face: Annotated[
        str, typer.Option("--face", metavar="|".join(sorted(faces())), help="Which layout.")
    ],
    to: Annotated[
        Path, typer.Option("--to", help="File to write: .csv, .json, .parquet or .xlsx.")
    ],
    year: Annotated[
        list[int] | None,
        typer.Option("--year", help="Year to show instead of the base year. May be repeated."),
    ] = None,
    rounded: Annotated[
        bool,
        typer.Option(
            "--rounded", help="Whole tonnes for people; does not come back to the same rows."
        ),
    ] = False,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """The inventory as others ask for it: GPC table, eCRF, contract tables, SECAP, plain rows.

    Example: [bold]vatra export examples/cluj --face gpc --to gpc.xlsx[/]
    """
    language = speak(lang)
    asked = _face(face, language)
    with findings_refuse(language, form):
        found = compute(changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb))
        if has_errors(found.findings):
            raise FindingsError(found.findings)
        years = _years(year, asked, found, language)
        written = write(asked, report(found, years), to, language, rounded=rounded)
    show(_written(asked, found, written, language), form)


def _face(name: str, lang: Language) -> Face:
    if name not in faces():
        message = say("cli.choice-unknown", lang, value=name, choices=sorted(faces()))
        raise typer.BadParameter(message, param_hint="--face")
    return faces()[name]


def _years(
    asked: list[int] | None, face: Face, found: Inventory, lang: Language
) -> tuple[int, ...]:
    if not asked:
        return years_of(face, found)
    for year in asked:
        if year not in found.years:
            known = [str(each) for each in found.years]
            message = say("cli.choice-unknown", lang, value=str(year), choices=known)
            raise typer.BadParameter(message, param_hint="--year")
    return tuple(sorted(set(asked)))


def _written(face: Face, found: Inventory, written: list[Path], lang: Language) -> Answer:
    city = found.pack.city
    names = [str(path) for path in written]
    first = say("cli.verbs.export-written", lang, face=face.title(lang), city=city.name)
    last = say("cli.verbs.export-synthetic", lang) if city.synthetic else ""
    data = {
        "face": face.name,
        "city": city.name,
        "synthetic": city.synthetic,
        "files": names,
    }
    text = "\n".join(each for each in (f"{first} {', '.join(names)}", last) if each)
    return Answer(data, text=text, rows=[{"file": name} for name in names])
