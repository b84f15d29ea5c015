"""Pages of a city's plan: parse the request, ask, render."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from vatra.contract.charts import Chart
from vatra.contract.charts.fan import chance_words, cut_words
from vatra.units import MG_PER_T
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.kept import sealed_page
from vatra.web.cities.models import City
from vatra.web.cities.pictures import Drawing
from vatra.web.cities.queries import access_city
from vatra.web.cities.rendered import as_page_table
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.taken import chart_file, table_file
from vatra.web.cities.views import city_page, pathway_content
from vatra.web.pathways import charts, tables
from vatra.web.pathways.choices import Wished
from vatra.web.pathways.figures import PlanFigures, built, plan_figures
from vatra.web.pathways.made import YEAR, made
from vatra.web.pathways.trial import Trial
from vatra.words import Language, say

NUMBER_LENGTH = 200
# The pages of a plan in the order of their links.
PARTS = ("pathway", "laboratory", "cost-curve")


def plan_page(
    request: HttpRequest, lang: Language, city: City, name: str, content: dict[str, Any]
) -> HttpResponse:
    """A page of the plan under the links to the others."""
    links = [
        (each, say(f"web.pathways.part-{each}", lang), part_url(each, lang, city)) for each in PARTS
    ]
    template = f"pathways/{name.replace('-', '_')}.html"
    # ``inventory`` is the part that stands under its own tab; here it is the path.
    shared = {"parts": links, "part": name, "here": "pathway", "whole_part": "pathway"}
    return city_page(request, lang, city, template, shared | content)


def part_url(name: str, lang: Language, city: City) -> str:
    """Address of a page of the plan."""
    return reverse(f"pathways:{name}", args=[lang, city.slug])


@require_safe
@sealed_page
def pathway(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The path year by year with its doubt, who does the work, and the stages behind it."""
    city = access_city(PUBLIC, slug, lang)
    content, status = pathway_content(request, lang, city)
    content["faults"] = [each.message(lang) for each in built(city).findings]
    figures = plan_figures(city)
    if figures is not None:
        content |= {
            **_answer(figures, lang),
            "path_picture": Drawing.of(charts.path_chart(figures, lang)),
            "years_table": tables.build("years", figures, lang),
            "wedges_picture": Drawing.of(charts.wedges_chart(figures, lang)),
            "causes_table": tables.build("causes", figures, lang),
            "actions_table": tables.build("actions", figures, lang),
            "doubts_table": tables.build("doubts", figures, lang),
            **_balance(figures, lang),
        }
    response = plan_page(request, lang, city, "pathway", content)
    response.status_code = status
    return response


def _answer(figures: PlanFigures, lang: Language) -> dict[str, Any]:
    """What the first sentences of the path speak of."""
    path, risk, plan = figures.path, figures.risk, figures.scenario.plan
    at_target = risk.fan.filter(pl.col("year") == path.target_year).row(0, named=True)
    printed = plan.residual_mg if plan is not None else path.left_mg
    return {
        "figures": figures,
        "path": path,
        "risk": risk,
        "cut": cut_words(figures.scenario.aim.cut_ppm, lang),
        "chance": chance_words(risk.probability_ppm, lang),
        "mean_mg": at_target["mean_mg"],
        "p10_mg": at_target["p10_mg"],
        "p90_mg": at_target["p90_mg"],
        "printed_mg": printed,
        "unexplained_mg": abs(path.left_mg - printed),
        "printed_more": printed > path.left_mg,
        "left_path": f"{YEAR}{path.target_year}",
        "is_unexplained": abs(path.left_mg - printed) >= MG_PER_T,
    }


