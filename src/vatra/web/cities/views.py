"""Pages of cities: parse the request, ask, render."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from vatra.web.base.errors import Choice, NotHere
from vatra.web.base.language import preferred
from vatra.web.base.tables import Table
from vatra.web.cities import tables
from vatra.web.cities.facts import Facts
from vatra.web.cities.models import City
from vatra.web.cities.queries import (
    access_city,
    document,
    explanation,
    listed_cities,
    term_path,
)
from vatra.web.cities.rules import PUBLIC
from vatra.words import Language

TABS = {
    "overview": "cities:overview",
}


def city_page(
    request: HttpRequest, lang: Language, city: City, here: str, content: dict[str, Any]
) -> HttpResponse:
    """A page of a city under its tabs."""
    tabs = [(name, reverse(url, args=[lang, city.slug])) for name, url in TABS.items()]
    shared = {"city": city, "facts": Facts(document(city)), "tabs": tabs, "here": here}
    room = "contracts" if here in ("findings", "contract") else "cities"
    return render(request, f"{room}/{here}.html", shared | content)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The list of cities in the visitor's language, or the only city there is."""
    lang, cities = preferred(request), list(listed_cities()[:2])
    if len(cities) == 1:
        response = redirect("cities:overview", lang, cities[0].slug)
    else:
        response = redirect("cities:list", lang)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def cities(request: HttpRequest, lang: Language) -> HttpResponse:
    """All cities that are shown."""
    shown = [(city, Facts(document(city))) for city in listed_cities()]
    return render(request, "cities/list.html", {"cities": shown})


@require_safe
def overview(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What the city emits, what the plan leaves, and what that rests on."""
    city = access_city(PUBLIC, slug, lang)
    content = {"sectors": tables.build("sectors", Facts(document(city)), lang)}
    return city_page(request, lang, city, "overview", content)


@require_safe
def number(request: HttpRequest, lang: Language, slug: str, number: str) -> HttpResponse:
    """How a number was made: a part for the dialog, or a page of its own."""
    city = access_city(PUBLIC, slug, lang)
    explained = explanation(city, number, lang)
    content = {
        "explained": explained,
        "title": explained.title(lang),
        "terms": [(term, term.words(lang), term_path(term)) for term in explained.terms],
        "is_whole": len(explained.terms) > 1,
    }
    if request.htmx:  # type: ignore[attr-defined]
        shared = {"city": city, "facts": Facts(document(city))}
        response = render(request, "cities/_number.html", shared | content)
    else:
        response = city_page(request, lang, city, "number", content)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def table(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A table of the city's pages as CSV or JSON."""
    city = access_city(PUBLIC, slug, lang)
    facts = Facts(document(city))
    if name not in tables.available(facts):
        choices = [Choice(each, _table_url(lang, city, each)) for each in tables.available(facts)]
        raise NotHere("web.cities.table-unknown", choices, name=name)
    return table_file(city, tables.build(name, facts, lang), form)


def _table_url(lang: Language, city: City, name: str) -> str:
    return reverse("cities:table", args=[lang, city.slug, name, "csv"])


def table_file(city: City, shown: Table, form: str) -> HttpResponse:
    """A table as a file; synthetic data says so in its name and inside."""
    if form == "json":
        return JsonResponse(
            shown.as_dict(city.synthetic), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    response = HttpResponse(shown.as_csv(city.synthetic), content_type="text/csv; charset=utf-8")
    mark = "synthetic-" if city.synthetic else ""
    name = f"{mark}{city.slug}-{shown.id}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
