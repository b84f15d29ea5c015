"""Values of doubted numbers at given points, quickly and the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from vatra.plans.distributions import Beta, Distribution, Floats, LogNormal, Normal, Pert
from vatra.plans.risk.correlation import Correlated, correlate
from vatra.plans.risk.points import Design, points
from vatra.plans.risk.quantities import Quantity

# The inverse of the incomplete beta is a hundred times as slow as anything else here. As a
# function of the normal score it is smooth, so a table and a cubic through it do: nine digits.
_REACH, _STEPS = 6.5, 832
# Draws keep 31 bits: the last bits of an exponential differ between processors.
_DROPPED_BITS = 22


@dataclass(frozen=True)
class Drawn:
    """Draws of K quantities: ``probability`` and ``values`` [K, D]; ``how`` they were made."""

    quantities: tuple[Quantity, ...]
    probability: Floats
    values: Floats
    how: Design


def draw(found: Sequence[Quantity], how: Design, correlations: Sequence[Correlated] = ()) -> Drawn:
    """Draw all quantities together.

    Raises ``RiskError`` for correlations that cannot hold.
    """
    from scipy.special import ndtr, ndtri

    raw = points(how, len(found))
    scores = correlate(ndtri(raw), found, correlations)
    tied = {key for group in correlations for key in group.keys}
    probability = raw
    for row, each in enumerate(found):
        if each.key in tied:
            probability[row] = ndtr(scores[row])
    values = np.empty_like(raw)
    for row, each in enumerate(found):
        values[row] = steady(quantile(each.distribution, probability[row], scores[row]))
    return Drawn(tuple(found), probability, values, how)


def quantile(distribution: Distribution, probability: Floats, score: Floats) -> Floats:
    """Values at a probability whose normal score is known too."""
    if isinstance(distribution, Normal):
        return distribution.centre + distribution.deviation * score
    if isinstance(distribution, LogNormal):
        return np.exp(distribution.location + distribution.scale * score)
    if isinstance(distribution, Pert | Beta) and _is_smooth(distribution):
        return _from_table(distribution, score)
    return distribution.quantile(probability)


def _is_smooth(distribution: Pert | Beta) -> bool:
    """Very flat or very steep shapes are left to the exact inverse."""
    shapes = distribution.shapes if isinstance(distribution, Pert) else (
        distribution.a, distribution.b)  # fmt: skip
    return min(shapes) >= 1.0 and max(shapes) <= 50.0


@lru_cache(maxsize=512)
def _table(distribution: Pert | Beta) -> Floats:
    """Values at evenly spaced normal scores, two more at either end."""
    from scipy.special import ndtr

    step = 2 * _REACH / _STEPS
    return distribution.quantile(ndtr(np.arange(-2, _STEPS + 3) * step - _REACH))


def _from_table(distribution: Pert | Beta, score: Floats) -> Floats:
    """A cubic through the four nearest entries (Lagrange)."""
    table = _table(distribution)
    place = (np.clip(score, -_REACH, _REACH) + _REACH) * (_STEPS / (2 * _REACH)) + 2.0
    index = place.astype(np.int64)
    t = place - index
    before, here, after, beyond = (table[index + shift] for shift in (-1, 0, 1, 2))
    s, r = 1.0 - t, t + 1.0
    q = 2.0 - t
    found = s * q * (3.0 * r * here - t * before) + t * r * (3.0 * q * after - s * beyond)
    return np.clip(found / 6.0, distribution.low, distribution.high)


def steady(values: Floats) -> Floats:
    """Values rounded to 31 bits, about nine digits."""
    half, mask = np.int64(1 << (_DROPPED_BITS - 1)), np.int64(-(1 << _DROPPED_BITS))
    bits = np.ascontiguousarray(values, dtype=np.float64).view(np.int64)
    return ((bits + half) & mask).view(np.float64)
