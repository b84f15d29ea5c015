"""Cities with their pages, numbers, measures, findings and files, as published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from vatra.runs.publish import PACK
from vatra.tables import label
from vatra.web.base.searchable import Findable
from vatra.web.cities.models import City
from vatra.web.cities.queries import document
from vatra.web.cities.views import TABS
from vatra.web.contracts.files import output_files
from vatra.words import LANGUAGES, Language, say, tonnes

BUILDINGS = "buildings.csv"
# Pages that have no tab of their own: name of the text -> address.
MORE_PAGES = {
    "web.search.page-gpc": "cities:gpc",
    "web.search.page-completeness": "cities:completeness",
    "web.search.page-doubt": "cities:doubt",
    "web.search.page-years": "cities:years",
    "web.search.page-rows": "cities:rows",
    "web.search.page-laboratory": "pathways:laboratory",
    "web.search.page-cost-curve": "pathways:cost-curve",
    "web.search.page-data": "api:data",
}


def is_shown(city: City) -> bool:
    """Whether the city has public pages."""
    return city.is_listed and bool(city.run_id)


def the_city(city: City) -> Iterator[Findable]:
    """The city itself, and every page of it."""
    if not is_shown(city):
        return
    years = " – ".join(str(each) for each in (city.base_year, city.target_year) if each)
    yield Findable("city", city.name, "cities:overview", (city.slug,), years, city.slug)
    for lang in LANGUAGES:
        pages = {f"web.cities.tab-{name}": url for name, url in TABS.items()} | MORE_PAGES
        if (Path(city.folder) / PACK / BUILDINGS).is_file():
            pages |= {"web.search.page-quarter": "blocks:quarter"}
        for key, url in pages.items():
            title = f"{say(key, lang)}, {city.name}"
            yield Findable("page", title, url, (city.slug,), lang=lang)


def numbers(city: City) -> Iterator[Findable]:
    """Totals of every year, whole and by sector: each opens how it was made."""
    if not is_shown(city):
        return
    totals = document(city)["totals"]
    for lang in LANGUAGES:
        for year, mass in totals["all"].items():
            yield _number(city, year, say("web.search.total", lang), mass, lang)
        for year, by_sector in totals["by_sector"].items():
            for sector, mass in by_sector.items():
                name = label("sector", sector, lang)
                yield _number(city, f"{sector}.{year}", name, mass, lang)


def _number(city: City, path: str, name: str, mass: int, lang: Language) -> Findable:
    year = path.rpartition(".")[2]
    title = f"{name}, {year}, {city.name}"
    words = f"{tonnes(mass, lang)} CO₂e"
    return Findable("number", title, "cities:number", (city.slug, path), words, path, lang=lang)


def measures(city: City) -> Iterator[Findable]:
    """Measures that the contract prints, and actions of the plan."""
    if not is_shown(city):
        return
    held = document(city)
    printed = {each["code"] for each in held["measures"]}
    for each in held["measures"]:
        yield from _measure(city, each, "cities:measures")
    for each in held["actions"] or ():
        if each["code"] not in printed:
            yield from _measure(city, each, "pathways:pathway")


def _measure(city: City, each: Mapping[str, Any], url: str) -> Iterator[Findable]:
    for lang in LANGUAGES:
        title = " ".join(part for part in (each["code"], each["name"].get(lang, "")) if part)
        about = (each.get("about") or {}).get(lang, "") or each["source"]
        more = " ".join((*each["name"].values(), label("sector", each["sector"], lang)))
        yield Findable("measure", title, url, (city.slug,), about, more, lang=lang)


def findings(city: City) -> Iterator[Findable]:
    """What the checks and the linter say of the contract."""
    if not is_shown(city):
        return
    held = document(city)
    for each in (*held["findings"], *held["lint"]):
        for lang in LANGUAGES:
            detail = (each.get("arithmetic") or {}).get(lang, "") or each.get("file") or ""
            title = each["message"][lang]
            address = ("contracts:findings", (city.slug,))
            yield Findable("finding", title, *address, detail, each["code"], lang=lang)


def documents(city: City) -> Iterator[Findable]:
    """Files of the contract that people take away."""
    if not is_shown(city):
        return
    for each in output_files(Path(city.folder)):
        if each.group == "contract":
            title = f"{each.name}, {city.name}"
            yield Findable("document", title, "contracts:file", (city.slug, each.name), each.kind)
