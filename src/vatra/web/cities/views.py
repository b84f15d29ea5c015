"""Pages of cities: parse the request, ask, render."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from vatra.contract.render.answer import likely
from vatra.plans import DRIVERS
from vatra.runs.explain import Explanation
from vatra.runs.explain_plan import PlanNumber
from vatra.web.base.errors import Choice, NotHere
from vatra.web.base.language import preferred
from vatra.web.base.tables import Table
from vatra.web.cities import asked, pictures, queries, tables
from vatra.web.cities.charts import figures_chart_names
from vatra.web.cities.facts import Facts
from vatra.web.cities.forms import FIELD, WhatIf
from vatra.web.cities.kept import sealed_page
from vatra.web.cities.models import City
from vatra.web.cities.queries import access_city, document, listed_cities
from vatra.web.cities.rendered import as_page_table
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.standing import withdrawal_of, withdrawals
from vatra.web.cities.tables.pathway import what_if as what_if_table
from vatra.web.cities.taken import chart_file, table_file
from vatra.words import Language, say

CITIES_A_PAGE = 60
# The pages of a city, in the order of their tabs; those with another room's name stand there.
TABS = {
    "overview": "cities:overview",
    "inventory": "cities:inventory",
    "buildings": "blocks:buildings",
    "pathway": "pathways:pathway",
    "measures": "cities:measures",
    "investment": "investment:investment",
    "monitoring": "progress:progress",
    "findings": "contracts:findings",
    "contract": "contracts:contract",
}


def city_page(
    request: HttpRequest, lang: Language, city: City, template: str, content: dict[str, Any]
) -> HttpResponse:
    """A page of a city under its tabs; ``template`` as ``room/tab.html``."""
    here = template.rpartition("/")[2].removesuffix(".html")
    tabs = [
        (name, say(f"web.cities.tab-{name}", lang), reverse(url, args=[lang, city.slug]))
        for name, url in TABS.items()
    ]
    shared = {
        "city": city,
        "facts": Facts(document(city)),
        "tabs": tabs,
        "here": here,
        "withdrawal": withdrawal_of(city),
    }
    return render(request, template, shared | content)


def _tables(facts: Facts, lang: Language, *names: str) -> dict[str, Table]:
    """Tables of a page by name with ``_``, those that the city has."""
    had = tables.available(facts)
    return {
        name.replace("-", "_"): tables.build(name, facts, lang) for name in names if name in had
    }


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
    """All cities that are shown, by name, some on a page."""
    page = Paginator(listed_cities(), CITIES_A_PAGE).get_page(request.GET.get("page"))
    gone = withdrawals(list(page))
    shown = [(city, Facts(city.headline or document(city)), gone.get(city.pk)) for city in page]
    return render(request, "cities/list.html", {"cities": shown, "page": page})


@require_safe
@sealed_page
def overview(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What the city emits, what the plan leaves, and what that rests on."""
    city = access_city(PUBLIC, slug, lang)
    facts = Facts(document(city))
    content = {
        "picture": pictures.picture("pathway", facts.document, lang),
        "doubt": queries.doubt(city, lang) if facts.plan else None,
        "likely": likely(facts.document, lang),
        **_tables(facts, lang, "sectors"),
    }
    return city_page(request, lang, city, "cities/overview.html", content)


def pathway_content(request: HttpRequest, lang: Language, city: City) -> tuple[dict[str, Any], int]:
    """The stages of a plan, who does the work, and the same under another factor of electricity.

    What the page of the path shows below it, and the status that the question asked deserves.
    """
    facts = Facts(document(city))
    wished = WhatIf.of(request.GET, lang)
    content: dict[str, Any] = {
        "picture": pictures.picture("pathway", facts.document, lang),
        "split_pictures": [
            pictures.picture(name, facts.document, lang)
            for name in ("split_in_order", "split_symmetric")
        ],
        "asked": wished,
        **_tables(facts, lang, "stages", "split", "split-sectors"),
    }
    if facts.plan:
        content["known_factors"] = queries.known_factors(city, lang)
        content["drivers"] = [
            (say(f"web.cities.driver-{each}", lang), say(f"web.cities.driver-{each}-means", lang))
            for each in DRIVERS
        ]
    if wished.amount is not None and facts.plan:
        changed, shown = _changed(city, facts, wished, lang)
        content |= {"changed": changed, "what_if": shown, "amount": wished.words(lang)}
    return content, 422 if wished.error else 200


