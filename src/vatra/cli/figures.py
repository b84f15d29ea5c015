"""Figures that several verbs show the same way."""

from __future__ import annotations

from vatra.runs.contract import Run
from vatra.units import MG_PER_T
from vatra.words import Language, number, say


def city_name(run: Run, lang: Language) -> str:
    """The city's name, marked when its data are synthetic."""
    return run.pack.city.name + (say("cli.synthetic", lang) if run.pack.city.synthetic else "")


def in_tonnes(mass_mg: int, lang: Language) -> str:
    """Whole tonnes without the unit, for a table cell."""
    return number(mass_mg / MG_PER_T, lang, 0)


def signed_tonnes(mass_mg: int, lang: Language) -> str:
    """Whole tonnes with their sign, for what was moved; no sign on what rounds to zero."""
    text = in_tonnes(mass_mg, lang)
    return f"+{text}" if mass_mg > 0 and text != "0" else text
