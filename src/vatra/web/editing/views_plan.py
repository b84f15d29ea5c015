"""From the laboratory, the catalogue and the quarters into the draft; scenarios side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vatra.plans.catalogue import catalogue as measures
from vatra.tables import label
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.models import City
from vatra.web.editing.actions_plan import do_drop_scenario, do_keep_scenario, do_plan_choices
from vatra.web.editing.models import Scenario
from vatra.web.editing.notices import notice_of
from vatra.web.editing.plan import (
    choices_of,
    figures_of,
    laid_over,
    level_words,
    outcome,
)
from vatra.web.pathways.measures import Filter, fields
from vatra.web.people.errors import Refused
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_edit_city
from vatra.web.workspace.changes import Conflict
from vatra.web.workspace.drafts import is_overtaken, is_ready
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import computed
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work, version_of
from vatra.web.workspace.views import begun, signed_in
from vatra.web.workspace.why import moved
from vatra.words import Language, say


@require_safe
def effect(
    request: HttpRequest, lang: Language, slug: str, before: int, after: int
) -> HttpResponse:
    """What a change did to the answer: the totals of two versions."""
    city = access_work(actor_of(request), slug, lang)
    old, new = version_of(city, before, lang), version_of(city, after, lang)
    content: dict[str, Any] = {"city": city, "old": old, "new": new}
    if is_overtaken(new):
        content["is_overtaken"] = True
    elif not is_ready(old, new, actor=actor_of(request)):
        content["is_waiting"] = True
    else:
        content |= _effect(old, new, lang)
    if "HX-Request" in request.headers:
        return render(request, "editing/_effect.html", content)
    return work_page(request, lang, city, "editing/effect.html", content, tab="tables")


def _effect(old: Version, new: Version, lang: Language) -> dict[str, Any]:
    was_ready, can_tell = computed(old).ok, computed(new).ok
    both = was_ready and can_tell
    return {
        "is_ready": both,
        "is_mended": can_tell and not was_ready,
        "figures": moved(old, new, lang) if both else [],
    }


@require_safe
def catalogue(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Measures that are known elsewhere, each with the button that adds it to the plan."""
    city = access_work(actor_of(request), slug, lang)
    wished = Filter.of(request.GET, lang)
    add = reverse("editing:row-new", args=[lang, slug, "actions"])
    content = {
        "groups": [
            (
                label("field", each, lang),
                [
                    (entry, entry.name(lang), entry.about(lang), f"{add}?catalogue={entry.id}")
                    for entry in wished.entries
                    if entry.field == each
                ],
            )
            for each in fields()
            if any(entry.field == each for entry in wished.entries)
        ],
        "wished": wished,
        "fields": [(each, label("field", each, lang)) for each in fields()],
        "count": len(wished.entries),
        "all_count": len(measures()),
    }
    return work_page(request, lang, city, "editing/catalogue.html", content, tab="tables")


