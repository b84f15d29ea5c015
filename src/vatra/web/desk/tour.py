"""A tour of a city's public pages: nine stops, each an address with a sentence and an outline.

A stop is part of the address (``?tour=3``), so that it works without scripts, can be sent to
somebody, and is over as soon as one follows any other link.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from vatra.web.cities.models import City
from vatra.web.cities.queries import listed_cities
from vatra.words import Language, say

FIELD, CITY_FIELD = "tour", "city"


@dataclass(frozen=True)
class Stop:
    """Where a stop is: the address's name, what part is outlined, the anchor it begins at."""

    name: str
    page: str
    anchor: str = ""

    @property
    def is_of_city(self) -> bool:
        """Whether the page stands under a city's address."""
        return self.page != "contracts:verify"


STOPS = (
    Stop("answer", "cities:overview"),
    Stop("inventory", "cities:inventory", "inventory"),
    Stop("number", "cities:number"),
    Stop("pathway", "pathways:pathway"),
    Stop("laboratory", "pathways:laboratory"),
    Stop("buildings", "blocks:buildings"),
    Stop("investment", "investment:investment"),
    Stop("contract", "contracts:contract"),
    Stop("verify", "contracts:verify"),
)


@dataclass(frozen=True)
class Tour:
    """The stop that a page shows: its number, its words, where one goes on."""

    number: int
    name: str
    title: str
    words: str
    city: str
    before: str
    after: str
    end: str

    @property
    def count(self) -> int:
        """How many stops there are."""
        return len(STOPS)

    @property
    def mark(self) -> str:
        """The class under which the style sheet outlines what the stop speaks of."""
        return f"tour-{self.name}"


def tour_of(request: HttpRequest, lang: Language) -> Tour | None:
    """The stop that an address asks for; None for a number that is none or a page that is not its.

    A link with a wrong number shows the page as it is: a tour is no reason for an error.
    """
    given = request.GET.get(FIELD, "")
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:3]) <= len(STOPS):
        return None
    number, match = int(given[:3]), request.resolver_match
    stop = STOPS[number - 1]
    if match is None or match.view_name != stop.page:
        return None
    slug = match.kwargs.get("slug") or request.GET.get(CITY_FIELD, "")
    # PostgreSQL takes no NUL, and an address may hold one.
    city = listed_cities().filter(slug=slug[:80].replace("\0", "")).first()
    return _stop(number, city, lang) if city else None


def _stop(number: int, city: City, lang: Language) -> Tour:
    name = STOPS[number - 1].name
    return Tour(
        number,
        name,
        say(f"web.desk.tour-{name}", lang),
        say(f"web.desk.tour-{name}-words", lang),
        city.name,
        address(number - 1, city, lang) if number > 1 else "",
        address(number + 1, city, lang) if number < len(STOPS) else "",
        reverse("cities:overview", args=[lang, city.slug]),
    )


def address(number: int, city: City, lang: Language) -> str:
    """Where a stop of a city's tour is, counted from 1."""
    stop = STOPS[number - 1]
    given: list[object] = [lang, city.slug] if stop.is_of_city else [lang]
    if stop.page == "cities:number":
        given.append(str(city.base_year))
    query = f"?{FIELD}={number}" + ("" if stop.is_of_city else f"&{CITY_FIELD}={city.slug}")
    return reverse(stop.page, args=given) + query + (f"#{stop.anchor}" if stop.anchor else "")


def demonstrated() -> City | None:
    """The city whose tour is offered: one with invented data before any other."""
    return listed_cities().order_by("-synthetic", "name").first()
