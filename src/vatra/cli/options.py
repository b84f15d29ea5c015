"""Arguments that several commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.output import Format
from vatra.factors import GWP_SETS, Factor, known_sets
from vatra.runs.pack import Pack, open_pack, override
from vatra.sources import Limits
from vatra.tables import FindingsError
from vatra.tables.vocabulary import GASES
from vatra.words import Language, say

PackPath = Annotated[
    Path,
    typer.Argument(metavar="PACK", help="Folder of the city: city.yaml and CSV or XLSX files."),
]
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="ro|en", help="Language of texts and numbers.")
]
Form = Annotated[
    Format, typer.Option("--format", help="Table for people; JSON or CSV for machines.")
]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--factor",
        metavar="CARRIER.YEAR=T_PER_MWH",
        help="Another CO2 factor, such as electricity.2021=0.27746 (t/MWh). May be repeated.",
    ),
]
Gases = Annotated[
    str | None,
    typer.Option(
        "--gases", metavar="CO2,CH4,...|all", help="Gases to count instead of the pack's."
    ),
]
GwpSet = Annotated[
    str | None,
    typer.Option("--gwp-set", metavar="|".join(GWP_SETS), help="Potentials instead of the pack's."),
]
FactorSets = Annotated[
    str | None,
    typer.Option(
        "--factor-sets",
        metavar="SET,SET,...",
        help="Order in which factor sets are asked instead of the pack's.",
    ),
]
MaxMb = Annotated[
    int | None, typer.Option("--max-mb", min=1, help="Largest file that is read, in MB (150).")
]

Host = Annotated[str, typer.Option("--host", help="Address to listen on.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")]


def limits(max_mb: int | None) -> Limits:
    """Size limits of source files."""
    return Limits() if max_mb is None else Limits(max_bytes=max_mb * 1_000_000)


def changed_pack(
    folder: Path,
    lang: Language,
    factors: list[str] | None,
    gases: str | None,
    gwp_set: str | None,
    factor_sets: str | None,
    max_mb: int | None = None,
) -> Pack:
    """The pack under the changes of the command line; raises ``FindingsError`` when refused."""
    pack = open_pack(folder, limits(max_mb))
    if not pack.ok:
        raise FindingsError(pack.findings)
    return pack.with_changes(
        overrides=tuple(_override(text, lang) for text in factors or ()),
        gases=_gases(gases, lang),
        gwp_set=_one_of(gwp_set, tuple(GWP_SETS), "--gwp-set", lang),
        factor_sets=tuple(
            _one_of(each.strip(), known_sets(), "--factor-sets", lang)
            for each in (factor_sets or "").split(",")
            if each.strip()
        ),
    )


def _override(text: str, lang: Language) -> Factor:
    try:
        return override(text)
    except ValueError:
        message = say("cli.factor-wrong", lang, value=text)
        raise typer.BadParameter(message, param_hint="--factor") from None


def _gases(text: str | None, lang: Language) -> tuple[str, ...]:
    if text is None:
        return ()
    if text.strip().casefold() == "all":
        return GASES
    names = tuple(each.strip().upper() for each in text.split(",") if each.strip())
    return tuple(_one_of(each, GASES, "--gases", lang) for each in names)


def _one_of(value: str | None, choices: tuple[str, ...], option: str, lang: Language) -> str:
    if value is None:
        return ""
    if value not in choices:
        message = say("cli.choice-unknown", lang, value=value, choices=list(choices))
        raise typer.BadParameter(message, param_hint=option)
    return value