@require_safe
def scenarios(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The plan and what is kept beside it: cuts and costs."""
    city = access_work(actor_of(request), slug, lang)
    return _shelf(request, lang, city, begun(city))


@require_POST
def keep(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What the laboratory shows: kept under a name, or made the plan."""
    city = access_work(actor_of(request), slug, lang, may_edit_city)
    head = begun(city)
    figures = figures_of(city, head)
    if figures is None:
        return _shelf(request, lang, city, head, say("web.editing.no-plan", lang))
    choices, wished = choices_of(request.POST.get("query", ""), figures.scenario, lang)
    if wished.faults:
        return _shelf(request, lang, city, head, " ".join(wished.faults))
    if not choices:
        return _shelf(request, lang, city, head, say("web.editing.nothing-chosen", lang))
    if request.POST.get("as") == "scenario":
        return _kept(request, lang, city, head, choices)
    note = " ".join(request.POST.get("note", "").split()) or say("web.editing.from-lab", lang)
    return _planned(request, lang, city, head, choices, note)


@require_safe
def compare(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Two scenarios side by side; without an id, the plan itself."""
    city = access_work(actor_of(request), slug, lang)
    head = begun(city)
    figures = figures_of(city, head)
    if figures is None:
        return _shelf(request, lang, city, head, say("web.editing.no-plan", lang))
    sides: list[dict[str, Any]] = []
    for name in ("one", "other"):
        scenario = _asked(city, request.GET.get(name, ""), lang)
        built, gone = laid_over(figures.scenario, scenario.choices if scenario else {})
        words = level_words(figures.scenario, scenario, lang) if scenario else []
        sides.append({"scenario": scenario, "outcome": outcome(built, lang), "gone": gone,
                      "words": words})  # fmt: skip
    sectors = list(dict.fromkeys(each for side in sides for each in side["outcome"].sectors_mg))
    content = {
        "sides": sides,
        "sectors": [
            (label("sector", each, lang), [side["outcome"].sectors_mg.get(each) for side in sides])
            for each in sectors
        ],
        "unit": figures.unit,
    }
    return work_page(request, lang, city, "editing/sides.html", content, tab="tables")


@require_POST
def make_plan(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Write a scenario into the draft's measures."""
    city = access_work(actor_of(request), slug, lang, may_edit_city)
    scenario = _scenario(city, pk, lang)
    note = say("web.editing.note-scenario", lang, name=scenario.name)
    return _planned(request, lang, city, begun(city), scenario.choices, note)


@require_POST
def drop(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Take a scenario off the shelf."""
    city = access_work(actor_of(request), slug, lang, may_edit_city)
    do_drop_scenario(scenario=_scenario(city, pk, lang), actor=signed_in(request))
    return redirect("editing:scenarios", lang, slug)


def _kept(
    request: HttpRequest, lang: Language, city: City, head: Version, choices: Any
) -> HttpResponse:
    try:
        do_keep_scenario(
            city=city, name=request.POST.get("name", ""), note=request.POST.get("note", ""),
            choices=choices, base=head, actor=signed_in(request),
        )  # fmt: skip
    except Refused as refused:
        return _shelf(request, lang, city, head, refused.message(lang))
    return redirect("editing:scenarios", lang, city.slug)


def _planned(
    request: HttpRequest, lang: Language, city: City, head: Version, choices: Any, note: str
) -> HttpResponse:
    figures = figures_of(city, head)
    if figures is not None:
        built, _ = laid_over(figures.scenario, choices)
        faults = outcome(built, lang).conflicts
        if faults:
            return _shelf(request, lang, city, head, " ".join(faults))
    try:
        saved = do_plan_choices(
            city=city, choices=choices, base=head, note=note, actor=signed_in(request)
        )
    except Refused as refused:
        return _shelf(request, lang, city, head, refused.message(lang))
    except Conflict:
        return _shelf(request, lang, city, head, say("web.editing.plan-clash", lang))
    number = f"?saved={saved.version.number}" if saved.is_new else ""
    return redirect(reverse("editing:table", args=[lang, city.slug, "actions"]) + number)


def _scenario(city: City, pk: int, lang: Language) -> Scenario:
    found = Scenario.objects.filter(city=city, pk=pk).select_related("city").first()
    if found is None:
        url = reverse("editing:scenarios", args=[lang, city.slug])
        raise NotHere("web.editing.scenario-unknown", [Choice(city.name, url)])
    return found


def _asked(city: City, given: str, lang: Language) -> Scenario | None:
    if given.isascii() and given.isdigit() and len(given) < 10:
        return _scenario(city, int(given), lang)
    return None


def _shelf(
    request: HttpRequest, lang: Language, city: City, head: Version, problem: str = ""
) -> HttpResponse:
    figures = figures_of(city, head)
    listed = []
    if figures is not None:
        for each in Scenario.objects.filter(city=city).select_related("author"):
            built, gone = laid_over(figures.scenario, each.choices)
            words = level_words(figures.scenario, each, lang)
            listed.append((each, outcome(built, lang), gone, words))
    content = {
        "has_plan": figures is not None,
        "plan": outcome(figures.scenario, lang) if figures is not None else None,
        "unit": figures.unit if figures is not None else "",
        "scenarios": listed,
        "problem": problem,
        "notice": notice_of(request, city),
    }
    page, status = "editing/scenarios.html", 422 if problem else 200
    return work_page(request, lang, city, page, content, tab="tables", status=status)
