"""Options that the actions of ``vatra blocks`` share."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.output import EXIT_USAGE, fail
from vatra.plans.blocks import missing_packages
from vatra.words import Language, say


class EngineName(StrEnum):
    """Which engine answers."""

    SEASONAL = "seasonal"
    RC5 = "rc5"
    MODAL = "modal"


class YesNo(StrEnum):
    """A fact that people know; left out where they do not."""

    YES = "yes"
    NO = "no"


BuildingsFolder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="The folder of the buildings.")
]
ClimateName = Annotated[
    str,
    typer.Option(
        metavar="FILE|PLACE[@YEAR][+SHIFT]",
        help="EPW or PVGIS file, or a synthetic year: iasi, cluj, bucuresti, I ... V; "
        "series.csv@2016 takes a year, iasi+2050-high or iasi+2 shifts it.",
    ),
]
EngineOption = Annotated[
    EngineName,
    typer.Option(help="seasonal (TABULA), rc5 (EN ISO 13790) or modal (ISO 52016-1)."),
]
WarmerK = Annotated[
    float, typer.Option(min=-10, max=15, help="Shift every hour of the climate, in kelvin.")
]
Heat = Annotated[
    str, typer.Option(metavar="SYSTEM", help="What heats buildings that state no system.")
]
OnDate = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Day of prices and calls.")
]
Programmes = Annotated[
    list[str] | None,
    typer.Option(
        "--programme", metavar="ID", help="Programmes that may pay, instead of those open."
    ),
]
Region = Annotated[str | None, typer.Option(help="Development region: nord_est, nord_vest, ...")]
Rank = Annotated[str | None, typer.Option(help="Rank of the place: municipality, town or commune.")]
SeismicClass = Annotated[str | None, typer.Option(help="RsI, RsII, RsIII or RsIV.")]
FlatAreas = Annotated[
    str | None, typer.Option(metavar="M2,M2,...", help="Useful area of each flat.")
]
Reference = Annotated[
    bool, typer.Option("--reference", help="The engines in numpy alone, under an even sky.")
]


def need_extra(lang: Language, reference: bool = False) -> None:
    """Stop with the command to type where the extra ``buildings`` is not installed."""
    missing = missing_packages()
    if missing and not reference:
        fail(say("cli.blocks-extra", lang, packages=missing), EXIT_USAGE)


def day_of(text: str | None, lang: Language) -> date:
    """The day of ``--date``, today without one; else stops with how to write it."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(say("cli.blocks-day", lang, value=text), EXIT_USAGE)


def areas_of(text: str | None, lang: Language) -> tuple[float, ...]:
    """The areas of ``--flats`` [m²], none without it; else stops with how to write them."""
    try:
        found = tuple(float(each) for each in (text or "").split(",") if each.strip())
    except ValueError:
        found = (0.0,)
    if any(not 0 < each < 1000 for each in found):
        fail(say("cli.blocks-flats", lang, value=text), EXIT_USAGE)
    return found


def known(answer: YesNo | None) -> bool | None:
    """A fact as a truth, None where nobody knows it."""
    return None if answer is None else answer is YesNo.YES
