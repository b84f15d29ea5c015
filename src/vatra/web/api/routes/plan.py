"""The plan: measures and actions, the pathway with its doubt, money, progress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from vatra.web.api import schemas_plan as schemas
from vatra.web.api.asked import ActionsAsked, CityAsked, CityPaged, Slug
from vatra.web.api.entrance import enter
from vatra.web.api.paging import page_of
from vatra.web.api.routes import read
from vatra.web.cities.queries import document
from vatra.web.monitoring.queries import report_of

router = Router()
BANDS = ("p5_mg", "p10_mg", "p25_mg", "p50_mg", "p75_mg", "p90_mg", "p95_mg")
Document = Mapping[str, Any]


@read(router, "/cities/{city}/measures", "measures", schemas.Measures)
def measures(request: HttpRequest, city: Path[Slug], asked: Query[ActionsAsked]) -> Any:
    """Measures as the contract prints them: tonnes, cost, source and line."""
    found = enter(request, city, asked)
    items = [each for each in document(found)["measures"] if _of_sector(each, asked)]
    return page_of(request, items, asked, found.run_id)


@read(router, "/cities/{city}/actions", "actions", schemas.Actions)
def actions(request: HttpRequest, city: Path[Slug], asked: Query[ActionsAsked]) -> Any:
    """Actions of the plan: start, reach, cost, and what each takes off the target year."""
    found = enter(request, city, asked)
    items = [each for each in document(found)["actions"] or () if _of_sector(each, asked)]
    return page_of(request, items, asked, found.run_id)


def _of_sector(each: Mapping[str, Any], asked: ActionsAsked) -> bool:
    return asked.sector is None or each["sector"] == asked.sector


@read(router, "/cities/{city}/pathway", "pathway", schemas.Pathway)
def pathway(request: HttpRequest, city: Path[Slug], asked: Query[CityPaged]) -> Any:
    """Emissions year by year without and with the plan, and the band of doubt around them."""
    found = enter(request, city, asked)
    held = document(found)
    path, risk = held["pathway"], held["risk"]
    items = [_path_year(held, year) for year in path["years"]] if path else []
    return page_of(request, items, asked, found.run_id) | {
        "target_year": path["target_year"] if path else None,
        "target_mg": path["target_mg"] if path else None,
        "probability_ppm": risk["probability_ppm"] if risk else None,
        "probability_error_ppm": risk["probability_error_ppm"] if risk else None,
    }


def _path_year(held: Document, year: int) -> dict[str, Any]:
    path, at = held["pathway"], str(year)
    fan = (held["risk"] or {}).get("fan", {}).get(at, {})
    return {
        "year": year,
        "baseline_mg": path["baseline_mg"].get(at),
        "planned_mg": path["total_mg"][at],
        "gross_mg": path["gross_mg"].get(at),
        "sinks_mg": path["sinks_mg"].get(at),
        **{name: fan.get(name) for name in BANDS},
        "by_sector_mg": {
            name: years[at] for name, years in path["by_sector_mg"].items() if at in years
        },
    }


@read(router, "/cities/{city}/finance", "finance", schemas.Finance)
def finance(request: HttpRequest, city: Path[Slug], asked: Query[CityAsked]) -> Any:
    """Who has to find how much money in which year, where it comes from, and what is missing."""
    held = document(enter(request, city, asked))
    money = held["investment"] or {}
    single = ("price_year", "nominal", "total_cents", "total_gap_cents", "first_gap_year")
    return {
        "known": bool(money),
        **{name: money.get(name) for name in single},
        "years": [int(year) for year in money.get("years", ())],
        "need_cents": money.get("need_cents", {}),
        "gap_cents": money.get("gap_cents", {}),
        "sources": money.get("sources", []),
        "actors": money.get("actors", []),
        "society": money.get("society") or {},
        "findings": [each["message"] for each in money.get("findings", ())],
    }


@read(router, "/cities/{city}/progress", "progress", schemas.Progress)
def progress(request: HttpRequest, city: Path[Slug], asked: Query[CityPaged]) -> Any:
    """What was reported of each action, and what that makes of the target year."""
    found = enter(request, city, asked)
    report = report_of(found)
    held = report.document or {}
    names = held.get("names", {})
    blank = {"en": "", "ro": ""}
    items = [{**each, "name": names.get(each["code"], blank)} for each in held.get("actions", ())]
    return page_of(request, items, asked, found.run_id) | {
        "known": report.document is not None,
        "year": held.get("year"),
        "seal": held["seal"]["value"] if held else None,
        "target": held.get("target", {}),
        "planned_mg": held.get("pathway", {}).get("planned_mg", {}),
        "measured_mg": held.get("measured_mg", {}),
        "sentences": report.sentences(asked.lang),
    }
