"""Words for the parts of an inventory: categories, streams, sets, numbers that results hang on."""

from __future__ import annotations

from vatra.runs.inventory import ROUNDING
from vatra.tables import label
from vatra.tables.gpc import categories
from vatra.words import Language, has, say


def category_words(code: str, lang: Language) -> str:
    """``Residential buildings, scope 1``; for waste what the suffix means there."""
    place = categories().get(code)
    if place is None:
        return say("web.cities.no-category", lang)
    name = label("sub_sector", place.sub_sector, lang)
    return f"{name}, {suffix_words(code, lang)}"


def suffix_words(code: str, lang: Language) -> str:
    """What tells the categories of a sub-sector apart."""
    place = categories()[code]
    if place.sector == "III":
        return say(f"web.cities.waste-{code[-1]}", lang)
    if place.level == "TERRITORIAL":
        return say("web.cities.to-the-grid", lang)
    return say("runs.scope", lang, scope=str(place.scope))


def stream_words(carrier: str, lang: Language) -> str:
    """A carrier or stream with a capital: ``Natural gas``, ``Rounding in print``."""
    if carrier == ROUNDING:
        return say("methods.print_rounding", lang)
    words = label("carrier", carrier, lang)
    return words[:1].upper() + words[1:]


def method_words(method: str, lang: Language) -> str:
    """A method's title."""
    key = f"methods.{method}"
    return say(key, lang) if has(key) else method.replace("_", " ")


def gwp_words(set_id: str, lang: Language) -> str:
    """A set of global warming potentials by the report it stands in: ``AR5, IPCC 2013``."""
    return say(f"web.cities.gwp-{set_id.lower().replace('_', '-')}", lang)


def set_words(set_id: str, lang: Language) -> str:
    """A set of factors as people name it."""
    key = f"factors.set-{set_id}"
    return say(key, lang) if has(key) else set_id.replace("_", " ")
