"""The page of an investment plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vatra.contract.charts import chart
from vatra.web.cities.kept import sealed_page
from vatra.web.cities.pictures import Drawing
from vatra.web.cities.queries import access_city, document
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.views import city_page
from vatra.web.investment.queries import investment_plan
from vatra.words import Language


@require_safe
@sealed_page
def investment(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Who pays, out of which sources, what is missing when, and the template's tables."""
    city = access_city(PUBLIC, slug, lang)
    sealed = document(city)
    found = chart("cash", sealed, lang)
    content = {
        "plan": investment_plan(sealed, lang),
        "cash_drawing": Drawing.of(found) if found else None,
    }
    return city_page(request, lang, city, "investment/investment.html", content)
