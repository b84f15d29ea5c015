"""The page of a quarter: one package for each block, year by year, payer by payer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from vatra.plans.retrofit import LETTERS
from vatra.plans.retrofit.facts import known_fields, value_words
from vatra.web.base.errors import Choice, NotHere
from vatra.web.blocks.folders import Held
from vatra.web.blocks.quarter_question import (
    FIGURES,
    FILE_TYPES,
    MOST_BLOCKS,
    QUARTER_FACTS,
    Wished,
    blocks_in,
    quarters_of,
)
from vatra.web.blocks.queries import needed, quarter_words
from vatra.web.blocks.renovation import FACTS
from vatra.web.blocks.tables.stock import ROOM
from vatra.web.blocks.views import block_page
from vatra.web.cities.models import City
from vatra.web.cities.pictures import Drawing
from vatra.web.cities.queries import access_city
from vatra.web.cities.rendered import as_page_table
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.taken import taken
from vatra.words import Language, say

# What people ask first, ready to be pressed.
READY = (
    ("kind=target&of=co2&percent=40", "ready-target"),
    ("kind=budget&of=co2&euros=5000000", "ready-budget"),
    ("kind=target&of=co2&percent=40&block=20&keep=1", "ready-fair"),
)


@require_safe
def quarter(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """A question about a quarter, and the plan that answers it."""
    city = access_city(PUBLIC, slug, lang)
    held = needed(city, lang)
    wished = Wished.of(request.GET, quarters_of(held.stock), held.region)
    content = _form(held, wished, lang)
    status = 422 if wished.faults else 200
    if wished.is_asked and content["is_small_enough"]:
        answer = _answer(city, wished, lang)
        content |= answer
        status = 200 if "run" in answer else 422
    response = block_page(request, lang, city, "quarter", content)
    response.status_code = status
    return response


def _form(held: Held, wished: Wished, lang: Language) -> dict[str, Any]:
    count = blocks_in(held.stock, wished.quarter)
    # What the city says of itself, until the visitor says otherwise.
    usual = {} if wished.texts else {"region": held.region or ""}
    return {
        "held": held,
        "wished": wished,
        "shown": wished.shown,
        "blocks_count": count,
        "is_small_enough": count <= MOST_BLOCKS,
        "most_blocks": MOST_BLOCKS,
        "faults": [say(f"web.blocks.ask-{each}-fault", lang) for each in wished.faults],
        "quarters": [(code, quarter_words(code)) for code in quarters_of(held.stock)],
        "figures": [(each, say(f"web.blocks.figure-{each}", lang)) for each in FIGURES],
        "letters": LETTERS,
        "ready": [(query, say(f"web.blocks.{key}", lang)) for query, key in READY],
        "fact_fields": [
            (
                name,
                known_fields()[FACTS[name][0]].said.text(lang),
                [(each, value_words()[each].text(lang)) for each in FACTS[name][1]],
                wished.texts.get(name, "") or usual.get(name, ""),
            )
            for name in QUARTER_FACTS
        ],
        "part": "quarter",
    }


def _answer(city: City, wished: Wished, lang: Language) -> dict[str, Any]:
    """What the page shows of a plan, or why there is none."""
    from vatra.web.blocks import quarter as plans

    found = plans.planned(city, wished)
    if found.run is None:
        return {"refused": found.faults.get(lang, ())}
    tables = [
        replace(as_page_table(each, ROOM), query=wished.query, numbers=ROOM)
        for each in plans.tables_of(found.run, lang).values()
    ]
    return {
        "run": found.run,
        "sentences": plans.plan_sentences(found.run, lang),
        "drawings": [
            Drawing.of(each, wished.query) for each in plans.plan_charts(found.run, lang).values()
        ],
        "tables": tables[:-1],
        "blocks_table": tables[-1],
        "files": [*FILE_TYPES],
        "notices": [each.message(lang) for each in found.run.findings if each.severity != "note"],
    }


@require_safe
def file(request: HttpRequest, lang: Language, slug: str, name: str) -> HttpResponse:
    """A file of the plan that the question asks for: report, blueprint, rows."""
    city = access_city(PUBLIC, slug, lang)
    held = needed(city, lang)
    if name not in FILE_TYPES:
        raise _no_file(city, name, lang)
    from vatra.web.blocks.quarter import made_file, plan_of

    run = plan_of(city, held, request.GET)
    if run is None:
        raise _no_file(city, name, lang)
    response = HttpResponse(made_file(name, run, lang), content_type=FILE_TYPES[name])
    stem, _, form = name.rpartition(".")
    named = f"quarter-{stem}{f'.{lang}' if stem == 'report' else ''}"
    return taken(response, city, named, form, lang, synthetic=run.synthetic)


def _no_file(city: City, name: str, lang: Language) -> NotHere:
    url = reverse("blocks:quarter", args=[lang, city.slug])
    return NotHere("web.blocks.plan-unknown", [Choice(city.name, url)], name=name)