def _balance(figures: PlanFigures, lang: Language) -> dict[str, Any]:
    """What is left, by cause, against sinks and budgets; or why that cannot be told."""
    found = figures.balance
    if found is None:
        return {"balance_faults": [each.message(lang) for each in figures.balance_faults]}
    return {
        "net_zero": found.net_zero,
        "net_zero_conditions": [(each.met, each.text(lang)) for each in found.net_zero.conditions],
        "residual": found.residual,
        "residual_table": tables.build("residual", figures, lang),
        "budgets_table": tables.build("budgets", figures, lang),
    }


@require_safe
@sealed_page
def cost_curve(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What a tonne costs, action by action: one after the other, and each alone."""
    city = access_city(PUBLIC, slug, lang)
    figures = plan_figures(city)
    content: dict[str, Any] = {"faults": [each.message(lang) for each in built(city).findings]}
    if figures is not None:
        content |= {"figures": figures, "discount": figures.attribution.discount_share}
        content["optimal_table"] = tables.build("cost-optimal", figures, lang)
        for kind in ("sequential", "static"):
            content[f"{kind}_picture"] = Drawing.of(_chart(f"cost-{kind}", figures, lang))
            content[f"{kind}_table"] = tables.build(f"cost-{kind}", figures, lang)
    return plan_page(request, lang, city, "cost-curve", content)


def _chart(name: str, figures: PlanFigures, lang: Language) -> Chart:
    """A picture that every plan has."""
    found = charts.build(name, figures, lang)
    if found is None:
        raise LookupError(name)
    return found


@require_safe
@sealed_page
def table(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A table of the plan as CSV or JSON."""
    city = access_city(PUBLIC, slug, lang)
    figures = _needed(city)
    found = tables.build(name, figures, lang)
    if name == "trial":
        found = tables.trial_sectors(figures, _trial(request, figures, lang), lang)
    if found is None:
        raise _not_here("table", name, tables.names(), lang, slug, form)
    return table_file(city, found, form, lang)


@require_safe
@sealed_page
def chart(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A picture of the plan as SVG, and the numbers behind it as CSV or JSON."""
    city = access_city(PUBLIC, slug, lang)
    figures = _needed(city)
    found = charts.build(name, figures, lang)
    if name == "trial":
        found = charts.trial_chart(figures, _trial(request, figures, lang), lang)
    if found is None:
        raise _not_here("chart", name, charts.names(), lang, slug, form)
    if form != "svg":
        return table_file(city, as_page_table(found.table), form, lang)
    return chart_file(city, found, name)


@require_safe
@sealed_page
def number(request: HttpRequest, lang: Language, slug: str, number: str) -> HttpResponse:
    """How a number of the plan was made: a part for the dialog, or a page of its own."""
    city = access_city(PUBLIC, slug, lang)
    figures = _needed(city)
    found = made(figures, number[:NUMBER_LENGTH], lang)
    if found is None:
        path = f"{YEAR}{figures.path.target_year}"
        url = reverse("pathways:number", args=[lang, slug, path])
        raise NotHere("web.pathways.number-unknown", [Choice(path, url)], path=number)
    content: dict[str, Any] = {"made": found, "unit": figures.unit}
    if request.headers.get("HX-Request"):
        response = render(request, "pathways/_made.html", {"city": city} | content)
    else:
        response = city_page(request, lang, city, "pathways/number.html", content)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _needed(city: City) -> PlanFigures:
    """The plan of a city; 404 where it has none."""
    found = plan_figures(city)
    if found is None:
        raise NotHere("web.pathways.no-actions", city=city.name)
    return found


def _trial(request: HttpRequest, figures: PlanFigures, lang: Language) -> Trial:
    """The trial that an address asks for; what it cannot take stays as planned."""
    return Trial(figures.scenario, Wished.of(request.GET, figures.scenario, lang), figures.draws)


def _not_here(
    kind: str, name: str, known: list[str], lang: Language, slug: str, form: str
) -> NotHere:
    exist = [
        Choice(each, reverse(f"pathways:{kind}", args=[lang, slug, each, form])) for each in known
    ]
    return NotHere(f"web.cities.{kind}-unknown", exist, name=name)
