"""Limits as rows: one small function for each kind of limit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vatra.plans.engine import Floats
from vatra.plans.portfolio.exact import CENTS_PER_EUR_MILLION, Measures, Oracle
from vatra.plans.portfolio.limits import GroupShare, Limits
from vatra.plans.portfolio.options import Ints, Options
from vatra.plans.portfolio.problem import STRUCTURE, Problem, Row, figure, goal


def problem(
    measures: Measures, limits: Limits, objectives: tuple[str, ...], oracle: Oracle
) -> Problem:
    """All rows of the limits, and the goals in their order."""
    aim = aim_position(measures, limits)
    rows = (
        *_targets(measures, limits),
        *_capital(measures, limits),
        *_staff(measures, limits),
        *_bills(measures, limits),
        *_pace(measures.options, limits),
        *_equity(measures, limits, oracle, aim),
        *_required(measures.options),
        *_exclusive(measures.options),
        *_excluding(measures.options),
        *_conflicts(measures.options, limits),
    )
    goals = tuple(goal(name, measures, aim) for name in objectives)
    return Problem(measures, rows, goals, limits.funds)


def aim_position(measures: Measures, limits: Limits) -> int:
    """Position of the year whose emission counts."""
    base = measures.options.model.base
    year = limits.aim_year
    if year is None:
        year = max(limits.targets, default=base.years[-1])
    return base.at(year)


def _targets(measures: Measures, limits: Limits) -> Iterator[Row]:
    base, unit = measures.options.model.base, measures.base_mg
    for year, most_mg in sorted(limits.targets.items()):
        at = figure(measures, base.at(year))
        yield Row("target", (year,), most_mg / unit, unit, at)
    if limits.cumulative_mg is not None:
        every = figure(measures, *range(measures.span))
        yield Row("cumulative", (), limits.cumulative_mg / unit, unit, every)


def _capital(measures: Measures, limits: Limits) -> Iterator[Row]:
    costs, base, unit = measures.costs, measures.options.model.base, CENTS_PER_EUR_MILLION
    for (payer, year), most in sorted(limits.capex_cents_by_year.items()):
        paid = _of_payer(costs.capex_cents, costs.payers, payer)
        linear = paid[:, base.at(year)] / unit
        yield Row("capex", (payer, year), most / unit, unit, None, linear, (payer, year))
    if limits.capex_total_cents is not None:
        linear = costs.capex_cents.sum(axis=(1, 2)) / unit
        yield Row("capex_total", (), limits.capex_total_cents / unit, unit, None, linear)


def _of_payer(values: Floats | Ints, payers: tuple[str, ...], payer: str) -> Floats:
    """What one payer bears [N, T]; all together for the payer ""."""
    mine = values[:, payers.index(payer)] if payer else values.sum(axis=1)
    return np.asarray(mine, dtype=np.float64)


def _staff(measures: Measures, limits: Limits) -> Iterator[Row]:
    base = measures.options.model.base
    costs = measures.costs
    for (payer, year), most in sorted(limits.staff_fte_by_year.items()):
        staff = _of_payer(costs.staff_fte, costs.payers, payer)[:, base.at(year)]
        yield Row("staff", (payer, year), most, 1.0, None, staff)


def _bills(measures: Measures, limits: Limits) -> Iterator[Row]:
    base, unit = measures.options.model.base, CENTS_PER_EUR_MILLION
    for year, most in sorted(limits.bill_cents_by_year.items()):
        at = figure(measures, measures.span + 1 + base.at(year))
        yield Row("bill", (year,), most / unit, unit, at)


def _pace(options: Options, limits: Limits) -> Iterator[Row]:
    base = options.model.base
    for (code, year), least in sorted(limits.minimum_pace.items()):
        mine = _only(options, {code}) * options.adoption[:, base.at(year)]
        yield Row("pace", (code, year), -least, 1.0, None, -mine)


def _equity(measures: Measures, limits: Limits, oracle: Oracle, aim: int) -> Iterator[Row]:
    for number, group in enumerate(limits.equity):
        of = _capital_of(measures) if group.of == "capex" else _cut_of(measures, oracle, aim)
        mine = of * _only(measures.options, group.codes)
        unit = CENTS_PER_EUR_MILLION if group.of == "capex" else measures.base_mg
        yield from _shares(number, group, mine, of, unit)


def _shares(number: int, group: GroupShare, mine: Floats, of: Floats, unit: float) -> Iterator[Row]:
    if group.least_share > 0:
        yield Row("equity", (number, "least"), 0.0, unit, None, group.least_share * of - mine)
    if group.most_share < 1:
        yield Row("equity", (number, "most"), 0.0, unit, None, mine - group.most_share * of)


def _capital_of(measures: Measures) -> Floats:
    capital: Floats = measures.costs.capex_cents.sum(axis=(1, 2)) / CENTS_PER_EUR_MILLION
    return capital


def _cut_of(measures: Measures, oracle: Oracle, aim: int) -> Floats:
    """What each option cuts when it is the only one [N]."""
    options = measures.options
    alone = np.repeat(options.nothing[None, :], options.count + 1, axis=0)
    alone[np.arange(options.count), options.owner] = np.arange(options.count)
    emission = oracle.values(alone, with_requirements=False)[:, aim]
    return np.asarray(emission[-1] - emission[:-1])


def _only(options: Options, codes: set[str] | frozenset[str]) -> Floats:
    """1 for the options of some actions [N]."""
    chosen = np.array([each.code in codes for each in options.model.actions])
    return chosen[options.owner].astype(np.float64)


def _required(options: Options) -> Iterator[Row]:
    """Nothing begins before what it requires: begun by a year, that has begun by it too."""
    codes, begins = options.model.codes, options.begins
    span = options.adoption.shape[1]
    for i, action in enumerate(options.model.actions):
        for code in action.requires:
            j = codes.get(code)
            if j is None:
                continue
            for t in range(span):
                begun = (begins <= t).astype(np.float64)
                linear = np.where(options.owner == i, begun, 0.0)
                linear -= np.where(options.owner == j, begun, 0.0)
                if (linear > 0).any():
                    yield Row(STRUCTURE, ("requires", action.code, code, t), 0.0, linear=linear)


def _exclusive(options: Options) -> Iterator[Row]:
    """Actions that serve different parts of one stock together reach no more than all of it."""
    groups: dict[str, dict[int, float]] = {}
    for i, action in enumerate(options.model.actions):
        for effect in action.effects:
            if effect.combine == "exclusive" and effect.group:
                groups.setdefault(effect.group, {})[i] = action.reach_share
    levels = np.array([each.level for each in options.choices])
    for name, members in sorted(groups.items()):
        if len(members) < 2:
            continue
        linear = np.array([members.get(int(i), 0.0) for i in options.owner]) * levels
        yield Row(STRUCTURE, ("exclusive", name), 1.0, linear=linear)


def _excluding(options: Options) -> Iterator[Row]:
    """Two actions that exclude each other: their levels are 1 together at most."""
    codes = options.model.codes
    levels = np.array([each.level for each in options.choices])
    pairs = {
        tuple(sorted((each.code, other)))
        for each in options.model.actions
        for other in each.excludes
        if other in codes
    }
    for pair in sorted(pairs):
        yield Row(STRUCTURE, ("excludes", *pair), 1.0, linear=levels * _only(options, set(pair)))


def _conflicts(options: Options, limits: Limits) -> Iterator[Row]:
    done = np.array([each.level > 0 for each in options.choices], dtype=np.float64)
    for group in limits.conflicts:
        linear = done * _only(options, group)
        yield Row(STRUCTURE, ("conflict", *sorted(group)), 1.0, linear=linear)
