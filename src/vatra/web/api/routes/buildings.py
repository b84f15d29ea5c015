"""Buildings: a list with what each needs, its class and bill, and their footprints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router

from vatra.web.api import schemas_plan as schemas
from vatra.web.api.asked import BuildingsAsked, Slug
from vatra.web.api.entrance import enter
from vatra.web.api.paging import mark_of, offset_of, paged, selection
from vatra.web.api.routes import read
from vatra.web.blocks.bills import bills_of
from vatra.web.blocks.folders import Held
from vatra.web.blocks.listed import stock_file, stock_rows
from vatra.web.blocks.queries import opened
from vatra.web.cities.taken import file_name

router = Router()


@read(router, "/cities/{city}/buildings", "buildings", schemas.Buildings)
def buildings(request: HttpRequest, city: Path[Slug], asked: Query[BuildingsAsked]) -> Any:
    """Buildings with heat, peak, primary energy, class and bill of a year."""
    found = enter(request, city, asked)
    held = opened(found).held
    places = places_of(held, asked)
    mark = mark_of(found.run_id, request.path, selection(asked))
    start = offset_of(asked.cursor, mark)
    shown = places[start : start + asked.limit]
    items = [_building(each) for each in stock_rows(held, shown)] if held else []
    return paged(request, items, len(places), start, asked, mark)


@read(router, "/cities/{city}/buildings.geojson", "buildings-map")
def buildings_map(
    request: HttpRequest, city: Path[Slug], asked: Query[BuildingsAsked]
) -> HttpResponseBase:
    """Footprints of the buildings that are drawn, page by page, with the same figures."""
    found = enter(request, city, asked)
    held = opened(found).held
    places = places_of(held, asked)
    mark = mark_of(found.run_id, request.path, selection(asked))
    start = offset_of(asked.cursor, mark)
    shown = places[start : start + asked.limit]
    text = stock_file(held, shown, "geojson") if held else _EMPTY
    page = paged(request, list(shown), len(places), start, asked, mark)
    response = HttpResponse(text, content_type="application/geo+json")
    name = file_name(found, "buildings", "geojson")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if page["next"]:
        response["Link"] = f'<{page["next"]}>; rel="next"'
    return response


_EMPTY = '{"type":"FeatureCollection","features":[]}\n'


def places_of(held: Held | None, asked: BuildingsAsked) -> Sequence[int]:
    """Positions of the buildings that fit; none where the city has no buildings."""
    if held is None:
        return []
    letters = bills_of(held, date.today()).letters
    return [
        at
        for at, each in enumerate(held.stock.buildings)
        if asked.quarter in (None, each.quarter)
        and asked.archetype in (None, each.archetype)
        and asked.energy_class in (None, letters[at])
    ]


def _building(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"synthetic": row["synthetic_data"] == "yes"}
