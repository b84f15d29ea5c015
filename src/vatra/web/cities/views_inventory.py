"""Pages of a city's inventory: one question each, a year switch on those that speak of one year."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vatra.methods import methods
from vatra.tables import label
from vatra.web.base.errors import Choice, NotHere
from vatra.web.base.tables import PPM
from vatra.web.cities import asked, pictures, tables
from vatra.web.cities.charts import figures_chart
from vatra.web.cities.coverage import coverage, gpc_parts, keyed
from vatra.web.cities.drivers import drivers_chart, drivers_table
from vatra.web.cities.facts import Facts
from vatra.web.cities.figures import Figures
from vatra.web.cities.gaps import gaps, grid
from vatra.web.cities.kept import sealed_page
from vatra.web.cities.method_page import formulas_of, page_html
from vatra.web.cities.models import City
from vatra.web.cities.naming import method_words
from vatra.web.cities.pictures import Drawing
from vatra.web.cities.queries import access_city, document
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.sources import described
from vatra.web.cities.tables.doubt import first_contributions
from vatra.web.cities.tables.years import change, missing_years, partial_words, spans_words
from vatra.web.cities.views import city_page
from vatra.words import Language, say

# The pages of an inventory in the order of their links.
PAGES = ("inventory", "completeness", "gpc", "doubt", "years", "rows", "compare")
_TABLES = ("scopes-base", "scopes-target", "carriers", "gases", "factors")


def inventory_page(
    request: HttpRequest, lang: Language, city: City, name: str, content: dict[str, Any]
) -> HttpResponse:
    """A page of the inventory under the links to the others."""
    year = content.get("year")
    query = f"?year={year}" if year and name != "years" else ""
    links = [
        (each, say(f"web.cities.part-{each}", lang), part_url(each, lang, city) + query)
        for each in PAGES
    ]
    template = "cities/inventory.html" if name == "inventory" else f"cities/inventory_{name}.html"
    shared = {"parts": links, "part": name, "here": "inventory", "whole_part": "inventory"}
    return city_page(request, lang, city, template, shared | content)


def part_url(name: str, lang: Language, city: City) -> str:
    """Address of a page of the inventory."""
    return reverse(f"cities:{name}", args=[lang, city.slug])


def year_asked(request: HttpRequest, lang: Language, city: City, found: Figures, name: str) -> int:
    """The year of an address; 404 with the years that have figures."""
    year = asked.year_of(request.GET, found)
    if year is None:
        url = part_url(name, lang, city)
        exist = [Choice(str(each), f"{url}?year={each}") for each in found.years]
        raise NotHere("web.cities.year-unknown", exist, year=str(request.GET["year"])[:20])
    return year


def of_year(found: Figures, year: int) -> dict[str, Any]:
    """What every page of one year shows its year switch from."""
    return {"figures": found, "year": year, "years": found.years, "year_words": str(year)}


def _drawing(name: str, found: Figures, lang: Language) -> Drawing | None:
    chart = figures_chart(name, found, lang)
    return Drawing.of(chart) if chart else None


@require_safe
@sealed_page
def inventory(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What the city emits and how sure that is; each number opens how it was made."""
    city = access_city(PUBLIC, slug, lang)
    facts, found = Facts(document(city)), asked.figures(city)
    year = year_asked(request, lang, city, found, "inventory")
    had = tables.available(facts)
    content: dict[str, Any] = {
        **of_year(found, year),
        "total_mg": found.total_mg(year),
        "range": found.ranges.total(year),
        "score_ppm": _score_ppm(found, year),
        "missing_spans": spans_words(missing_years(found.years)),
        "picture": pictures.picture("sectors_scopes", facts.document, lang),
        "flows": _drawing(f"flows-{year}", found, lang),
        "counted": ", ".join(label("gas", each, lang) for each in facts.city["gases"]),
        "missing": ", ".join(label("gas", each, lang) for each in facts.missing_gases),
        "totals": tables.figures_build(f"totals-{year}", found, lang),
        **{
            each.replace("-", "_"): tables.build(each, facts, lang)
            for each in _TABLES
            if each in had
        },
    }
    return inventory_page(request, lang, city, "inventory", content)


def _file_of(found: Figures, table: str) -> str:
    """The file that a table of the pack was read from, empty where there is none."""
    evidence = found.inventory.pack.evidence.get(table)
    return evidence.file if evidence else ""


def _score_ppm(found: Figures, year: int) -> int:
    return round(found.completeness(year).score * PPM)


