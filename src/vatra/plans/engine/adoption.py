"""How far an action has spread in each year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vatra.plans.engine.actions import Action, Adoption
from vatra.plans.engine.base import Floats

# The logistic curve runs from 1.8 % to 98.2 % of itself over the ramp and is stretched to 0 and 1.
_STEEPNESS = 8.0


def adoption_curve(
    action: Action, years: Sequence[int], delay_years: Floats | float = 0.0
) -> Floats:
    """Share of the action in place in each year, its level included.

    Parameters
    ----------
    years : [T]
    delay_years : how much later it comes; a number, or [D] for draws; fractions are allowed

    Returns
    -------
    [T], or [D, T] for draws, each 0 to 1. What is put in place during a year counts in that year.
    """
    delay = np.asarray(delay_years, dtype=np.float64)[..., None]
    when = np.asarray(years, dtype=np.float64) - delay
    share: Floats = action.level * _spread(action.adoption, when)
    end = action.adoption.end_year
    return share if end is None else np.where(when >= end, 0.0, share)


def _spread(adoption: Adoption, when: Floats) -> Floats:
    passed = np.maximum(when - adoption.start_year + 1.0, 0.0)
    ramp = max(adoption.ramp_years, 1.0)
    if adoption.shape == "schedule":
        return _scheduled(adoption, when)
    if adoption.shape == "cohort":
        # 1 - (1 - 1/L)^n; with a lifetime of a year all of it is renewed at once.
        return np.where(passed > 0, 1.0 - (1.0 - 1.0 / ramp) ** passed, 0.0)
    part: Floats = np.clip(passed / (1.0 if adoption.shape == "step" else ramp), 0.0, 1.0)
    return _logistic(part) if adoption.shape == "logistic" else part


def _logistic(part: Floats) -> Floats:
    edge = 1.0 / (1.0 + np.exp(_STEEPNESS / 2))
    curve = 1.0 / (1.0 + np.exp(-_STEEPNESS * (part - 0.5)))
    return np.clip((curve - edge) / (1.0 - 2.0 * edge), 0.0, 1.0)


def _scheduled(adoption: Adoption, when: Floats) -> Floats:
    points = sorted(adoption.schedule.items())
    if not points:
        return np.zeros_like(when)
    first, last = points[0][0], [share for _, share in points]
    # Nothing stands before the first stated year.
    share = np.interp(when, [year for year, _ in points], last)
    return np.where(when < first, 0.0, share)
