"""Pages of a city's buildings: parse the request, ask, render."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from vatra.plans.retrofit import LETTERS
from vatra.tables import label
from vatra.web.base.errors import Choice, NotHere
from vatra.web.base.parquet import MEDIA_TYPE
from vatra.web.blocks import needmap, numbers_bill
from vatra.web.blocks.asked import asked_chart, asked_table
from vatra.web.blocks.bills import bills_of
from vatra.web.blocks.filters import Filter, Page
from vatra.web.blocks.folders import CLIMATE_FILE, Held
from vatra.web.blocks.listed import listed, stock_file
from vatra.web.blocks.numbers import QUANTITIES, Made, made_of_building, made_together, scoped
from vatra.web.blocks.outline import sheet_of
from vatra.web.blocks.queries import access_building, grouped, needed, opened, quarter_words, sums
from vatra.web.blocks.tables.stock import KINDS, stock_table
from vatra.web.blocks.view import View
from vatra.web.cities.models import City
from vatra.web.cities.queries import access_city
from vatra.web.cities.rendered import as_page_table
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.taken import chart_file, table_file, taken
from vatra.web.cities.views import city_page
from vatra.words import Language, say
from vatra.words import number as number_text

NUMBER_LENGTH = 200
# The pages of a stock in the order of their links.
STOCK_PARTS = ("buildings", "quarter", "edit")
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
    "parquet": MEDIA_TYPE,
}


def block_page(
    request: HttpRequest, lang: Language, city: City, template: str, content: dict[str, Any]
) -> HttpResponse:
    """A page under the tab of the buildings; ``part`` in ``content`` is what stands below it."""
    shared = {
        "here": "buildings",
        "whole_part": "buildings",
        "part": "buildings",
        "stock_parts": [
            (
                name,
                say(f"web.blocks.part-{name}", lang),
                reverse(f"blocks:{name}", args=[lang, city.slug]),
            )
            for name in STOCK_PARTS
        ],
    }
    return city_page(request, lang, city, f"blocks/{template}.html", shared | content)


@require_safe
def buildings(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What the buildings of a city need, on a map, by type and one by one."""
    city = access_city(PUBLIC, slug, lang)
    found = opened(city)
    if found.held is None:
        content = {
            "faults": [each.message(lang) for each in found.faults],
            "missing": " ".join(found.missing),
        }
        return block_page(request, lang, city, "none", content)
    content = _stock(request, found.held, city, lang)
    content["notices"] = [each.message(lang) for each in found.findings if each.severity != "note"]
    return block_page(request, lang, city, "buildings", content)


def _stock(request: HttpRequest, held: Held, city: City, lang: Language) -> dict[str, Any]:
    """What the page of the stock shows."""
    wished, view = Filter.of(request.GET), View.of(request.GET)
    places, everyone = wished.places(held), range(len(held.zones))
    sheet, page = sheet_of(held), Page.of(request.GET, wished.places(held))
    bills = bills_of(held, date.today())
    whole = needmap.whole_box(sheet, held, places, wished.is_asked)
    return {
        "held": held,
        "wished": wished,
        "found": sums(held, places),
        "everyone": sums(held, everyone),
        "mean_kwh_m2": sums(held, places).kwh_m2,
        "map": needmap.page_map(held, places, view.box(whole), city.slug, lang),
        "map_title": needmap.map_title(held, places, lang),
        "moves": view.links(wished.fields),
        "legend": needmap.legend(held, places, lang),
        "sheet": sheet,
        "most_linked": needmap.MOST_LINKED,
        "types": [
            (code, label("archetype", code, lang)) for code in grouped(held, everyone, "archetype")
        ],
        "quarters": [
            (code, quarter_words(code)) for code in grouped(held, everyone, "quarter") if code
        ],
        "tables": [stock_table(name, held, wished, lang) for name in KINDS],
        "letters": [each for each in LETTERS if each in bills.letters],
        "by_letter": _by_letter([bills.letters[at] for at in places], lang),
        "page": page,
        "page_links": [(at, urlencode({**wished.fields, "page": at})) for at in page.near],
        "listed": listed(held, page.places, lang),
        "climate_file": CLIMATE_FILE,
    }


