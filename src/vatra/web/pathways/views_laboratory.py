"""The laboratory of a plan: sliders in, what becomes of the target out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from vatra.contract.charts.fan import chance_words
from vatra.plans.engine import Action
from vatra.runs.scenario import Scenario
from vatra.tables.vocabulary import FIELDS
from vatra.web.cities.models import City
from vatra.web.cities.pictures import Drawing
from vatra.web.cities.queries import access_city
from vatra.web.cities.rules import PUBLIC
from vatra.web.pathways import charts, tables
from vatra.web.pathways.choices import (
    ELECTRICITY,
    LEVEL,
    START,
    Wished,
    percent_of,
    planned_electricity,
    start_years,
)
from vatra.web.pathways.conflicts import conflicts
from vatra.web.pathways.figures import PlanFigures, built, plan_figures
from vatra.web.pathways.saved import SavedPlan
from vatra.web.pathways.trial import QUICK_DRAWS, Trial, capex_cents
from vatra.web.pathways.views import part_url, plan_page
from vatra.words import Language, say

# What the answer to a moved slider is asked with: then only what changes is sent.
PART = "HX-Request"
HIGHEST_ON_SLIDER = Decimal("1")


@dataclass(frozen=True)
class Slider:
    """One action with where its level and its start stand, and where the plan has them."""

    place: int
    action: Action
    name: str
    level: int
    planned_level: int
    start: int
    planned_start: int
    years: range

    @property
    def level_ppm(self) -> int:
        """Level in parts per million."""
        return self.level * 10_000

    @property
    def level_name(self) -> str:
        """Name of the level in an address."""
        return LEVEL + self.action.code

    @property
    def start_name(self) -> str:
        """Name of the start year in an address."""
        return START + self.action.code


@require_safe
def laboratory(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Sliders for every action; for a script only what a moved slider changes."""
    city = access_city(PUBLIC, slug, lang)
    figures = plan_figures(city)
    if figures is None:
        faults = [each.message(lang) for each in built(city).findings]
        return plan_page(request, lang, city, "laboratory", {"faults": faults})
    wished = Wished.of(request.GET, figures.scenario, lang)
    is_part = bool(request.headers.get(PART))
    if not wished.is_short and not wished.faults and not is_part:
        query = wished.query(figures.scenario)
        address = part_url("laboratory", lang, city) + (f"?{query}" if query else "")
        return redirect(address)
    content = _result(figures, wished, lang)
    if is_part:
        shared = {"city": city, "figures": figures}
        response = render(request, "pathways/_trial.html", shared | content)
    else:
        content |= _form(figures, wished, lang, city)
        response = plan_page(request, lang, city, "laboratory", content)
    response.status_code = 422 if wished.faults else 200
    patch_vary_headers(response, [PART])
    return response


def _result(figures: PlanFigures, wished: Wished, lang: Language) -> dict[str, Any]:
    trial = Trial(figures.scenario, wished, figures.draws)
    chance_ppm = trial.chance_ppm
    return {
        "figures": figures,
        "trial": trial,
        "path": trial.path,
        "wished": wished,
        "chance": None if chance_ppm is None else chance_words(chance_ppm, lang),
        "conflicts": conflicts(trial.scenario.model, lang),
        "draws": QUICK_DRAWS,
        "planned_cents": capex_cents(figures.scenario),
        "trial_picture": Drawing.of(
            charts.trial_chart(figures, trial, lang), wished.query(figures.scenario)
        ),
        "trial_table": tables.trial_sectors(figures, trial, lang),
    }


def _form(figures: PlanFigures, wished: Wished, lang: Language, city: City) -> dict[str, Any]:
    scenario = figures.scenario
    by_field: dict[str, list[Slider]] = {}
    for place, action in enumerate(scenario.model.actions):
        slider = _slider(scenario, wished, place, lang)
        by_field.setdefault(action.field, []).append(slider)
    order = [*FIELDS, *sorted(set(by_field) - set(FIELDS))]
    planned = planned_electricity(scenario)
    here = part_url("laboratory", lang, city)
    return {
        "groups": [(each, by_field[each]) for each in order if each in by_field],
        "electricity_name": ELECTRICITY,
        "planned_electricity": planned,
        "electricity": planned if wished.electricity is None else wished.electricity,
        "highest_electricity": HIGHEST_ON_SLIDER,
        "presets": [
            (say("web.pathways.preset-as-planned", lang), here),
            (say("web.pathways.preset-nothing", lang), _address(here, scenario, 0)),
            (say("web.pathways.preset-everything", lang), _address(here, scenario, 100)),
            *(
                (_saved_words(each, lang), _saved_address(here, scenario, each))
                for each in figures.saved
            ),
        ],
    }


def _slider(scenario: Scenario, wished: Wished, place: int, lang: Language) -> Slider:
    action = scenario.model.actions[place]
    return Slider(
        place,
        action,
        action.name(lang),
        wished.level(action),
        percent_of(action.level),
        wished.start(action),
        action.adoption.start_year,
        start_years(scenario, action),
    )


def _address(here: str, scenario: Scenario, level: int) -> str:
    """The laboratory with every action at one level."""
    levels = {
        each.code: level for each in scenario.model.actions if percent_of(each.level) != level
    }
    query = Wished(levels, {}).query(scenario)
    return f"{here}?{query}" if query else here


def _saved_words(plan: SavedPlan, lang: Language) -> str:
    name = say("web.pathways.preset-best", lang)
    return f"{name}: {plan.name}" if plan.name else name


def _saved_address(here: str, scenario: Scenario, plan: SavedPlan) -> str:
    """The laboratory with the choices of a saved plan, as far as sliders can say them."""
    levels, starts = {}, {}
    for each in scenario.model.actions:
        choice = plan.choices.get(each.code, each.choice)
        if percent_of(choice.level) != percent_of(each.level):
            levels[each.code] = percent_of(choice.level)
        if choice.level and choice.start_year != each.adoption.start_year:
            starts[each.code] = choice.start_year
    query = Wished(levels, starts).query(scenario)
    return f"{here}?{query}" if query else here
