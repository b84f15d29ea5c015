"""The numbers that results hang on, in words: a row of activity, a factor, a parameter."""

from __future__ import annotations

from dataclasses import dataclass

from vatra.factors import Factor, Parameter
from vatra.runs.explain import decimals_of
from vatra.runs.explain_activity import mass_words as mass_words
from vatra.tables import label
from vatra.web.cities.figures import Figures
from vatra.web.cities.naming import method_words, stream_words
from vatra.words import Language, has, number, say

_SHIPPED = "factors/data/"
# Families of words that keys of parameters are taken from.
_KEY_WORDS = ("waste_type", "animal", "equipment", "landfill_site", "carrier")


@dataclass(frozen=True)
class Source:
    """One number: what it is, its value with unit, where it was published and where it lies."""

    source_id: str
    words: str
    value: str = ""
    published: str = ""
    place: str = ""

    @property
    def own_place(self) -> str:
        """Where it lies when it is the city's own; what ships with Vatra is named by its id."""
        return "" if self.place.startswith(_SHIPPED) else self.place


def described(figures: Figures, kind: str, source: str, lang: Language) -> Source:
    """A source of doubt, as ``plans.doubt`` names it."""
    return _activity(figures, source, lang) if kind == "activity" else used(figures, source, lang)


def used(figures: Figures, term_id: str, lang: Language) -> Source:
    """A factor or parameter by its id; the bare id where the book has dropped it."""
    found = figures.inventory.factors.get(term_id) or figures.inventory.gathered.used.get(term_id)
    if isinstance(found, Factor):
        return _factor(found, lang)
    if isinstance(found, Parameter):
        return _parameter(found, lang)
    return Source(term_id, term_id)


def _factor(factor: Factor, lang: Language) -> Source:
    parts = [label("carrier", factor.carrier, lang), label("gas", factor.gas, lang)]
    if factor.year_from is not None:
        parts.append(str(factor.year_from))
    words = say("web.cities.factor-of", lang, what=", ".join(parts))
    amount = number(factor.value_t_per_mwh, lang, decimals_of(factor.value_t_per_mwh))
    place = f"{factor.file}:{factor.line}" if factor.file else ""
    return Source(
        factor.factor_id, words, f"{amount} t/MWh", _published(factor.source, factor.page), place
    )


def _parameter(parameter: Parameter, lang: Language) -> Source:
    unit = "" if parameter.unit in ("", "1") else f" {parameter.unit}"
    value = number(parameter.value, lang, decimals_of(parameter.value))
    if parameter.low is not None and parameter.high is not None:
        ends = (number(end, lang, decimals_of(end)) for end in (parameter.low, parameter.high))
        value += f" ({'–'.join(ends)})"
    place = f"{parameter.file}:{parameter.line}" if parameter.file else ""
    return Source(
        parameter.parameter_id,
        _parameter_words(parameter, lang),
        value + unit,
        _published(parameter.source, parameter.page),
        place,
    )


def _parameter_words(parameter: Parameter, lang: Language) -> str:
    """``Landfill: doc (food)``: what it belongs to, its name there, what narrows it."""
    room, _, name = parameter.name.partition(".")
    words = name.replace("_", " ") or room
    if name:
        words = f"{method_words(room, lang)}: {words}"
    return f"{words} ({_key_words(parameter.key, lang)})" if parameter.key else words


def _key_words(key: str, lang: Language) -> str:
    parts = []
    for part in key.split("/"):
        found = (each for each in _KEY_WORDS if has(f"tables.{each}-{part}"))
        vocabulary = next(found, "")
        parts.append(label(vocabulary, part, lang) if vocabulary else part.replace("_", " "))
    return ", ".join(parts)


def _published(source: str, page: str) -> str:
    return f"{source}, p. {page}" if page and page[0].isdecimal() else source


def _activity(figures: Figures, source: str, lang: Language) -> Source:
    """A row of a file (``energy:2``), or a cell of very many rows (``2021:buildings:...``)."""
    table, _, line = source.partition(":")
    pack = figures.inventory.pack
    if table not in pack.evidence or not line.isdecimal():
        return Source(source, " · ".join(source.split(":")))
    place = f"{pack.evidence[table].file}:{line}"
    row = figures.doubtful_rows.get((table, int(line)))
    if row is None:
        return Source(source, place, place=place)
    parts = (stream_words(row["carrier"], lang), label("sector", row["sector"], lang), row["item"])
    amount = number(row["activity"], lang, 0 if abs(row["activity"]) >= 100 else None)
    words = ", ".join(part for part in parts if part)
    return Source(source, words, f"{amount} {row['activity_unit']}", "", place)
