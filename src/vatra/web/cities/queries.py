"""Reads of cities; ``access_city`` is the only door to one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db.models import QuerySet
from django.urls import reverse

from vatra.runs.contract import Run
from vatra.runs.explain import Explanation, UnknownNumber, decimals_of, explain
from vatra.runs.explain_plan import PREFIX, PlanNumber, explain_plan
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities import folders
from vatra.web.cities.facts import Facts
from vatra.web.cities.folders import Document
from vatra.web.cities.forms import WhatIf
from vatra.web.cities.models import City
from vatra.web.cities.rules import Actor, may_read_city
from vatra.web.cities.second_choice import Doubt, Kept, keep, kept
from vatra.web.cities.shown import as_shown
from vatra.words import Language, number, say

PATH_LENGTH = 200


def listed_cities() -> QuerySet[City]:
    """Cities whose pages are shown to everybody, by name."""
    return City.objects.filter(is_listed=True).exclude(door__members_only=True)


def access_city(actor: Actor, slug: str, lang: Language) -> City:
    """The city of an address, if the actor may read it; else 404 with the cities that exist."""
    city = City.objects.filter(slug=slug).first()
    if city is None or not may_read_city(actor, city):
        raise unknown_city(slug, lang)
    return as_shown(city)


def unknown_city(slug: str, lang: Language) -> NotHere:
    """404 with the cities that exist."""
    choices = [
        Choice(each.name, reverse("cities:overview", args=[lang, each.slug]))
        for each in listed_cities()
    ]
    key = "city-unknown" if choices else "city-unknown-none"
    return NotHere(f"web.cities.{key}", choices, slug=slug)


def document(city: City) -> Document:
    """The sealed contract of a city."""
    return folders.document_of(Path(city.folder), city.run_id)


def run_of(city: City) -> Run:
    """The city's pack computed again: rows, factors and stages behind the sealed figures."""
    return folders.run_of(Path(city.folder), city.run_id)


def whole_run_of(city: City) -> Run:
    """The same with everything that a contract seals."""
    return folders.whole_run_of(Path(city.folder), city.run_id)


def explanation(city: City, path: str, lang: Language) -> Explanation | PlanNumber:
    """How a number was made; 404 with the numbers that exist for a path that names none."""
    try:
        asked = path[:PATH_LENGTH]
        if asked.startswith(PREFIX):
            return explain_plan(run_of(city), asked, lang)
        return explain(run_of(city), asked)
    except UnknownNumber as problem:
        years = (city.base_year, city.target_year)
        choices = [
            Choice(str(year), reverse("cities:number", args=[lang, city.slug, str(year)]))
            for year in years
            if year
        ]
        raise NotHere(
            "runs.number-unknown",
            choices,
            path=problem.path,
            part=problem.part,
            choices=list(problem.choices),
        ) from problem


@dataclass(frozen=True)
class KnownFactor:
    """A published factor of electricity in the base year [t/MWh], each value once.

    ``used`` when it is in force, ``is_in_order`` when its set is among those the city asks.
    """

    amount: str
    amount_words: str
    name: str
    source: str
    note: str
    used: bool
    is_in_order: bool


def known_factors(city: City, lang: Language) -> list[KnownFactor]:
    """Factors of electricity that the book has for the base year, the one in force first."""
    run = run_of(city)
    year = run.pack.city.base_year
    used = {each.factor_id for each in run.inventory.factors.values()}
    found = sorted(
        (
            each
            for each in run.inventory.book.factors
            if each.carrier == "electricity" and each.year_from is not None and each.holds_in(year)
        ),
        key=lambda each: each.factor_id not in used,
    )
    by_value = {each.value_t_per_mwh: each for each in reversed(found)}
    return [
        KnownFactor(
            f"{Decimal(repr(each.value_t_per_mwh)).normalize():f}",
            number(each.value_t_per_mwh, lang, decimals_of(each.value_t_per_mwh)),
            say(f"factors.set-{each.set}", lang),
            each.source,
            each.note,
            each.factor_id in used,
            each.set in run.inventory.book.sets,
        )
        for each in found
        if by_value[each.value_t_per_mwh] is each
    ]


def what_if(city: City, asked: WhatIf) -> Run:
    """The city's run under the factor that was asked for."""
    change = asked.change(city.base_year)
    return folders.what_if(Path(city.folder), city.run_id, change)


def doubt(city: City, lang: Language) -> Doubt | None:
    """How far the answer hangs on the electricity factor, or None where no other one is known.

    The other one is the city's own second choice: the next of its factor sets that has one.
    """
    found = kept(city, lang)
    if found is None:
        found = Kept(_doubt(city, lang))
        keep(city, lang, found.doubt)
    return found.doubt


def _doubt(city: City, lang: Language) -> Doubt | None:
    known = known_factors(city, lang)
    used = next((each for each in known if each.used), None)
    other = next((each for each in known if each.is_in_order and not each.used), None)
    if used is None or other is None:
        return None
    facts = Facts(what_if(city, WhatIf(other.amount, Decimal(other.amount))).contract)
    if facts.plan is None:
        return None
    return Doubt(
        used.amount_words,
        other.amount_words,
        other.amount,
        other.name,
        facts.base_mg,
        int(facts.plan["residual_ppm"]),
        bool(facts.plan["target_met"]),
    )