def _by_letter(letters: Sequence[str], lang: Language) -> str:
    """``B 11, C 47``: how many buildings each class has, the best first."""
    found = [(each, letters.count(each)) for each in LETTERS if each in letters]
    return ", ".join(f"{letter}\u00a0{number_text(count, lang)}" for letter, count in found)


@require_safe
def list_file(request: HttpRequest, lang: Language, slug: str, form: str) -> HttpResponse:
    """The buildings that fit as CSV, JSON, GeoJSON or Parquet."""
    city = access_city(PUBLIC, slug, lang)
    held = needed(city, lang)
    text = stock_file(held, Filter.of(request.GET).places(held), form)
    response = HttpResponse(text, content_type=_TYPES[form])
    synthetic = _is_synthetic(city, held)
    return taken(response, city, "buildings", form, lang, synthetic=synthetic)


@require_safe
def table(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A table of the buildings as CSV or JSON; ``building`` in the query asks for one's own."""
    city = access_city(PUBLIC, slug, lang)
    held = needed(city, lang)
    found = asked_table(city, held, name, request.GET, lang)
    if found is None:
        exist = [
            Choice(each, reverse("blocks:table", args=[lang, slug, each, form])) for each in KINDS
        ]
        raise NotHere("web.cities.table-unknown", exist, name=name)
    return table_file(city, found, form, lang, synthetic=_is_synthetic(city, held))


@require_safe
def chart(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A picture of the stock, a building or a quarter as SVG, or the numbers behind it."""
    city = access_city(PUBLIC, slug, lang)
    held = needed(city, lang)
    found = asked_chart(city, held, name, request.GET, lang)
    if found is None:
        url = reverse("blocks:chart", args=[lang, slug, needmap.NAME, form])
        raise NotHere("web.cities.chart-unknown", [Choice(needmap.NAME, url)], name=name)
    if form != "svg":
        shown = as_page_table(found.table, "blocks")
        return table_file(city, shown, form, lang, synthetic=_is_synthetic(city, held))
    return chart_file(city, found, name, synthetic=_is_synthetic(city, held))


def _is_synthetic(city: City, held: Held) -> bool:
    """Made-up buildings or weather say so in their files, also in a real city."""
    return held.synthetic or city.synthetic


@require_safe
def number(request: HttpRequest, lang: Language, slug: str, number: str) -> HttpResponse:
    """How a number of the buildings was made: a part for the dialog, or a page of its own."""
    city = access_city(PUBLIC, slug, lang)
    found = _made(city, number[:NUMBER_LENGTH], lang)
    if found is None:
        exist = [
            Choice(path, reverse("blocks:number", args=[lang, slug, path]))
            for path in (f"all.{each}" for each in QUANTITIES)
        ]
        raise NotHere("web.blocks.number-unknown", exist, path=number)
    content: dict[str, Any] = {"made": found}
    if request.headers.get("HX-Request"):
        response = render(request, "blocks/_made.html", {"city": city} | content)
    else:
        response = block_page(request, lang, city, "number", content)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _made(city: City, path: str, lang: Language) -> Made | None:
    held = needed(city, lang)
    named = scoped(held, path)
    if named is None:
        return None
    scope, quantity, places = named
    if scope in held.places and quantity in numbers_bill.QUANTITIES:
        return numbers_bill.made_of_bill(held, places[0], quantity, lang)
    if quantity not in QUANTITIES:
        return None
    if scope in held.places:
        return made_of_building(held, access_building(city, scope, lang), quantity, lang)
    return made_together(held, scope, quantity, places, lang)
