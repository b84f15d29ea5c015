"""Days and moments as people read them: one way everywhere, by the clock of the installation."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, get_timezone_location
from django.utils import timezone

from vatra.words import Language, say


def day_words(day: date, lang: Language) -> str:
    """``22 noiembrie 2026``; a moment counts by the clock of the installation."""
    return str(format_date(_here(day), "long", locale=lang))


def moment_words(at: datetime, lang: Language) -> str:
    """``22 noiembrie 2026, 14:05``, by the clock of the installation."""
    return f"{day_words(at, lang)}, {_here(at):%H:%M}"


def clock_words(lang: Language) -> str:
    """By which clock moments are written; every page says it once, at its foot."""
    zone = timezone.get_default_timezone_name()
    place = get_timezone_location(zone, locale=lang, return_city=True)
    return say("web.base.clock", lang, place=place)


def _here(day: date) -> date:
    return timezone.localtime(day) if isinstance(day, datetime) else day
