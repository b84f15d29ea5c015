"""What measured inventories say of a plan: the same plan, brought to what was measured.

A year that ``progress.csv`` marks as measured is an actual of everything done by then, so it is no
part of the pathway before measures. The plan as planned is built without it; then the amounts and
factors of its cells are scaled until the plan, with the actions as far as they were reported, gives
what was measured. Between the base year and the measured years the scale moves on straight lines;
after the last one it stays: what was off by then stays off in proportion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vatra.methods import activity_methods
from vatra.plans.engine import Base, Cell, Floats, Model, Outcome, central, evaluate
from vatra.runs.scenario import Scenario, scenario
from vatra.tables import tables

_ROUNDS = 60
_CLOSE = 1e-10


@dataclass(frozen=True)
class Calibrated:
    """A base brought to what was measured.

    ``gap_mg`` what the last measured year still differs by [mg CO2e]: cells that the plan empties
    and that were measured all the same, for one.
    """

    base: Base
    gap_mg: int


def as_planned(built: Scenario, measured: Sequence[int]) -> Scenario:
    """The scenario without the rows of measured years, as it was when the plan was made."""
    if not measured:
        return built
    names = {each.table for each in activity_methods().values()} | {"energy"}
    rows = dict(built.pack.rows)
    for name in sorted(names & set(rows)):
        if not tables()[name].history:
            rows[name] = rows[name].filter(~rows[name]["year"].is_in(list(measured)))
    return scenario(replace(built.pack, rows=rows))


def calibrated(
    planned: Model, actual: Base, adoption: Floats, measured: Sequence[int]
) -> Calibrated:
    """Bring the base of a plan to what was measured.

    Parameters
    ----------
    planned : the plan without measured years
    actual : the base with them
    adoption : [A, T] of the actions as reported
    measured : the years, sorted
    """
    base = _with_new_cells(planned.base, actual, measured)
    model = replace(planned, base=base)
    inputs = replace(central(model), adoption=adoption)
    at = [base.at(year) for year in measured]
    amount, factor = _measured(base, actual, at)
    scales = [np.ones((len(base.cells), len(at))) for _ in range(2)]
    for _ in range(_ROUNDS):
        model = replace(planned, base=_scaled(base, at, scales))
        outcome = evaluate(model, inputs)
        steps = (_ratio(amount, outcome.amount[:, at]), _ratio(factor, outcome.factor[:, at]))
        scales = [scale * step for scale, step in zip(scales, steps, strict=True)]
        if all(float(np.abs(step - 1).max(initial=0.0)) < _CLOSE for step in steps):
            break
    final = replace(planned, base=_scaled(base, at, scales))
    return Calibrated(final.base, _gap(evaluate(final, inputs), amount * factor, at))


def _gap(outcome: Outcome, measured_mg: Floats, at: Sequence[int]) -> int:
    return round(float(measured_mg[:, -1].sum() - outcome.gross_mg[at[-1]]))


def _ratio(wanted: Floats, found: Floats) -> Floats:
    return np.divide(wanted, found, out=np.ones_like(wanted), where=found != 0)


def _scaled(base: Base, at: Sequence[int], scales: Sequence[Floats]) -> Base:
    """The base with its scales between and beyond the measured years."""
    when = np.arange(len(base.years))
    known = [0, *at]
    paths = [
        np.array([np.interp(when, known, [1.0, *row]) for row in scale]).reshape(base.amount.shape)
        for scale in scales
    ]
    return replace(base, amount=base.amount * paths[0], factor=base.factor * paths[1])


def _measured(base: Base, actual: Base, at: Sequence[int]) -> tuple[Floats, Floats]:
    """Amounts and factors that were measured [C, M], nothing for cells that were not."""
    rows = {cell.key: n for n, cell in enumerate(actual.cells)}
    shape = (len(base.cells), len(at))
    amount, factor = np.zeros(shape), np.zeros(shape)
    for n, cell in enumerate(base.cells):
        if cell.key in rows:
            amount[n] = actual.amount[rows[cell.key], at]
            factor[n] = actual.factor[rows[cell.key], at]
    return amount, factor


def _with_new_cells(base: Base, actual: Base, measured: Sequence[int]) -> Base:
    """The base, and the cells that only the measured years know, from the first of these on."""
    known = {cell.key for cell in base.cells}
    new = [n for n, cell in enumerate(actual.cells) if cell.key not in known]
    if not new:
        return base
    since = base.at(measured[0])
    amount = actual.amount[new].copy()
    amount[:, :since] = 0.0
    cells: tuple[Cell, ...] = (*base.cells, *(actual.cells[n] for n in new))
    order = sorted(range(len(cells)), key=lambda n: cells[n].key)
    return replace(
        base,
        cells=tuple(cells[n] for n in order),
        amount=np.concatenate([base.amount, amount])[order],
        factor=np.concatenate([base.factor, actual.factor[new]])[order],
    )
