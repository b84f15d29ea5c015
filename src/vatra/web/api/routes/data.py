"""Open data: what there is of a city, and the catalogue of all of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Path, Query, Router

from vatra.web.api import schemas
from vatra.web.api.asked import Asked, CityPaged, Slug
from vatra.web.api.catalog import catalog
from vatra.web.api.datasets import datasets
from vatra.web.api.entrance import check_names, enter
from vatra.web.api.paging import page_of
from vatra.web.api.routes import read
from vatra.web.api.routes.cities import seen_by
from vatra.web.base.addresses import absolute

router = Router()
CITIES_A_STEP = 20


@read(router, "/cities/{city}/datasets", "datasets", schemas.Datasets)
def datasets_of(request: HttpRequest, city: Path[Slug], asked: Query[CityPaged]) -> Any:
    """Open data of the city: one entry for each file."""
    found = enter(request, city, asked)
    items = [
        {
            "name": each.name,
            "title": each.title,
            "description": each.description,
            "form": file.form,
            "media_type": file.media_type,
            "rows_count": each.rows_count,
            "year": each.years,
            "url": file.url,
            "licence": each.licence,
            "synthetic": each.synthetic,
        }
        for each in datasets(found, asked.lang)
        for file in each.files
    ]
    return page_of(request, items, asked, found.run_id)


@read(router, "/catalog.jsonld", "catalog")
def catalog_file(request: HttpRequest, asked: Query[Asked]) -> HttpResponseBase:
    """All open data of all cities as DCAT-AP, for other portals to harvest."""
    check_names(request, asked)
    cities = seen_by(request).iterator(chunk_size=CITIES_A_STEP)
    parts = catalog(cities, asked.lang, partial(absolute, request), reverse("v1:catalog"))
    return StreamingHttpResponse(parts, content_type="application/ld+json")
