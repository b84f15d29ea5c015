"""Columns and titles that the tables of the annual report share."""

from __future__ import annotations

from vatra.contract.charts.table import Column
from vatra.words import Language, say

PPM_PER_PERCENT = 10_000


def title_of(name: str, lang: Language, **params: str) -> str:
    """Title of a table."""
    return say(f"runs.monitor-title-{name}", lang, **params)


def text_column(key: str, lang: Language) -> Column:
    """A column of texts."""
    return Column(key, say(f"runs.monitor-{key.replace('_', '-')}", lang))


def number_column(key: str, lang: Language, unit: str = "", decimals: int = 0) -> Column:
    """A column of numbers, with the unit that its heading names."""
    title = say(f"runs.monitor-{key.replace('_', '-')}", lang)
    return Column(key, title, unit, "number", decimals)


def percent_value(ppm: int | None) -> float | None:
    """Millionths in per cent, None where nothing is known."""
    return None if ppm is None else ppm / PPM_PER_PERCENT