def _changed(city: City, facts: Facts, wished: WhatIf, lang: Language) -> tuple[Facts, Table]:
    changed = Facts(queries.what_if(city, wished).contract)
    query = urlencode({FIELD: wished.text})
    return changed, what_if_table(facts, changed, wished.words(lang), query, lang)


@require_safe
@sealed_page
def measures(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What each measure costs and cuts, as printed and as it follows."""
    city = access_city(PUBLIC, slug, lang)
    facts = Facts(document(city))
    content = {
        "picture": pictures.picture("measures", facts.document, lang),
        **_tables(facts, lang, "measures", "unclaimed"),
    }
    return city_page(request, lang, city, "cities/measures.html", content)


@require_safe
@sealed_page
def number(request: HttpRequest, lang: Language, slug: str, number: str) -> HttpResponse:
    """How a number was made: a part for the dialog, or a page of its own."""
    city = access_city(PUBLIC, slug, lang)
    explained = queries.explanation(city, number, lang)
    content = _number_content(explained, lang)
    if request.htmx:  # type: ignore[attr-defined]
        shared = {"city": city, "facts": Facts(document(city))}
        response = render(request, content["made"], shared | content)
    else:
        response = city_page(request, lang, city, "cities/number.html", content)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _number_content(explained: Explanation | PlanNumber, lang: Language) -> dict[str, Any]:
    """What a number's part shows; ``made`` is the part itself."""
    if isinstance(explained, PlanNumber):
        made = "cities/_plan_number.html"
        return {"made": made, "explained": explained, "title": explained.title}
    return {
        "made": "cities/_number.html",
        "explained": explained,
        "title": explained.title(lang),
        "terms": [(term, term.words(lang)) for term in explained.terms],
        "is_sum": len(explained.terms) > 1,
        "formulas": [
            (
                say(f"methods.{each.name}", lang),
                say(f"methods.{each.name}-formula", lang),
                each.source,
            )
            for each in explained.methods
        ],
    }


@require_safe
@sealed_page
def table(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A table of the city's pages as CSV, JSON or Parquet."""
    city = access_city(PUBLIC, slug, lang)
    facts = Facts(document(city))
    wished = WhatIf.of(request.GET, lang)
    if name == "what-if" and wished.amount is not None and facts.plan:
        return table_file(city, _changed(city, facts, wished, lang)[1], form, lang)
    known = tables.available(facts)
    if name not in known:
        found = asked.asked_table(city, name, request.GET, lang)
        if found is not None:
            return table_file(city, found, form, lang)
        known += asked.names(city)
        urls = [reverse("cities:table", args=[lang, slug, each, form]) for each in known]
        exist = [Choice(each, url) for each, url in zip(known, urls, strict=True)]
        raise NotHere("web.cities.table-unknown", exist, name=name)
    return table_file(city, tables.build(name, facts, lang), form, lang)


@require_safe
@sealed_page
def chart(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A chart as SVG, and the numbers behind it as CSV or JSON."""
    city = access_city(PUBLIC, slug, lang)
    sealed = pictures.picture(name, document(city), lang)
    found = sealed.chart if sealed else asked.asked_chart(city, name, request.GET, lang)
    if found is None:
        known = pictures.names(document(city), lang) + figures_chart_names(asked.figures(city))
        urls = [reverse("cities:chart", args=[lang, slug, each, form]) for each in known]
        exist = [Choice(each, url) for each, url in zip(known, urls, strict=True)]
        raise NotHere("web.cities.chart-unknown", exist, name=name)
    if form != "svg":
        return table_file(city, as_page_table(found.table), form, lang)
    return chart_file(city, found, name)
