"""How a number of the plan was made: of an action, or of a year; step by step, with its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from vatra.plans.engine import Action, Cell, Effect
from vatra.tables import label
from vatra.units import MG_PER_T, MG_PER_WH_AT_ONE_T_PER_MWH, WH_PER_MWH
from vatra.web.pathways.figures import PlanFigures
from vatra.words import Language, number, percent, say, tonnes

ACTION, YEAR = "action.", "year."
# The largest cells are told one by one; the others together.
CELLS_SHOWN = 12


@dataclass(frozen=True)
class Step:
    """One line of a number's making: what it is, its arithmetic, and where it stands."""

    name: str
    words: str
    place: str = ""


@dataclass(frozen=True)
class Made:
    """A number [mg CO2e], what it means, and the steps that lead to it."""

    title: str
    total_mg: int
    formula: str
    steps: tuple[Step, ...]


def made(figures: PlanFigures, path: str, lang: Language) -> Made | None:
    """``action.<code>`` or ``year.<year>``; None for a path that names neither."""
    if path.startswith(ACTION):
        position = figures.scenario.model.codes.get(path.removeprefix(ACTION))
        return None if position is None else _of_action(figures, position, lang)
    if path.startswith(YEAR):
        years = {str(year): year for year in figures.path.years}
        year = years.get(path.removeprefix(YEAR))
        return None if year is None else _of_year(figures, year, lang)
    return None


# An action


def _of_action(figures: PlanFigures, position: int, lang: Language) -> Made:
    action = figures.scenario.model.actions[position]
    found = figures.attribution
    year = pl.col("year") == found.year
    row = found.by_action.filter((pl.col("code") == action.code) & year).row(0, named=True)
    steps = [*_effects(action, lang), _spread(figures, action, lang)]
    if action.requires:
        steps.append(_requires(figures, action, lang))
    steps += [
        _way(each, row[f"{each.replace('-', '_')}_mg"], lang)
        for each in ("first-in", "last-in", "shapley")
    ]
    if row["standard_error_mg"]:
        error = tonnes(row["standard_error_mg"], lang)
        steps.append(Step(say("web.pathways.made-error", lang), error))
    title = f"{action.name(lang)}, {found.year}"
    formula = say("web.pathways.made-action", lang)
    return Made(title, row["shapley_mg"], formula, tuple(steps))


def _way(name: str, cut_mg: int, lang: Language) -> Step:
    return Step(say(f"web.pathways.made-{name}", lang), tonnes(cut_mg, lang))


def _effects(action: Action, lang: Language) -> Iterator[Step]:
    place = f"{action.file}:{action.line}" if action.file else ""
    if action.source:
        place = f"{action.source} ({place})" if place else action.source
    for effect in action.effects:
        yield Step(label("operator", effect.operator, lang), effect_words(effect, lang), place)
    if not action.effects:
        yield Step(say("web.pathways.made-no-effect", lang), "–", place)


def effect_words(effect: Effect, lang: Language) -> str:
    """What an effect acts on and how strongly, as its row spells it."""
    parts = [" → ".join(_ends(effect, lang))]
    if effect.operator in ("observed_tonnes", "observed_energy", "own_generation"):
        # What is stated per unit counts as often as there are units.
        whole = effect.amount.mean * effect.scale
        if effect.operator == "observed_tonnes":
            parts.append(tonnes(round(whole), lang) + say("web.pathways.a-year", lang))
        else:
            energy = number(whole / WH_PER_MWH, lang, 0)
            parts.append(f"{energy}\u00a0MWh" + say("web.pathways.a-year", lang))
    if effect.curve:
        most = max(effect.curve) / MG_PER_T
        parts.append(say("web.pathways.made-curve", lang, most=number(most, lang, 0)))
    for name, default in (("strength", 1.0), ("ratio", 1.0), ("conversion", 1.0)):
        spread = getattr(effect, name)
        if not (spread.is_certain and spread.mean == default):
            parts.append(f"{say(f'web.pathways.made-{name}', lang)}: {spread.text}")
    return "; ".join(part for part in parts if part)


