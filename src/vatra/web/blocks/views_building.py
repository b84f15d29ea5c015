"""The page of one building."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vatra.tables import label
from vatra.web.blocks.charts import CHARTS
from vatra.web.blocks.queries import access_building, name_of, needed, quarter_words
from vatra.web.blocks.tables.building import assumed_words, elements_table
from vatra.web.blocks.views import block_page
from vatra.web.cities.pictures import Drawing
from vatra.web.cities.queries import access_city
from vatra.web.cities.rules import PUBLIC
from vatra.words import Language


@require_safe
def building(request: HttpRequest, lang: Language, slug: str, code: str) -> HttpResponse:
    """The year of a building, what it is made of and where its heat goes."""
    city = access_city(PUBLIC, slug, lang)
    held, year = needed(city, lang), access_building(city, code, lang)
    at, found = held.places[code], year.building
    query = f"building={code}"
    content = {
        "held": held,
        "building": found,
        "name": name_of(found),
        "type": label("archetype", found.archetype, lang),
        "quarter": quarter_words(found.quarter),
        "kwh_m2": held.kwh_m2[at],
        "mean_kwh_m2": sum(held.heating_wh) / 1e3 / sum(b.heated_m2 for b in held.stock.buildings),
        "heating_wh": held.heating_wh[at],
        "peak_kw": held.peak_w[at] / 1e3,
        "drawings": [Drawing.of(build(year, lang), query) for build in CHARTS.values()],
        "elements": elements_table(held, year, lang),
        "assumed": assumed_words(found, lang),
        "part": "building",
    }
    return block_page(request, lang, city, "building", content)
