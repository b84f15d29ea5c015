"""What is published of many draws: the fan by year, the probability of a target, their errors.

The published value of a year is the mean of the draws, ``mean of f(X)``: a plan evaluated at its
middle numbers is not the middle of what the plan gives. Every figure carries half the width of its
95 % interval, from how the replicates scatter; it says how far sampling may be wrong, and nothing
about whether the distributions are right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vatra.plans.distributions import Floats
from vatra.plans.risk.points import Design
from vatra.plans.risk.sampling import Sampled

Flags = npt.NDArray[np.bool_]

# Percentiles of a fan, by name.
LEVELS = {"p5": 5.0, "p10": 10.0, "p25": 25.0, "p50": 50.0, "p75": 75.0, "p90": 90.0, "p95": 95.0}
MEAN = "mean"


@dataclass(frozen=True)
class Fan:
    """Figures by name (``LEVELS`` and ``mean``), each [T], and their errors, each [T]."""

    years: tuple[int, ...]
    values: dict[str, Floats]
    errors: dict[str, Floats]


def fan(years: tuple[int, ...], draws: Floats, how: Design) -> Fan:
    """Percentiles and mean by year of draws [D, T], replicate after replicate."""
    whole = np.percentile(draws, list(LEVELS.values()), axis=0)
    parted = draws.reshape(how.replicates_count, how.points_count, -1)
    parts = np.percentile(parted, list(LEVELS.values()), axis=1)
    values = dict(zip(LEVELS, whole, strict=True)) | {MEAN: draws.mean(axis=0)}
    errors = {name: error_of(part) for name, part in zip(LEVELS, parts, strict=True)}
    return Fan(years, values, errors | {MEAN: error_of(parted.mean(axis=1))})


def error_of(replicates: Floats) -> Floats:
    """Half the 95 % interval of the mean of replicates [R, ...], by Student's t."""
    from scipy.special import stdtrit

    count = len(replicates)
    spread = replicates.std(axis=0, ddof=1) / np.sqrt(count)
    return np.asarray(spread * float(stdtrit(count - 1, 0.975)))


@dataclass(frozen=True)
class Chance:
    """A probability and half the width of its 95 % interval."""

    share: float
    error: float


def chance(met: Flags, how: Design) -> Chance:
    """How often something holds among draws [D]; the error is never less than one draw."""
    parted = met.reshape(how.replicates_count, how.points_count).mean(axis=1)
    error = max(float(error_of(parted)), 1.0 / how.draws_count)
    return Chance(float(met.mean()), error)


def left_share(sampled: Sampled, year: int) -> Floats:
    """What is left in a year as a share of the same draw's base year [D].

    A factor that both years share cancels, as it would in the city's own next inventory. Raises
    ``ZeroDivisionError`` where a base year holds nothing.
    """
    if not bool((sampled.base_mg > 0).all()):
        raise ZeroDivisionError("the base year has no emissions, so no cut can be told")
    return sampled.total_mg[:, sampled.at(year)] / sampled.base_mg