@require_safe
@sealed_page
def completeness(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Which gases of which categories have a figure, a reason, or nothing; and the next step."""
    city = access_city(PUBLIC, slug, lang)
    found = asked.figures(city)
    year = year_asked(request, lang, city, found, "completeness")
    rows = grid(found, year)
    missing = gaps(found, rows)
    content = {
        **of_year(found, year),
        "score": found.completeness(year),
        "score_ppm": _score_ppm(found, year),
        "gases": [label("gas", each.gas, lang) for each in rows[0].squares],
        "coverage": coverage(city, year, rows, missing, lang),
        "gaps": [(each, each.step.words(lang)) for each in missing],
        "keyed": keyed((each.line for each in rows), lang),
        "keys_file": _file_of(found, "notations"),
        "table": tables.figures_build(f"completeness-{year}", found, lang),
    }
    return inventory_page(request, lang, city, "completeness", content)


@require_safe
@sealed_page
def gpc(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The table that the Global Protocol asks for."""
    city = access_city(PUBLIC, slug, lang)
    found = asked.figures(city)
    year = year_asked(request, lang, city, found, "gpc")
    content = {
        **of_year(found, year),
        "basic_mg": found.table(year).total_mg("BASIC"),
        "plus_mg": found.table(year).total_mg("BASIC+"),
        "territorial_mg": found.table(year).total_mg("TERRITORIAL"),
        "gpc_parts": gpc_parts(city, found, year, lang),
        "table": tables.figures_build(f"gpc-{year}", found, lang),
    }
    return inventory_page(request, lang, city, "gpc", content)


@require_safe
@sealed_page
def doubt(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """How far each figure may be wrong, and which number to improve first."""
    city = access_city(PUBLIC, slug, lang)
    found = asked.figures(city)
    year = year_asked(request, lang, city, found, "doubt")
    causes = found.ranges.contributions(year)
    first = causes[0] if causes else None
    content = {
        **of_year(found, year),
        "whole": found.ranges.total(year),
        "first": first,
        "source": described(found, first.kind, first.source, lang) if first else None,
        "ranges": _drawing(f"ranges-{year}", found, lang),
        "contributions": _drawing(f"contributions-{year}", found, lang),
        "sectors_table": tables.figures_build(f"sector-ranges-{year}", found, lang),
        "ranges_table": tables.figures_build(f"ranges-{year}", found, lang),
        "contributions_table": first_contributions(found, year, lang) if causes else None,
        "seed": str(found.ranges.seed),
    }
    return inventory_page(request, lang, city, "doubt", content)


@require_safe
@sealed_page
def years(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """All years by sector, and what changed between two of them."""
    city = access_city(PUBLIC, slug, lang)
    found = asked.figures(city)
    pair = asked.years_of(request.GET, found)
    if pair is None:
        url = part_url("years", lang, city)
        exist = [
            Choice(str(each), f"{url}?from={found.years[0]}&to={each}") for each in found.years
        ]
        given = "–".join(str(request.GET.get(each, ""))[:20] for each in ("from", "to"))
        raise NotHere("web.cities.year-unknown", exist, year=given)
    first, last = pair
    is_filled = request.GET.get("between") == "line" and bool(missing_years(found.years))
    content = {
        "figures": found,
        "years": found.years,
        "first": first,
        "last": last,
        "first_mg": found.total_mg(first),
        "last_mg": found.total_mg(last),
        "moved_mg": found.total_mg(last) - found.total_mg(first),
        "missing_spans": spans_words(missing_years(found.years)),
        "partial": partial_words(found, lang),
        "trend": _drawing("years-filled" if is_filled else "years", found, lang),
        "years_table": tables.figures_build("years", found, lang),
        "filled_table": tables.figures_build("years-filled", found, lang) if is_filled else None,
    }
    if first != last:
        drawn = Drawing.of(drivers_chart(found, first, last, lang), f"from={first}&to={last}")
        content |= {
            "change_table": change(found, first, last, lang),
            "drivers": drawn,
            "drivers_table": drivers_table(found, first, last, lang),
        }
    return inventory_page(request, lang, city, "years", content)


@require_safe
def method(request: HttpRequest, lang: Language, name: str) -> HttpResponse:
    """A method: its formula in both languages, its page with source, limits and case."""
    found = methods().get(name)
    if found is None:
        exist = [
            Choice(method_words(each, lang), reverse("cities:method", args=[lang, each]))
            for each in methods()
        ]
        raise NotHere("web.cities.method-unknown", exist, name=name[:60])
    try:
        html = page_html(name)
    except OSError as problem:
        raise Http404(name) from problem
    content = {
        "title": method_words(name, lang),
        "formula": formulas_of(name, lang),
        "source": found.source,
        "html": html,
    }
    return render(request, "cities/method.html", content)
