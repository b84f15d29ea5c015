"""The inventory: totals, categories of the GPC, sums, rows behind them, factors, parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import polars as pl
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router

from vatra.plans.gpc import GpcLine
from vatra.web.api import schemas
from vatra.web.api.asked import CellsAsked, CityAsked, CityPaged, RowsAsked, Slug
from vatra.web.api.entrance import enter
from vatra.web.api.paging import mark_of, offset_of, page_of, paged, selection
from vatra.web.api.routes import read
from vatra.web.cities.asked import figures
from vatra.web.cities.queries import document
from vatra.web.cities.taken import file_name

router = Router()
CHUNK_ROWS = 2_000
_EXACT = ("year", "sector", "gas", "scope", "carrier")
_SUMS = ("all", "by_sector", "by_gas", "by_scope", "by_sector_scope")


@read(router, "/cities/{city}/totals", "totals", schemas.Totals)
def totals(request: HttpRequest, city: Path[Slug], asked: Query[CityAsked]) -> Any:
    """Sums of the inventory by year, sector, gas and scope, as sealed."""
    held = document(enter(request, city, asked))
    sums = held["totals"]
    return {
        **{f"{name}_co2e_mg": sums[name] for name in _SUMS},
        "by_sector_energy_wh": sums["energy_wh"],
        "biogenic_mg": sums["biogenic"],
        "gwp": held["gwp"],
    }


@read(router, "/cities/{city}/gpc", "gpc", schemas.GpcLines)
def gpc(request: HttpRequest, city: Path[Slug], asked: Query[CellsAsked]) -> Any:
    """Every category of the GPC: its figure, or the notation key that says why there is none."""
    found = enter(request, city, asked)
    inventory = figures(found).inventory
    items = [
        _gpc_line(year, line) for year in inventory.years for line in inventory.gpc[year].lines
    ]
    return page_of(request, [each for each in items if _fits(each, asked)], asked, found.run_id)


def _gpc_line(year: int, line: GpcLine) -> dict[str, Any]:
    whole = line.notations.get(None)
    key = whole.key if whole is not None and line.co2e_mg is None else None
    return {
        "year": year,
        "category": line.category.code,
        "sub_sector": line.category.sub_sector,
        "scope": str(line.category.scope),
        "co2e_mg": line.co2e_mg,
        "notation_key": key,
        "quality": f"{line.quality_activity}{line.quality_factor}" or None,
        "explanation": whole.explanation if whole else "",
    }


@read(router, "/cities/{city}/cells", "cells", schemas.Cells)
def cells(request: HttpRequest, city: Path[Slug], asked: Query[CellsAsked]) -> Any:
    """Sums by year, sector, carrier, scope, category, gas and factor, as sealed."""
    found = enter(request, city, asked)
    items = [
        {**each, "scope": each["scope"] or ""}
        for each in document(found)["cells"]
        if _fits(each, asked)
    ]
    return page_of(request, items, asked, found.run_id)


def _fits(each: dict[str, Any], asked: CellsAsked) -> bool:
    for name in _EXACT:
        wanted = getattr(asked, name)
        if wanted is not None and name in each and each[name] != wanted:
            return False
    place, category = asked.category, each["category"] or ""
    return not place or category == place or category.startswith(f"{place}.")


@read(router, "/cities/{city}/rows", "rows", schemas.Rows)
def rows(request: HttpRequest, city: Path[Slug], asked: Query[RowsAsked]) -> Any:
    """Rows behind the inventory, one for each source row and gas, with file and line."""
    found = enter(request, city, asked)
    wanted = _select(figures(found).inventory.results, asked)
    mark = mark_of(found.run_id, request.path, selection(asked))
    start = offset_of(asked.cursor, mark)
    items = wanted.slice(start, asked.limit).to_dicts()
    return paged(request, items, len(wanted), start, asked, mark)


@read(router, "/cities/{city}/rows.ndjson", "rows-stream")
def rows_stream(
    request: HttpRequest, city: Path[Slug], asked: Query[CityAsked]
) -> HttpResponseBase:
    """All rows behind the inventory, one JSON object a line, as long as it takes."""
    found = enter(request, city, asked)
    results = figures(found).inventory.results
    response = StreamingHttpResponse(
        _lines(results, found.synthetic), content_type="application/x-ndjson"
    )
    name = file_name(found, "rows", "ndjson")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(results: pl.DataFrame, synthetic: bool) -> Iterator[str]:
    """Some thousand lines at a time: the whole of it never stands in memory as text."""
    mark = {"synthetic_data": True} if synthetic else {}
    for start in range(0, len(results), CHUNK_ROWS):
        part = results.slice(start, CHUNK_ROWS).to_dicts()
        yield "".join(json.dumps(each | mark, ensure_ascii=False) + "\n" for each in part)


def _select(results: pl.DataFrame, asked: RowsAsked) -> pl.DataFrame:
    wanted = pl.lit(True)
    for name in _EXACT:
        value = getattr(asked, name)
        if value is not None:
            wanted &= pl.col(name) == value
    if asked.category:
        inside = pl.col("category").str.starts_with(f"{asked.category}.")
        wanted &= (pl.col("category") == asked.category) | inside
    return results.filter(wanted)


@read(router, "/cities/{city}/factors", "factors", schemas.Factors)
def factors(request: HttpRequest, city: Path[Slug], asked: Query[CityPaged]) -> Any:
    """Emission factors in force, as published, with source and page."""
    found = enter(request, city, asked)
    return page_of(request, document(found)["factors"], asked, found.run_id)


@read(router, "/cities/{city}/parameters", "parameters", schemas.Parameters)
def parameters(request: HttpRequest, city: Path[Slug], asked: Query[CityPaged]) -> Any:
    """Parameters that methods used, with source and page."""
    found = enter(request, city, asked)
    return page_of(request, document(found)["parameters"], asked, found.run_id)
