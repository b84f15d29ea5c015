"""Open data of a city: which files there are, what they hold, under which terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.urls import reverse

from vatra.web.api.routes.cities import licence_of
from vatra.web.base.parquet import MEDIA_TYPE
from vatra.web.blocks.queries import opened
from vatra.web.cities import tables
from vatra.web.cities.asked import figures
from vatra.web.cities.facts import Facts
from vatra.web.cities.models import City
from vatra.web.cities.queries import document
from vatra.web.pathways.folders import scenario_of
from vatra.words import Language, say

MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
    "parquet": MEDIA_TYPE,
    "ndjson": "application/x-ndjson",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class File:
    """One form of a dataset and its address."""

    form: str
    url: str
    year: str = ""

    @property
    def words(self) -> str:
        """What a link to it says: ``CSV 2021``."""
        return f"{self.form.upper()} {self.year}".strip()

    @property
    def media_type(self) -> str:
        return MEDIA[self.form]


@dataclass(frozen=True)
class Dataset:
    """Data of one kind: ``years`` they are of; ``rows_count`` None where counting means making."""

    name: str
    title: str
    description: str
    years: str
    files: tuple[File, ...]
    rows_count: int | None = None
    licence: str | None = None
    synthetic: bool = False

    @property
    def span(self) -> str:
        """The years as people write them."""
        return self.years.replace("/", "–")


def datasets(city: City, lang: Language) -> list[Dataset]:
    """All open data of a city, the most asked for first."""
    licence, synthetic = licence_of(city), city.synthetic
    found = [*_inventory(city, lang), *_plan(city, lang), *_buildings(city, lang)]
    found += _tables(city, lang)
    return [replace(each, licence=licence, synthetic=synthetic) for each in found]


def _said(name: str, lang: Language) -> tuple[str, str]:
    return (say(f"web.api.data-{name}", lang), say(f"web.api.data-{name}-about", lang))


def _api(city: City, name: str, form: str = "json") -> File:
    return File(form, reverse(f"v1:{name}", args=[city.slug]))


def _span(years: list[int]) -> str:
    """``2021``, or ``2021/2035`` where there are several."""
    if not years:
        return ""
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}/{last}"


def _inventory(city: City, lang: Language) -> Iterator[Dataset]:
    held = document(city)
    found = figures(city)
    span = _span(list(found.years))
    yield Dataset("contract", *_said("contract", lang), span, (_api(city, "contract"),))
    yield Dataset("cells", *_said("cells", lang), span, (_api(city, "cells"),), len(held["cells"]))
    rows = (
        *(
            File(form, f"{_rows_file(city, lang, form)}?year={year}", str(year))
            for form in ("csv", "parquet")
            for year in found.years
        ),
        _api(city, "rows"),
        _api(city, "rows-stream", "ndjson"),
    )
    count = len(found.inventory.results)
    yield Dataset("rows", *_said("rows", lang), span, rows, count)
    yield Dataset("gpc", *_said("gpc", lang), span, (_api(city, "gpc"),))
    factors = (_api(city, "factors"),)
    yield Dataset("factors", *_said("factors", lang), span, factors, len(held["factors"]))
    if held["parameters"]:
        count = len(held["parameters"])
        parameters = (_api(city, "parameters"),)
        yield Dataset("parameters", *_said("parameters", lang), span, parameters, count)


def _rows_file(city: City, lang: Language, form: str) -> str:
    return reverse("cities:rows-file", args=[lang, city.slug, form])


def _plan(city: City, lang: Language) -> Iterator[Dataset]:
    held = document(city)
    path = held["pathway"] or {}
    span = _span([int(year) for year in path.get("years", ())])
    counts = {
        "measures": len(held["measures"]),
        "actions": len(held["actions"] or ()),
        "pathway": len(path.get("years", ())),
        "finance": len((held["investment"] or {}).get("years", ())),
    }
    for name, count in counts.items():
        if count:
            yield Dataset(name, *_said(name, lang), span, (_api(city, name),), count)
    if _is_followed(city):
        yield Dataset("progress", *_said("progress", lang), span, (_api(city, "progress"),))


def _is_followed(city: City) -> bool:
    """Whether the city's plan has actions that one can follow."""
    built = scenario_of(Path(city.folder), city.run_id).scenario
    return built is not None and bool(built.model.actions)


def _buildings(city: City, lang: Language) -> Iterator[Dataset]:
    held = opened(city).held
    if held is None:
        return
    files = tuple(
        File(form, reverse("blocks:list-file", args=[lang, city.slug, form]))
        for form in ("csv", "json", "geojson", "parquet")
    )
    yield Dataset("buildings", *_said("buildings", lang), "", files, len(held.stock.buildings))


def _tables(city: City, lang: Language) -> Iterator[Dataset]:
    """The tables of the public pages, under the very addresses that the pages link."""
    facts = Facts(document(city))
    span = _span(facts.years)
    for name in tables.available(facts):
        made = tables.build(name, facts, lang)
        files = tuple(
            File(form, reverse("cities:table", args=[lang, city.slug, name, form]))
            for form in ("csv", "json", "parquet")
        )
        about = made.note
        yield Dataset(f"table-{name}", made.title, about, span, files, len(made.rows))
