"""Rows behind a figure, and the same rows under other factors: parse the request, ask, render."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from vatra.factors import GWP_SETS
from vatra.web.base.errors import Choice, NotHere
from vatra.web.base.parquet import MEDIA_TYPE, parquet_of
from vatra.web.base.tables import Table
from vatra.web.cities import asked
from vatra.web.cities.charts.pairs import compare_chart
from vatra.web.cities.figures import Figures
from vatra.web.cities.kept import sealed_page
from vatra.web.cities.models import City
from vatra.web.cities.naming import gwp_words, set_words
from vatra.web.cities.pictures import Drawing
from vatra.web.cities.queries import access_city
from vatra.web.cities.rows import Ask, UnknownPart, rows_of, rows_tables
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.standing import Withdrawal, withdrawal_of
from vatra.web.cities.switch import (
    Switch,
    compare_gases,
    compare_sectors,
    set_choices,
    sets_in_order,
)
from vatra.web.cities.taken import data_of, marked, taken
from vatra.web.cities.views_inventory import inventory_page, of_year, part_url, year_asked
from vatra.words import Language, say


def _ask(request: HttpRequest, lang: Language, city: City, found: Figures) -> Ask:
    try:
        return Ask.of(request.GET, found)
    except UnknownPart as problem:
        raise _no_rows(problem, lang, city, found) from problem


def _no_rows(problem: UnknownPart, lang: Language, city: City, found: Figures) -> NotHere:
    url = part_url("rows", lang, city)
    exist = [Choice(str(each), f"{url}?year={each}") for each in found.years]
    part = say(f"web.cities.part-of-rows-{problem.part}", lang)
    return NotHere("web.cities.rows-unknown", exist, part=part, value=problem.value)


@require_safe
@sealed_page
def rows(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The result rows behind a figure, a hundred at a time; their total is the figure."""
    city = access_city(PUBLIC, slug, lang)
    found = asked.figures(city)
    ask = _ask(request, lang, city, found)
    try:
        shown = rows_of(found, ask, lang)
    except UnknownPart as problem:
        raise _no_rows(problem, lang, city, found) from problem
    whole_year = not (ask.category or ask.gas or ask.sector or ask.carrier or ask.level)
    content = {
        **of_year(found, ask.year),
        "ask": ask,
        "what": ask.words(lang),
        "rows": shown,
        "rounding_mg": found.rounding_mg(ask.year) if whole_year else 0,
        "previous_query": ask.at(ask.page - 1) if ask.page > 1 else "",
        "next_query": ask.at(ask.page + 1) if ask.page < shown.pages_count else "",
    }
    return inventory_page(request, lang, city, "rows", content)


@require_safe
def rows_file(request: HttpRequest, lang: Language, slug: str, form: str) -> HttpResponseBase:
    """All rows of a selection: CSV or JSON piece by piece, Parquet as a whole."""
    city = access_city(PUBLIC, slug, lang)
    found = asked.figures(city)
    ask = _ask(request, lang, city, found)
    chunks = rows_tables(found, ask, lang)
    if form == "json":
        gone = withdrawal_of(city)
        pieces = _json(chunks, city.synthetic, gone, lang)
        streamed = StreamingHttpResponse(pieces, content_type="application/json")
        return marked(streamed, gone, lang)
    response: HttpResponseBase
    if form == "parquet":
        response = HttpResponse(parquet_of(chunks, city.synthetic), content_type=MEDIA_TYPE)
    else:
        texts = _csv(chunks, city.synthetic)
        response = StreamingHttpResponse(texts, content_type="text/csv; charset=utf-8")
    return taken(response, city, f"rows-{ask.year}", form, lang)


def _csv(chunks: Iterator[Table], synthetic: bool) -> Iterator[str]:
    """CSV in pieces, with one line of headings."""
    for position, table in enumerate(chunks):
        text = table.as_csv(synthetic)
        yield text if position == 0 else text.partition("\n")[2]


def _json(
    chunks: Iterator[Table], synthetic: bool, gone: Withdrawal | None, lang: Language
) -> Iterator[str]:
    """One JSON object in pieces: what the rows are, then the rows."""
    for position, table in enumerate(chunks):
        content = data_of(table, synthetic, gone, lang)
        rows = content.pop("rows")
        if position == 0:
            head = json.dumps(content, ensure_ascii=False)
            yield f'{head[:-1]}, "rows": ['
        texts = (json.dumps(each, ensure_ascii=False) for each in rows)
        yield ("," if position else "") + ",\n".join(texts)
    yield "]}\n"


# Factor switch


@require_safe
@sealed_page
def compare(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The same rows under other factors or potentials, before and after side by side."""
    city = access_city(PUBLIC, slug, lang)
    found = asked.figures(city)
    year = year_asked(request, lang, city, found, "compare")
    switch = Switch.of(request.GET, found, year, lang)
    content = {
        **of_year(found, year),
        "switch": switch,
        "gwp_sets": [(each, gwp_words(each, lang)) for each in GWP_SETS],
        "gwp_used": found.inventory.pack.city.gwp_set,
        "sets": [(each, set_words(each, lang)) for each in set_choices()],
        "sets_used": ", ".join(set_words(each, lang) for each in sets_in_order(found)),
    }
    if switch.is_asked:
        content |= _compared(city, found, switch, lang)
    response = inventory_page(request, lang, city, "compare", content)
    if switch.electricity.error or switch.unknown:
        response.status_code = 422
    return response


def _compared(city: City, found: Figures, switch: Switch, lang: Language) -> dict[str, Any]:
    other = asked.switched(city, switch)
    if other.figures is None:
        return {"findings": [each.message(lang) for each in other.findings]}
    after = other.figures
    return {
        "after": after,
        "what": switch.words(found, lang),
        "before_mg": found.total_mg(switch.year),
        "after_mg": after.total_mg(switch.year),
        "drawing": Drawing.of(compare_chart(found, after, switch, lang), switch.query),
        "sectors_table": compare_sectors(found, after, switch, lang),
        "gases_table": compare_gases(found, after, switch, lang),
    }
