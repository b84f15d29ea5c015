"""Reads of cities; ``access_city`` is the only door to one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db.models import QuerySet
from django.urls import reverse

from vatra.runs.contract import Run
from vatra.runs.explain import Explanation, UnknownNumber, decimals_of, explain
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities import folders
from vatra.web.cities.folders import Document
from vatra.web.cities.forms import WhatIf
from vatra.web.cities.models import City
from vatra.web.cities.rules import Actor, may_read_city
from vatra.words import Language, number

PATH_LENGTH = 200


def listed_cities() -> QuerySet[City]:
    """Cities whose pages are shown, by name."""
    return City.objects.filter(is_listed=True)


def access_city(actor: Actor, slug: str, lang: Language) -> City:
    """The city of an address, if the actor may read it; else 404 with the cities that exist."""
    city = City.objects.filter(slug=slug).first()
    if city is None or not may_read_city(actor, city):
        choices = [
            Choice(each.name, reverse("cities:overview", args=[lang, each.slug]))
            for each in listed_cities()
        ]
        raise NotHere("web.cities.city-unknown", choices, slug=slug)
    return city


def document(city: City) -> Document:
    """The sealed contract of a city."""
    return folders.document_of(Path(city.folder), city.run_id)


def run_of(city: City) -> Run:
    """The city's pack computed again: rows, factors and plan behind the sealed figures."""
    return folders.run_of(Path(city.folder), city.run_id)


def explanation(city: City, path: str, lang: Language) -> Explanation:
    """How a number was made; 404 with the numbers that exist for a path that names none."""
    try:
        return explain(run_of(city), path[:PATH_LENGTH])
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
    """A published factor of electricity in the base year [t/MWh]; ``used`` when it is in force."""

    amount: str
    amount_words: str
    source: str
    note: str
    used: bool


def known_factors(city: City, lang: Language) -> list[KnownFactor]:
    """Factors of electricity that the book has for the base year, the one in force first."""
    run = run_of(city)
    year = run.pack.city.base_year
    used = {each.factor_id for each in run.inventory.factors.values()}
    found = [
        each
        for each in run.inventory.book.factors
        if each.carrier == "electricity" and each.year_from is not None and each.holds_in(year)
    ]
    known = [
        KnownFactor(
            f"{Decimal(repr(each.value_t_per_mwh)).normalize():f}",
            number(each.value_t_per_mwh, lang, decimals_of(each.value_t_per_mwh)),
            each.source,
            each.note,
            each.factor_id in used,
        )
        for each in found
    ]
    return sorted(known, key=lambda each: not each.used)


def what_if(city: City, asked: WhatIf) -> Run:
    """The city's run under the factor that was asked for."""
    change = asked.change(city.base_year)
    return folders.what_if(Path(city.folder), city.run_id, change)
