"""Reads of cities; ``access_city`` is the only door to one."""

from __future__ import annotations

from pathlib import Path

from django.db.models import QuerySet
from django.urls import reverse

from vatra.runs.contract import Run
from vatra.runs.explain import Explanation, Term, UnknownNumber, explain
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities import folders
from vatra.web.cities.folders import Document
from vatra.web.cities.models import City
from vatra.web.cities.rules import Actor, may_read_city
from vatra.words import Language

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


def term_path(term: Term) -> str:
    """The path of one summand: what it is of, joined by dots; empty for rounding in print."""
    if not term.factor_id:
        return ""
    scope = f"scope{term.scope}" if term.scope else ""
    parts = (term.sector, term.carrier, scope, term.gas.lower(), str(term.year))
    return ".".join(part for part in parts if part)
