"""How far each action will be in each year, now that something is known of it.

Up to the last report the adoption is what was reported, on straight lines in between. After it,
one of two things is expected, and both are shown:

``pace_seen``
    it goes on as fast as it went so far, up to what the plan puts in place in all;
``plan_pace``
    it goes on as fast as the plan says, from where it stands: the plan's own curve, later by as
    many months as the action is behind (or earlier, by as many as it is ahead).

What was cancelled stays where it is. An action without a report is expected as planned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from vatra.plans.engine import Action, Floats, Model, adoption_curve, with_required
from vatra.plans.monitoring.progress import CANCELLED, Progress, Report

Method = Literal["pace_seen", "plan_pace"]
METHODS: tuple[Method, ...] = get_args(Method)
MONTHS_PER_YEAR = 12
# No plan is looked at further than this beyond the pathway, nor is any action later.
_BEYOND_YEARS = 60
_SAME = 1e-9


@dataclass(frozen=True)
class Forecast:
    """What is expected of an action.

    ``adoption`` [T] share in place in each year, its level included; ``last_year`` of its reports,
    None without any; ``delay_months`` how much later than planned it is where it stands (below
    zero: earlier), None without a report or when cancelled; ``full_year`` first year in which all
    of it is in place, None when that is beyond the pathway.
    """

    code: str
    method: Method
    adoption: Floats
    last_year: int | None
    delay_months: int | None
    full_year: int | None


def forecast(
    action: Action, years: Sequence[int], reports: Sequence[Report], method: Method
) -> Forecast:
    """What is expected of one action.

    Parameters
    ----------
    action : as planned, its start and level included
    years : [T] of the pathway
    reports : those with a known adoption, by year
    """
    planned = adoption_curve(action, years)
    if not reports:
        return Forecast(action.code, method, planned, None, None, _full(action, planned, years))
    seen = _seen(action, reports)
    last = reports[-1].year
    reached = seen[last]
    cancelled = reports[-1].status == CANCELLED
    delay = delay_months(action, last, reached)
    known, values = list(seen), list(seen.values())
    past = np.interp(np.asarray(years, float), known, values, left=0.0)
    if cancelled:
        later = np.full(len(years), reached)
    elif method == "pace_seen":
        later = reached + _pace(seen) * (np.asarray(years, float) - last)
        later = np.minimum(later, max(_most(action), reached))
    else:
        later = np.maximum(_unended(action, years, delay / MONTHS_PER_YEAR), reached)
    adoption = np.where(np.asarray(years) <= last, past, later)
    if action.adoption.end_year is not None:
        adoption = np.where(np.asarray(years) >= action.adoption.end_year, 0.0, adoption)
    late = None if cancelled else delay
    return Forecast(action.code, method, adoption, last, late, _full(action, adoption, years))


def forecast_adoption(
    model: Model, progress: Progress, method: Method
) -> tuple[Floats, list[Forecast]]:
    """Adoption of all actions of a model [A, T], requirements included, and what is behind it."""
    years = model.base.years
    found = [forecast(each, years, progress.known(each.code), method) for each in model.actions]
    shape = (len(found), len(years))
    adoption = np.array([each.adoption for each in found], dtype=np.float64).reshape(shape)
    return with_required(model.actions, adoption), found


def delay_months(action: Action, year: int, reached: float) -> int:
    """Months by which an action is behind its plan at the end of a year; below zero, ahead.

    ``reached`` is the share in place, its level included. Behind: since when the plan has stood
    there; ahead: until when the plan gets there, or as far as the plan goes.
    """
    if abs(float(_unended(action, [year])[0]) - reached) <= _SAME:
        return 0
    months = np.arange(-_BEYOND_YEARS * MONTHS_PER_YEAR, _BEYOND_YEARS * MONTHS_PER_YEAR + 1)
    curve = _unended(action, year + months / MONTHS_PER_YEAR)
    behind = months[(months < 0) & (curve <= reached + _SAME)]
    if float(curve[months == 0][0]) > reached:
        return -int(behind[-1]) if len(behind) else _BEYOND_YEARS * MONTHS_PER_YEAR
    ahead = months[(months > 0) & (curve >= min(reached, float(curve.max())) - _SAME)]
    return -int(ahead[0])


def _unended(action: Action, years: Sequence[float] | Floats, delay_years: float = 0.0) -> Floats:
    """The plan's curve at any moment, as if what is in place stayed."""
    open_end = replace(action, adoption=replace(action.adoption, end_year=None))
    return adoption_curve(open_end, years, delay_years)  # type: ignore[arg-type]


def _most(action: Action) -> float:
    """Share that the plan puts in place in all, its level included."""
    planned = action.adoption
    shares = planned.schedule.values() if planned.shape == "schedule" else (1.0,)
    return action.level * max(shares, default=0.0)


def _seen(action: Action, reports: Sequence[Report]) -> Mapping[int, float]:
    """Share in place by year: the reports, and nothing at the end of the year before the start."""
    found = {each.year: (each.known_share or 0.0) * _most(action) for each in reports}
    start = min(action.adoption.start_year, min(found)) - 1
    return {start: 0.0} | dict(sorted(found.items()))


def _pace(seen: Mapping[int, float]) -> float:
    """Share put in place in a year, on average since there was nothing; never below zero."""
    last = max(seen)
    since = max(year for year, share in seen.items() if share <= _SAME)
    return max(seen[last], 0.0) / (last - since) if since < last else 0.0


def _full(action: Action, adoption: Floats, years: Sequence[int]) -> int | None:
    whole = adoption >= _most(action) - _SAME
    return int(years[int(whole.argmax())]) if bool(whole.any()) else None
