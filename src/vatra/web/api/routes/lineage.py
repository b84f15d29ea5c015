"""Where a number comes from, and the data behind charts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path, Query, Router

from vatra.contract.charts import Chart
from vatra.runs.explain_plan import PlanNumber
from vatra.web.api import schemas
from vatra.web.api.asked import CityAsked, CityPaged, Code, Slug
from vatra.web.api.entrance import enter
from vatra.web.api.paging import page_of
from vatra.web.api.routes import read
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities import asked as cities_asked
from vatra.web.cities import pictures
from vatra.web.cities.charts import figures_chart_names
from vatra.web.cities.models import City
from vatra.web.cities.queries import document, explanation
from vatra.web.cities.rendered import as_page_table
from vatra.words import Language

router = Router()


@read(router, "/cities/{city}/numbers/{number}", "number", schemas.NumberOut)
def number(
    request: HttpRequest, city: Path[Slug], number: Path[Code], asked: Query[CityAsked]
) -> Any:
    """How a number was made: ``buildings.2021``, ``total.2021``, ``plan.residual``, ``III.1.1``."""
    found = enter(request, city, asked)
    made = explanation(found, number, asked.lang)
    page_url = reverse("cities:number", args=[asked.lang, found.slug, number])
    shared = {"page_url": page_url, "formulas": [], "terms": [], "steps": []}
    if isinstance(made, PlanNumber):
        held = made.as_dict()
        return shared | held | {"formulas": [{"formula": held["formula"]}]}
    return shared | made.as_dict(asked.lang)


@read(router, "/cities/{city}/charts", "charts", schemas.Charts)
def charts(request: HttpRequest, city: Path[Slug], asked: Query[CityPaged]) -> Any:
    """Charts that the city has data for."""
    found = enter(request, city, asked)
    items = [_line(found, name, asked.lang) for name in chart_names(found, asked.lang)]
    return page_of(request, items, asked, found.run_id)


def chart_names(city: City, lang: Language) -> list[str]:
    """Names of all charts of a city, sorted."""
    sealed = pictures.names(document(city), lang)
    return sorted({*sealed, *figures_chart_names(cities_asked.figures(city))})


def _line(city: City, name: str, lang: Language) -> dict[str, str]:
    made = chart_of(city, name, lang)
    return {
        "name": name,
        "title": made.title if made else name,
        "url": reverse("v1:chart", args=[city.slug, name]),
        "svg_url": reverse("cities:chart", args=[lang, city.slug, name, "svg"]),
    }


def chart_of(city: City, name: str, lang: Language) -> Chart | None:
    """A chart of the contract or of the inventory."""
    sealed = pictures.picture(name, document(city), lang)
    if sealed is not None:
        return sealed.chart
    from django.http import QueryDict

    return cities_asked.asked_chart(city, name, QueryDict(), lang)


@read(router, "/cities/{city}/charts/{name}", "chart", schemas.TableOut)
def chart(request: HttpRequest, city: Path[Slug], name: Path[Code], asked: Query[CityAsked]) -> Any:
    """The numbers behind a chart, with its title, which states the finding."""
    found = enter(request, city, asked)
    known = chart_names(found, asked.lang)
    made = chart_of(found, name, asked.lang) if name in known else None
    if made is None:
        exist = [Choice(each, reverse("v1:chart", args=[found.slug, each])) for each in known]
        raise NotHere("web.cities.chart-unknown", exist, name=name)
    return as_page_table(made.table).as_dict(found.synthetic)
