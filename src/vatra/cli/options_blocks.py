"""Options that the actions of ``vatra blocks`` share."""

from __future__ import annotations

from enum import StrEnum
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
Reference = Annotated[
    bool, typer.Option("--reference", help="The engines in numpy alone, under an even sky.")
]


def need_extra(lang: Language, reference: bool = False) -> None:
    """Stop with the command to type where the extra ``buildings`` is not installed."""
    missing = missing_packages()
    if missing and not reference:
        fail(say("cli.blocks-extra", lang, packages=missing), EXIT_USAGE)
