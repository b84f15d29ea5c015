"""The catalogue as its pages ask about it: measures by field and sector, figures in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from vatra.plans.catalogue import CoBenefit, EffectRow, Entry, catalogue
from vatra.plans.catalogue import label as catalogue_label
from vatra.plans.catalogue import relations as all_relations
from vatra.plans.distributions import Distribution
from vatra.tables import label
from vatra.tables.export import shown_csv
from vatra.tables.vocabulary import FIELDS, SECTORS
from vatra.words import Language, number, percent, say

FIELD, SECTOR = "field", "sector"
TEXT_LENGTH = 40
# Below this a rounded whole number would say too little.
_FINE = 10.0
# Parameters of an effect, and the value that says nothing.
_PARAMETERS = (("strength", 1.0), ("ratio", 1.0), ("conversion", 1.0), ("amount", 0.0))


@dataclass(frozen=True)
class Filter:
    """Which measures are asked for; empty for all. ``faults`` what no measure can have."""

    field: str = ""
    sector: str = ""
    faults: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: QueryDict, lang: Language) -> Filter:
        """The filter of an address."""
        given = {name: str(query.get(name, "")).strip() for name in (FIELD, SECTOR)}
        known = {FIELD: fields(), SECTOR: sectors()}
        faults = tuple(
            say(f"web.pathways.fault-{name}", lang, value=text[:TEXT_LENGTH])
            for name, text in given.items()
            if text and text not in known[name]
        )
        kept = {name: text if text in known[name] else "" for name, text in given.items()}
        return cls(kept[FIELD], kept[SECTOR], faults)

    @property
    def entries(self) -> list[Entry]:
        """The measures that pass, in the order of the catalogue."""
        return [
            each
            for each in catalogue().values()
            if self.field in ("", each.field) and self.sector in ("", each.sector)
        ]


def fields() -> list[str]:
    """Fields that measures have, in their order."""
    found = {each.field for each in catalogue().values()}
    return [each for each in FIELDS if each in found]


def sectors() -> list[str]:
    """Sectors that measures have, in their order."""
    found = {each.sector for each in catalogue().values()}
    return [each for each in SECTORS if each in found]


def figure(value: float, lang: Language) -> str:
    """A figure with as many digits as it deserves."""
    if value == round(value) or abs(value) >= _FINE:
        return number(round(value), lang, 0)
    return number(value, lang, 2 if abs(value) >= 1 else 3)


def spread(found: Distribution, lang: Language) -> str:
    """``9,750 (6,500 to 14,000)``; a certain value alone."""
    if found.is_certain:
        return figure(found.mean, lang)
    ends = {"low": figure(found.low, lang), "high": figure(found.high, lang)}
    return say("web.pathways.spread", lang, mean=figure(found.mean, lang), **ends)


def operators(entry: Entry, lang: Language) -> str:
    """What the measure does, each operator once."""
    names = dict.fromkeys(label("operator", each.operator, lang) for each in entry.effects)
    return "; ".join(names)


@dataclass(frozen=True)
class Fact:
    """A line about a measure."""

    name: str
    words: str


def facts(entry: Entry, lang: Language) -> list[Fact]:
    """What is known of a measure as a whole."""
    unit = catalogue_label("unit", entry.unit, lang)
    stock = catalogue_label("stock", entry.stock, lang) if entry.stock else ""
    found = [
        ("field", label("field", entry.field, lang)),
        ("lever", label("lever", entry.lever, lang)),
        ("sector", label("sector", entry.sector, lang)),
        ("counted", say("web.pathways.counted-words", lang, unit=unit, stock=stock or "–")),
        ("capex", f"{spread(entry.capex_eur, lang)} EUR"),
        ("opex", f"{spread(entry.opex_eur, lang)} EUR"),
        ("revenue", f"{spread(entry.revenue_eur, lang)} EUR"),
        ("incremental", percent(entry.incremental_share, lang)),
        ("lifetime", say("web.pathways.years-words", lang, count=round(entry.lifetime_years))),
        ("ramp", say("web.pathways.years-words", lang, count=round(entry.ramp_years))),
        ("payer", catalogue_label("payer", entry.payer, lang)),
        ("delivery", percent(entry.delivery_probability, lang)),
        ("delay", spread(entry.delay_years, lang)),
        ("doubt", catalogue_label("doubt", entry.doubt, lang)),
        ("cost-source", ", ".join(part for part in (entry.source, entry.page) if part)),
    ]
    return [Fact(say(f"web.pathways.fact-{key}", lang), words) for key, words in found]


@dataclass(frozen=True)
class EffectShown:
    """An effect in words."""

    operator: str
    acts_on: str
    figures: str
    meets: str
    source: str


def effects(entry: Entry, lang: Language) -> list[EffectShown]:
    """What the measure does to which energy, with its ranges."""
    return [
        EffectShown(
            label("operator", each.operator, lang),
            _acts_on(each, lang),
            "; ".join(_figures(each, lang)),
            _meets(each, lang),
            each.source,
        )
        for each in entry.effects
    ]


def _acts_on(row: EffectRow, lang: Language) -> str:
    ends = []
    for use, carrier in ((row.use, row.carrier), (row.to_use, row.to_carrier)):
        names = [label("use", use, lang)] if use else []
        names += [label("carrier", carrier, lang)] if carrier else []
        ends.append(", ".join(names))
    return " → ".join(each for each in ends if each) or say("web.pathways.all-uses", lang)


def _figures(row: EffectRow, lang: Language) -> Iterator[str]:
    for name, default in _PARAMETERS:
        found: Distribution = getattr(row, name)
        if found.is_certain and found.mean == default:
            continue
        key = "own-use" if name == "strength" and row.operator == "own_generation" else name
        words = spread(found, lang) if name != "strength" else _shares(found, lang)
        yield f"{say(f'web.pathways.made-{key}', lang)}: {words}"
    if row.curve:
        yield f"{say('web.pathways.growth', lang)}: {row.curve}"


def _shares(found: Distribution, lang: Language) -> str:
    if found.is_certain:
        return percent(found.mean, lang)
    ends = {"low": percent(found.low, lang), "high": percent(found.high, lang)}
    return say("web.pathways.spread", lang, mean=percent(found.mean, lang), **ends)


def _meets(row: EffectRow, lang: Language) -> str:
    if row.combine == "capped":
        share = percent(row.potential_share, lang)
        return say("web.pathways.meets-capped", lang, share=share)
    return say(f"web.pathways.meets-{row.combine}", lang) if row.combine != "product" else ""


@dataclass(frozen=True)
class BenefitShown:
    """A co-benefit in words."""

    benefit: str
    amount: str
    source: str


def benefits(found: Sequence[CoBenefit], lang: Language) -> list[BenefitShown]:
    """What else a measure brings; where only the direction is known, that is said."""
    return [
        BenefitShown(
            catalogue_label("benefit", each.benefit, lang),
            " ".join(
                part
                for part in (
                    spread(each.amount, lang) if each.amount is not None else "",
                    catalogue_label("benefit_unit", each.unit, lang),
                )
                if part
            ),
            each.source,
        )
        for each in found
    ]


@dataclass(frozen=True)
class RelationShown:
    """How a measure stands to another, and why."""

    kind: str
    other: Entry
    name: str
    why: str


def relations(entry: Entry, lang: Language) -> list[RelationShown]:
    """Measures that it excludes, lies within, needs, or is needed by."""
    found = []
    for each in all_relations():
        if entry.id not in (each.id, each.other):
            continue
        mine = each.id == entry.id
        other = catalogue()[each.other if mine else each.id]
        key = each.kind if mine or each.kind == "exclusive" else f"{each.kind}-by"
        kind = say(f"web.pathways.relation-{key}", lang)
        found.append(RelationShown(kind, other, other.name(lang), each.why(lang)))
    return found


_CSV_COLUMNS = (
    "id", "name_en", "name_ro", "sector", "field", "lever", "unit", "stock", "units_per_stock",
    "capex_eur", "opex_eur", "revenue_eur", "incremental_share", "lifetime_years", "ramp_years",
    "shape", "payer", "delivery_probability", "delay_years", "source", "page", "doubt",
)  # fmt: skip


def as_rows(entries: Sequence[Entry]) -> list[dict[str, str]]:
    """Measures as the files of the catalogue spell them; ranges as distributions."""
    return [{name: _text(getattr(each, name)) for name in _CSV_COLUMNS} for each in entries]


def _text(value: object) -> str:
    if isinstance(value, Distribution):
        return value.text
    return f"{value:g}" if isinstance(value, float) else str(value)


def as_csv(entries: Sequence[Entry]) -> str:
    """The same as CSV."""
    return shown_csv([tuple(row.values()) for row in as_rows(entries)], _CSV_COLUMNS)
