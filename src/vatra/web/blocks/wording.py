"""Words of the pages of buildings that stand in several places."""

from __future__ import annotations

from vatra.words import Language, euros, has, say


def service_words(service: str, lang: Language) -> str:
    """What energy is bought for, as people say it."""
    known = f"tables.building_service-{service}"
    return say(known if has(known) else f"web.blocks.service-{service}", lang)


def euro_words(amount_eur: float, lang: Language) -> str:
    """An amount in euros to the euro, as people say it."""
    return euros(round(amount_eur) * 100, lang)
