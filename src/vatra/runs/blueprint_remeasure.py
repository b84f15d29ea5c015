"""What must be measured again when a blueprint is put on another quarter: what, why, how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vatra.plans.retrofit import YES, programmes
from vatra.plans.retrofit.eligibility import standing
from vatra.runs.blueprint import prices
from vatra.runs.blueprint_match import NEAR, NONE, OTHER_CLASS, OTHER_HEAT, Match
from vatra.runs.quarter import QuarterRun
from vatra.tables import label
from vatra.words import Language, say

Document = Mapping[str, Any]
# Prices and weather of another day and place: how far is still the same.
_PRICE_DAYS = 365
_DEGREE_DAYS_SHARE = 0.05
_DISTRICT_HEAT = "district_heat"


@dataclass(frozen=True)
class Remeasure:
    """One thing to measure: ``what`` (``type``, ``climate``, ``prices``, ...), the blocks that it
    is about (none: the whole quarter), and what its sentences need."""

    what: str
    blocks: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)

    def reason(self, lang: Language) -> str:
        """Why."""
        return say(f"runs.remeasure-{self.what}", lang, **self._said(lang))

    def how(self, lang: Language) -> str:
        """What to measure, and how."""
        return say(f"runs.remeasure-{self.what}-how", lang, **self._said(lang))

    def _said(self, lang: Language) -> dict[str, Any]:
        said: dict[str, Any] = {"count": len(self.blocks), **self.params}
        for name, value in self.params.items():
            if isinstance(value, list | tuple):
                said[name] = [_word(each, lang) for each in value]
        return said


def to_measure(
    document: Document, run: QuarterRun, found: Sequence[Match], smaller: Sequence[str]
) -> tuple[Remeasure, ...]:
    """Everything, the whole quarter first."""
    return (
        *_place(document, run),
        *_money(document, run),
        *_blocks(run, found, smaller),
        *_unmeasured(run),
    )


def _place(document: Document, run: QuarterRun) -> Iterator[Remeasure]:
    there = document["about"]["climate"]
    here = run.climate
    days = round(here.degree_days_kd)
    apart = abs(days - there["degree_days_kd"]) > _DEGREE_DAYS_SHARE * there["degree_days_kd"]
    if there["name"] != here.name or apart:
        yield Remeasure(
            "climate",
            params={"there": there["name"], "here": here.name, "days_there":
                    there["degree_days_kd"], "days_here": days},
        )  # fmt: skip
    if here.synthetic:
        yield Remeasure("weather", params={"here": here.name})
    if run.stock.synthetic:
        made = tuple(each.code for each in run.stock.buildings if each.synthetic)
        yield Remeasure("synthetic", made)


def _money(document: Document, run: QuarterRun) -> Iterator[Remeasure]:
    day = run.question.asked.on_date
    planned = date.fromisoformat(str(document["about"]["on_date"]))
    if abs((day - planned).days) > _PRICE_DAYS:
        yield Remeasure("old", params={"day": planned.isoformat(), "today": day.isoformat()})
    now = {row["item"]: (row["unit_cost_eur"], row["price_year"]) for row in prices()}
    then = {row["item"]: (row["unit_cost_eur"], row["price_year"]) for row in document["prices"]}
    changed = sorted(item for item in then if now.get(item) != then[item])
    if changed:
        yield Remeasure("prices", params={"items": changed})
    ended = sorted(
        row["programme"] for row in document["programmes"] if not _is_open(row["programme"], day)
    )
    if ended:
        yield Remeasure("programmes", params={"programmes": ended, "today": day.isoformat()})
    payers = sorted(
        payer
        for payer, cents in document["totals"]["payers_cents"].items()
        if payer != "owners" and cents and not run.chosen.payers_cents.get(payer)
    )
    if payers:
        yield Remeasure("payers", params={"payers": payers})


def _is_open(name: str, day: date) -> bool:
    return name in programmes() and standing(programmes()[name], day).verdict == YES


def _blocks(run: QuarterRun, found: Sequence[Match], smaller: Sequence[str]) -> Iterator[Remeasure]:
    codes = run.menu.blocks
    for level, what in ((NONE, "type"), (NEAR, "near"), (OTHER_HEAT, "heat"),
                        (OTHER_CLASS, "class")):  # fmt: skip
        own = [place for place, each in enumerate(found) if each.level == level]
        if own:
            names = sorted({_difference(found[place], level) for place in own})
            yield Remeasure(what, tuple(codes[place] for place in own), {"names": names})
    if smaller:
        yield Remeasure("roof", tuple(smaller))


def _difference(match: Match, level: str) -> str:
    if level == OTHER_HEAT:
        return f"@building_system.{match.kind.heat}"
    if level == OTHER_CLASS:
        return match.kind.energy_class
    return f"@archetype.{match.kind.archetype}"


def _unmeasured(run: QuarterRun) -> Iterator[Remeasure]:
    stock = run.stock
    columns = sorted({name for each in stock.buildings for name in each.assumed})
    if columns:
        guessed = tuple(each.code for each in stock.buildings if each.assumed)
        yield Remeasure("assumed", guessed, {"columns": columns})
    unknown = tuple(each.code for each in stock.buildings if each.code not in stock.elements)
    if unknown:
        yield Remeasure("elements", unknown)
    metered = {each.building for each in stock.readings}
    unmetered = tuple(each.code for each in stock.buildings if each.code not in metered)
    if unmetered:
        yield Remeasure("meters", unmetered)
    heated = run.menu.final_kwh.get(_DISTRICT_HEAT)
    if heated is not None:
        joined = heated[:, run.menu.kept] > 0
        names = tuple(code for code, is_in in zip(run.menu.blocks, joined, strict=True) if is_in)
        if names:
            yield Remeasure("network", names)
    if run.packages.amounts("pv")[run.chosen.package].any():
        kwp = run.packages.amounts("pv")[run.chosen.package]
        yield Remeasure(
            "grid", tuple(c for c, size in zip(run.menu.blocks, kwp, strict=True) if size > 0)
        )


def _word(text: Any, lang: Language) -> str:
    """``@vocabulary.code`` as people say it."""
    if isinstance(text, str) and text.startswith("@"):
        vocabulary, code = text[1:].split(".", 1)
        return label(vocabulary, code, lang)
    return str(text)
