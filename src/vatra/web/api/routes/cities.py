"""Cities, their contracts and editions, their findings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Path, Query, Router

from vatra.runs.publish import CONTRACT, PACK
from vatra.sources.city_yaml import FILE_NAME, read_city
from vatra.web.api import schemas
from vatra.web.api.asked import CitiesAsked, CityAsked, CityPaged, FindingsAsked, Slug
from vatra.web.api.entrance import check_names, enter
from vatra.web.api.gate import caller_of
from vatra.web.api.models import Token
from vatra.web.api.paging import mark_of, offset_of, page_of, paged, selection
from vatra.web.api.routes import read
from vatra.web.cities.folders import kept_with_folder
from vatra.web.cities.models import City
from vatra.web.cities.queries import document
from vatra.web.cities.standing import Withdrawal, withdrawal_of, withdrawals
from vatra.web.cities.taken import as_data, file_name
from vatra.web.contracts.models import ContractEdition
from vatra.web.people.holding import memberships_of
from vatra.web.people.models import User
from vatra.web.publication.models import SealedContract
from vatra.web.publication.queries import editions as published_editions
from vatra.web.workspace.queries import head_of
from vatra.words import Language

router = Router()
LICENCES_KEPT = 512
# Lists of a city that its own address names, in the order of the pages.
LISTS = (
    "contract", "editions", "totals", "gpc", "cells", "rows", "factors", "parameters", "measures",
    "actions", "pathway", "finance", "progress", "buildings", "findings", "charts", "datasets",
)  # fmt: skip


def seen_by(request: HttpRequest) -> QuerySet[City]:
    """Cities that the caller may read: all public ones, and those of a member's token."""
    person = caller_of(request)
    if not isinstance(person, User):
        mine: list[int] = []
    else:
        mine = [each.city_id for each in memberships_of(person)]
    token: Token | None = getattr(request, "token", None)
    if token is not None and token.city_id is not None:
        mine = [each for each in mine if each == token.city_id]
    opens = ~Q(door__members_only=True) | Q(pk__in=mine)
    return City.objects.filter(opens, is_listed=True).exclude(run_id="").order_by("slug")


@read(router, "/cities", "cities", schemas.Cities)
def cities(request: HttpRequest, asked: Query[CitiesAsked]) -> Any:
    """Cities that are shown, by their code."""
    check_names(request, asked)
    found = seen_by(request)
    if asked.synthetic is not None:
        found = found.filter(synthetic=asked.synthetic)
    mark = mark_of("cities", selection(asked))
    start, count = offset_of(asked.cursor, mark), found.count()
    shown = list(found[start : start + asked.limit])
    gone = withdrawals(shown)
    items = [brief(each, gone.get(each.pk), asked.lang) for each in shown]
    return paged(request, items, count, start, asked, mark)


def brief(city: City, gone: Withdrawal | None, lang: Language) -> dict[str, Any]:
    """A city in a list; ``gone`` when it took back what it shows."""
    return {
        "city": city.slug,
        "name": city.name,
        "base_year": city.base_year,
        "target_year": city.target_year,
        "synthetic": city.synthetic,
        "seal": city.run_id,
        "withdrawn": as_data(gone, lang) if gone else None,
        "url": reverse("v1:city", args=[city.slug]),
        "page_url": reverse("cities:overview", args=[lang, city.slug]),
    }


@kept_with_folder(LICENCES_KEPT)
def licence_at(folder: FilePath, run_id: str) -> str | None:
    """The terms that the city's pack states; ``run_id`` names which run of it is kept."""
    about, _ = read_city(folder / PACK / FILE_NAME)
    return about.licence or None if about else None


def licence_of(city: City) -> str | None:
    """Under which terms a city gives its data away, None where it does not say."""
    return licence_at(FilePath(city.folder), city.run_id)


@read(router, "/cities/{city}", "city", schemas.CityWhole)
def city(request: HttpRequest, city: Path[Slug], asked: Query[CityAsked]) -> Any:
    """A city: what its contract rests on, and where its data stand."""
    found = enter(request, city, asked)
    held = document(found)
    about: Mapping[str, Any] = held["city"]
    is_draft = asked.of == "draft"
    head = head_of(found) if is_draft else None
    names = ("country", "gases", "gwp_set", "factor_sets", "languages", "source")
    return {
        **brief(found, withdrawal_of(found), asked.lang),
        **{name: about[name] for name in names},
        "target_cut_ppm": about["target_cut_ppm"],
        "residual_limit_ppm": about["residual_limit_ppm"],
        "base_total_mg": held["totals"]["all"].get(str(about["base_year"]), 0),
        "licence": licence_of(found),
        "draft_number": head.number if head else None,
        "links": {name: reverse(f"v1:{name}", args=[found.slug]) for name in LISTS},
    }


@read(router, "/cities/{city}/contract", "contract")
def contract(request: HttpRequest, city: Path[Slug], asked: Query[CityAsked]) -> HttpResponseBase:
    """The sealed contract, byte by byte as it was sealed."""
    found = enter(request, city, asked)
    document(found)
    content = (FilePath(found.folder) / CONTRACT).read_bytes()
    response = HttpResponse(content, content_type="application/json")
    name = file_name(found, "contract", "json")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@read(router, "/cities/{city}/editions", "editions", schemas.Editions)
def editions(request: HttpRequest, city: Path[Slug], asked: Query[CityPaged]) -> Any:
    """Every contract that was ever shown for the city, the newest first."""
    found = enter(request, city, asked)
    # The same figures may be published twice: the later edition says what became of them.
    published = {each.seal: each for each in published_editions(found).reverse()}
    items = [
        {
            "seal": each.seal,
            "format": each.format,
            "made_with": each.made_with,
            "shown_since": each.shown_since.isoformat(),
            "is_shown": each.seal == found.run_id,
            **_became(published.get(each.seal)),
        }
        for each in ContractEdition.objects.filter(city_id=found.pk)
    ]
    return page_of(request, items, asked, found.run_id)


def _became(sealed: SealedContract | None) -> dict[str, Any]:
    return {
        "edition": sealed.edition if sealed else None,
        "state": sealed.state if sealed else None,
        "ended": sealed.ended_at.isoformat() if sealed and sealed.ended_at else None,
        "reason": sealed.reason or None if sealed else None,
    }


@read(router, "/cities/{city}/findings", "findings", schemas.Findings)
def findings(request: HttpRequest, city: Path[Slug], asked: Query[FindingsAsked]) -> Any:
    """What a reader of the data should know: of the checks, and of the contract's own tables."""
    found = enter(request, city, asked)
    held = document(found)
    items = [_finding(each) for each in (*held["findings"], *held["lint"])]
    if asked.severity:
        items = [each for each in items if each["severity"] == asked.severity]
    return page_of(request, items, asked, found.run_id)


def _finding(each: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": each["code"],
        "severity": each["severity"],
        "message": each["message"],
        "file": each.get("file") or "",
        "lines": list(each.get("lines") or ()),
    }
