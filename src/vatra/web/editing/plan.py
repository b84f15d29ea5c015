"""The plan of a version, choices laid over it, and choices written into its measures."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from django.http import QueryDict

from vatra.plans.engine import Choice
from vatra.runs.scenario import Scenario as Built
from vatra.runs.scenario_relations import excluding
from vatra.tables.numbers import Style
from vatra.web.cities.models import City
from vatra.web.editing.cells import in_style
from vatra.web.editing.ground import Ground, ground_of
from vatra.web.editing.models import Scenario
from vatra.web.pathways.choices import Wished, start_years
from vatra.web.pathways.conflicts import conflicts
from vatra.web.pathways.figures import PlanFigures, plan_figures
from vatra.web.pathways.path import PlanPath
from vatra.web.pathways.trial import capex_cents
from vatra.web.workspace.changes import CellChange
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import computed
from vatra.words import Language, say

START, LEVEL = "start_year", "level_percent"
LONGEST_QUERY = 20_000
Choices = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Outcome:
    """What choices come to: cut [ppm] and tonnes left [mg] in the target year, capital [cents]."""

    cut_ppm: int
    left_mg: int
    target_year: int
    met: bool
    capex_cents: int
    conflicts: tuple[str, ...]
    sectors_mg: Mapping[str, int]


def draft_city(city: City, version: Version) -> City | None:
    """The city as a version would publish it; None while that has faults. Never to be saved."""
    made = computed(version)
    if made.folder is None:
        return None
    draft = copy(city)
    draft.folder, draft.run_id = str(made.folder), made.run_id
    return draft


def figures_of(city: City, version: Version) -> PlanFigures | None:
    """The plan of a version; None where it has no measures or cannot be computed."""
    draft = draft_city(city, version)
    return plan_figures(draft) if draft is not None else None


def choices_of(
    query: str, built: Built, lang: Language
) -> tuple[dict[str, dict[str, str]], Wished]:
    """What an address of the laboratory chose, by code; only what differs from the plan."""
    given = QueryDict(mutable=True)
    for name, text in parse_qsl(query[:LONGEST_QUERY], keep_blank_values=True, max_num_fields=2000):
        given[name] = text
    wished = Wished.of(given, built, lang)
    found: dict[str, dict[str, str]] = {}
    for code, level in wished.levels.items():
        found.setdefault(code, {})[LEVEL] = str(level)
    for code, start in wished.starts.items():
        found.setdefault(code, {})[START] = str(start)
    return found, wished


def laid_over(built: Built, choices: Choices) -> tuple[Built, list[str]]:
    """The plan under choices, and the codes of choices that it no longer has."""
    actions = {each.code: each for each in built.model.actions}
    fits: dict[str, Choice] = {}
    for code, chosen in choices.items():
        action = actions.get(code)
        if action is None:
            continue
        start = int(chosen.get(START, action.adoption.start_year))
        years = start_years(built, action)
        level = int(chosen[LEVEL]) / 100 if LEVEL in chosen else action.level
        fits[code] = Choice(min(max(start, years[0]), years[-1]), level)
    return built.with_choices(fits), sorted(set(choices) - set(actions))


def outcome(built: Built, lang: Language) -> Outcome:
    """What a plan comes to."""
    path = PlanPath(built)
    at = built.target_at
    return Outcome(
        path.cut_ppm,
        path.left_mg,
        path.target_year,
        path.met,
        capex_cents(built),
        tuple(standing_against(built, lang)),
        {name: masses[at] for name, masses in path.sectors_mg.items()},
    )


def standing_against(built: Built, lang: Language) -> list[str]:
    """What keeps choices from being a plan: measures that exclude or need each other."""
    excluded = (replace(each, lines=()) for each in excluding(built.model.actions))
    said = [each.message(lang) for each in excluded if each.severity == "error"]
    return list(dict.fromkeys([*conflicts(built.model, lang), *said]))


def changes_of(version: Version, choices: Choices) -> tuple[list[CellChange], list[str]]:
    """Choices as cells of ``actions.csv``, and codes of choices without a row there."""
    ground = ground_of(version, "actions")
    lines = _lines(ground)
    changes: list[CellChange] = []
    for code, chosen in choices.items():
        line = lines.get(code)
        if line is None:
            continue
        row = ground.row(line) or {}
        for column, text in chosen.items():
            written = text if column == START else in_style(float(text), _style(ground))
            before = row.get(column, "")
            if before.strip() != written:
                changes.append(CellChange("change", line, column, before, written))
    return changes, sorted(set(choices) - set(lines))


def _style(ground: Ground) -> Style:
    return ground.style(LEVEL) or "plain"


def _lines(ground: Ground) -> dict[str, int]:
    found: dict[str, int] = {}
    for line, row in zip(ground.sheet.lines, ground.sheet.rows, strict=True):
        found.setdefault(row.get("code", "").strip(), line)
    return found


def level_words(built: Built, scenario: Scenario, lang: Language) -> list[tuple[str, str]]:
    """What a scenario changes: the name of each measure, and its level and start."""
    names = {each.code: each.name(lang) for each in built.model.actions}
    listed = []
    for code, chosen in sorted(scenario.choices.items()):
        parts = []
        if LEVEL in chosen:
            parts.append(say("web.editing.choice-level", lang, level=int(chosen[LEVEL])))
        if START in chosen:
            parts.append(say("web.editing.choice-start", lang, year=str(chosen[START])))
        listed.append((names.get(code, code), ", ".join(parts)))
    return listed
