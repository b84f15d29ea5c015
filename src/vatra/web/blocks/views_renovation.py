"""The page for an owners' association: packages of works, who pays, what each flat bears."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from vatra.contract.charts.fan import chance_words
from vatra.plans.retrofit import NO, UNKNOWN, YES, Decision, assembly_rules
from vatra.plans.retrofit.costs import GROUPS
from vatra.plans.retrofit.programmes import GRANT
from vatra.runs.retrofit import Renovation
from vatra.runs.retrofit_facts import assumed_years
from vatra.runs.retrofit_rows import before_of, decisions, flat_rows, names, package_row, step_rows
from vatra.web.base.errors import Choice, NotHere
from vatra.web.blocks.doubts import CHARTS, doubt_table, package_ends, reached_ppm
from vatra.web.blocks.queries import access_building, name_of, needed
from vatra.web.blocks.renovation import (
    Facts,
    Weighed,
    fact_fields,
    package_words,
    weighed,
)
from vatra.web.blocks.tables import packages
from vatra.web.blocks.views import block_page
from vatra.web.blocks.views_building import block_parts
from vatra.web.blocks.wording import euro_words
from vatra.web.cities.models import City
from vatra.web.cities.pictures import Drawing
from vatra.web.cities.queries import access_city
from vatra.web.cities.rules import PUBLIC
from vatra.words import Language, percent, say

# What a verdict of a programme is called in the names of texts and classes.
_VERDICTS = {YES: "yes", NO: "no", UNKNOWN: "unknown"}


@require_safe
def renovation(request: HttpRequest, lang: Language, slug: str, code: str) -> HttpResponse:
    """Packages compared, one in full, programmes explained, steps and papers."""
    city = access_city(PUBLIC, slug, lang)
    building = access_building(city, code, lang).building
    facts = Facts.of(request.GET, needed(city, lang).region)
    found = weighed(city, code, facts)
    picks = found.picks()
    content: dict[str, Any] = {
        "building": building,
        "name": name_of(building),
        "asked": facts,
        "fields": fact_fields(facts, bool(building.association), lang),
        "faults": [say(f"web.blocks.fact-{each}-fault", lang) for each in facts.faults],
        "block_parts": block_parts(city, code, lang),
        "part": "renovation",
        "fault": found.fault.get(lang, ""),
    }
    if found.found is not None:
        if facts.package not in picks:
            raise _no_package(city, code, found, facts, lang)
        content |= _whole(found.found, picks, facts, lang)
    response = block_page(request, lang, city, "renovation", content)
    response.status_code = 422 if facts.faults else 200
    return response


def _sure(found: Renovation, package: str, query: str, lang: Language) -> dict[str, Any]:
    """Between what the promises of a package lie, with eight chances in ten."""
    ends = package_ends(found, package)
    low, high = (euro_words(ends[f"bill_saved_cents_{at}"] / 100, lang) for at in ("p10", "p90"))
    letter = ends["energy_class"]
    return {
        "bill_low": low,
        "bill_high": high,
        "heating_low": percent(ends["heating_saved_percent_p10"] / 100, lang),
        "heating_high": percent(ends["heating_saved_percent_p90"] / 100, lang),
        "class_chance": chance_words(reached_ppm(ends, letter), lang),
        "doubt_table": doubt_table(found, package, query, lang),
    }


def _told(decision: Decision, lang: Language) -> dict[str, Any]:
    """A programme with its verdict, the first reason of a no, and every condition."""
    reasons = [decision.standing.text(lang)] if decision.standing.verdict == NO else []
    reasons += [each.text(lang) for each in decision.answers if each.verdict == NO]
    return {
        "verdict": _VERDICTS[decision.verdict],
        "name": decision.programme.name.text(lang),
        "why": reasons[0] if reasons else "",
        # The first line says name and verdict again.
        "lines": decision.lines(lang)[1:],
    }


def _no_package(city: City, code: str, found: Weighed, facts: Facts, lang: Language) -> NotHere:
    url = reverse("blocks:renovation", args=[lang, city.slug, code])
    exist = [
        Choice(package_words(name, lang), f"{url}?{facts.query(name)}") for name in found.picks()
    ]
    return NotHere("web.blocks.package-unknown", exist, name=facts.package)


def _whole(
    found: Renovation, picks: dict[str, int], facts: Facts, lang: Language
) -> dict[str, Any]:
    """What the page shows of a block whose packages could be weighed."""
    package = facts.package
    place, query = picks[package], f"building={found.building.code}&{facts.query()}"
    row, before = package_row(found, place), before_of(found)
    flats, judged = flat_rows(found, place), decisions(found, place)
    return {
        "found": found,
        "row": row,
        "before": before,
        "package": package,
        "package_words": package_words(package, lang),
        "does": names(found, place, lang),
        "heating_saved": percent((row["heating_saving_percent"] or 0) / 100, lang),
        "granted_cents": int(found.appraisal.funding.granted_cents[place]),
        "undivided_cents": row["owners_most_cents"] - row["owners_least_cents"],
        "flat": flats[len(flats) // 2] if flats else None,
        "choices": [
            (name, package_words(name, lang), facts.query(name), package_row(found, at))
            for name, at in picks.items()
        ],
        "packages_table": packages.build(packages.PACKAGES, found, picks, package, query, lang),
        "full_tables": [
            packages.build(name, found, picks, package, query, lang)
            for name in (packages.COSTS, packages.PAYERS, packages.FLATS)
        ],
        "drawings": [Drawing.of(build(found, lang), query) for build in CHARTS.values()],
        **_sure(found, package, query, lang),
        "decisions": [_told(each, lang) for each in judged],
        "may_pay": ", ".join(
            each.programme.name.text(lang)
            for each in judged
            if each.verdict == UNKNOWN
            and each.programme.kind == GRANT
            and each.programme.shares
            and set(each.programme.covers) & set(GROUPS)
        ),
        "steps": step_rows(lang),
        "rules": [each.text.text(lang) for each in assembly_rules()],
        "assumed_years": [
            say(f"web.blocks.assumed-{each}", lang)
            for each in assumed_years(found.building, found.asked)
        ],
        "count": found.packages.count,
    }
