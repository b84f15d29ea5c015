"""The page of one building."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from vatra.runs.retrofit import Renovation
from vatra.tables import label
from vatra.web.blocks.bills import bills_of
from vatra.web.blocks.charts import CHARTS, bill
from vatra.web.blocks.doubts import promised
from vatra.web.blocks.folders import Held
from vatra.web.blocks.meters import meter_findings, meters_table
from vatra.web.blocks.queries import access_building, name_of, needed, quarter_words
from vatra.web.blocks.renovation import Facts, weighed
from vatra.web.blocks.tables.bill import bill_table
from vatra.web.blocks.tables.building import assumed_words, elements_table
from vatra.web.blocks.views import block_page
from vatra.web.blocks.wording import euro_words
from vatra.web.cities.models import City
from vatra.web.cities.pictures import Drawing
from vatra.web.cities.queries import access_city
from vatra.web.cities.rules import PUBLIC
from vatra.words import Language, number, say


def _known(city: City, held: Held, code: str, lang: Language) -> dict[str, Any]:
    """How sure the need is and what meters say; nothing where the block cannot be weighed."""
    found = weighed(city, code, Facts.of(QueryDict(""), held.region)).found
    if found is None:
        return {}
    return {
        "sure": _sure(found, lang),
        "meters": meters_table(found, lang),
        "meter_findings": meter_findings(found, lang),
    }


def _sure(found: Renovation, lang: Language) -> str:
    """Between what the need lies, with eight chances in ten."""
    ends = promised(found).today
    key = {"own_meters": "-own", "type_meters": "-type"}.get(ends["known_by"], "")
    low, high = (number(ends[f"heating_kwh_m2_{at}"], lang, 0) for at in ("p10", "p90"))
    return say(f"web.blocks.building-sure{key}", lang, low=low, high=high)


def block_parts(city: City, code: str, lang: Language) -> list[tuple[str, str, str]]:
    """Name, words and address of each page of a building."""
    return [
        (name, say(f"web.blocks.part-{name}", lang),
         reverse(f"blocks:{name}", args=[lang, city.slug, code]))
        for name in ("building", "renovation")
    ]  # fmt: skip


@require_safe
def building(request: HttpRequest, lang: Language, slug: str, code: str) -> HttpResponse:
    """The year of a building, what it is made of and where its heat goes."""
    city = access_city(PUBLIC, slug, lang)
    held, year = needed(city, lang), access_building(city, code, lang)
    at, found = held.places[code], year.building
    query, bills = f"building={code}", bills_of(held, date.today())
    content = {
        "held": held,
        "building": found,
        "name": name_of(found),
        "type": label("archetype", found.archetype, lang),
        "quarter": quarter_words(found.quarter),
        "association": quarter_words(found.association),
        "kwh_m2": held.kwh_m2[at],
        "mean_kwh_m2": sum(held.heating_wh) / 1e3 / sum(b.heated_m2 for b in held.stock.buildings),
        "heating_wh": held.heating_wh[at],
        "peak_kw": held.peak_w[at] / 1e3,
        "drawings": [Drawing.of(build(year, lang), query) for build in CHARTS.values()],
        "bill_drawing": Drawing.of(bill.build(held, at, lang), query),
        "bill_table": bill_table(held, at, lang),
        "euros": euro_words(bills.euros(at), lang),
        "per_flat": euro_words(bills.euros(at) / (found.flats_count or 1), lang),
        "letter": bills.letters[at],
        "primary": bills.primary_kwh_m2[at],
        "co2": bills.co2_kg_m2[at],
        **_known(city, held, code, lang),
        "elements": elements_table(held, year, lang),
        "assumed": assumed_words(found, lang),
        "part": "building",
        "block_parts": block_parts(city, code, lang),
    }
    return block_page(request, lang, city, "building", content)
