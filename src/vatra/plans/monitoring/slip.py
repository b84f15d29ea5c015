"""What a delay costs in tonnes, for every action by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vatra.plans.engine import Floats, Inputs, Model, central, evaluate, with_required

MONTHS = (1, 6, 12, 24)
_PER_YEAR = 12


@dataclass(frozen=True)
class Slip:
    """What is emitted more when one action comes ``months`` later than expected [mg CO2e].

    ``target_mg`` in the target year, ``cumulative_mg`` over all years up to it.
    """

    code: str
    months: int
    target_mg: int
    cumulative_mg: int


def slips(
    model: Model,
    target_year: int,
    adoption: Floats | None = None,
    months: Sequence[int] = MONTHS,
    first_year: int | None = None,
) -> list[Slip]:
    """Slip cost of every action and delay, all actions together in one evaluation.

    Parameters
    ----------
    adoption : [A, T] that is expected now, that of the plan by default; what was in place before
        ``first_year`` stays, and only what would come after moves
    months : delays looked at
    first_year : the first year that can still slip, that after the last report

    Returns
    -------
    By action in the order of the model, then by delay. What requires a delayed action waits too.
    """
    if not model.actions:
        return []
    inputs = central(model)
    expected = inputs.adoption if adoption is None else adoption
    cases = [(i, late) for i in range(len(model.actions)) for late in months]
    late_by = np.repeat(expected[:, None, :], len(cases) + 1, axis=1)
    for number, (i, late) in enumerate(cases, 1):
        late_by[i, number] = _later(expected[i], model.base.years, late, first_year)
    late_by = with_required(model.actions, late_by)
    total = evaluate(model, _with(inputs, late_by)).total_mg
    more = total[1:] - total[0]
    at = model.base.at(target_year)
    return [
        Slip(
            model.actions[i].code,
            late,
            round(float(more[number, at])),
            round(float(more[number, : at + 1].sum())),
        )
        for number, (i, late) in enumerate(cases)
    ]


def _with(inputs: Inputs, adoption: Floats) -> Inputs:
    return replace(inputs, adoption=adoption)


def _later(expected: Floats, years: Sequence[int], months: int, first_year: int | None) -> Floats:
    """A curve that comes later; what is in place before the first year stays there."""
    when = np.asarray(years, float)
    moved = np.interp(when - months / _PER_YEAR, when, expected, left=0.0)
    if first_year is None:
        return moved
    stays = when < first_year
    reached = float(expected[stays][-1]) if bool(stays.any()) else 0.0
    # What is there does not go away; a curve that falls by itself may still fall.
    return np.where(stays, expected, np.maximum(moved, np.minimum(expected, reached)))