def _ends(effect: Effect, lang: Language) -> Iterator[str]:
    for use, carrier in ((effect.use, effect.carrier), (effect.to_use, effect.to_carrier)):
        names = [label("use", use, lang)] if use else []
        names += [label("carrier", carrier, lang)] if carrier else []
        if names:
            yield ", ".join(names)


def _spread(figures: PlanFigures, action: Action, lang: Language) -> Step:
    at, position = figures.scenario.target_at, figures.scenario.model.codes[action.code]
    written = figures.inputs.adoption[position]
    words = say(
        "web.pathways.made-spread-words",
        lang,
        start=str(action.adoption.start_year),
        level=percent(action.level, lang),
        reach=percent(action.reach_share, lang),
        adopted=percent(float(written[at]), lang),
        year=str(figures.path.target_year),
    )
    return Step(say("web.pathways.made-spread", lang), words)


def _requires(figures: PlanFigures, action: Action, lang: Language) -> Step:
    actions = {each.code: each.name(lang) for each in figures.scenario.model.actions}
    names = ", ".join(actions.get(code, code) for code in action.requires)
    return Step(say("web.pathways.made-requires", lang), names)


# A year


def _of_year(figures: PlanFigures, year: int, lang: Language) -> Made:
    path, base = figures.path, figures.scenario.model.base
    at = base.at(year)
    outcome = path.outcome
    order = sorted(
        range(len(base.cells)), key=lambda n: (-abs(float(outcome.emission_mg[n, at])), n)
    )
    shown = [n for n in order if outcome.emission_mg[n, at]][:CELLS_SHOWN]
    steps = [
        Step(
            _cell_name(base.cells[n], lang),
            _product(
                base.cells[n],
                float(outcome.amount[n, at]),
                float(outcome.factor[n, at]),
                round(float(outcome.emission_mg[n, at])),
                lang,
            ),
        )
        for n in shown
    ]
    others = [float(outcome.emission_mg[n, at]) for n in order if n not in shown]
    if any(others):
        words = say("web.pathways.made-others", lang, count=sum(map(bool, others)))
        steps.append(Step(words, tonnes(round(sum(others)), lang)))
    if path.sinks_mg[at]:
        steps.append(Step(say("web.pathways.sinks", lang), tonnes(path.sinks_mg[at], lang)))
    formula = say("web.pathways.made-year", lang)
    return Made(say("web.pathways.made-year-title", lang, year=str(year)), path.total_mg[at],
                formula, tuple(steps))  # fmt: skip


def _cell_name(cell: Cell, lang: Language) -> str:
    names = [label("sector", cell.sector, lang), label("use", cell.use, lang)]
    names += [label("carrier", cell.carrier, lang)] if cell.carrier else []
    return ", ".join(dict.fromkeys(names))


def _product(cell: Cell, amount: float, factor: float, mass_mg: int, lang: Language) -> str:
    """``12,345 MWh × 0.202 t/MWh = 2,494 t``; what printed tonnes take off is said."""
    if cell.stream:
        return tonnes(mass_mg, lang)
    energy = number(amount / WH_PER_MWH, lang, 0)
    per_mwh = number(factor / MG_PER_WH_AT_ONE_T_PER_MWH, lang, 5).rstrip("0").rstrip(".,")
    product = f"{energy}\u00a0MWh × {per_mwh or '0'}\u00a0t/MWh"
    taken = round(amount * factor) - mass_mg
    if abs(taken) < MG_PER_T // 2:
        return f"{product} = {tonnes(mass_mg, lang)}"
    less = say("web.pathways.made-taken", lang, taken=tonnes(taken, lang))
    return f"{product} − {less} = {tonnes(mass_mg, lang)}"
