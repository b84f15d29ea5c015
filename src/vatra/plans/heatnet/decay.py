"""From a logarithmic mean difference to what is left of it at the far end."""

from __future__ import annotations

import numpy as np

from vatra.plans.blocks.climate.climate import Floats

HALLEY_ROUNDS = 2
BEYOND_ONE = 0.14
_NEAR_ONE = 1e-9


def decay_of(ratio: Floats, rounds: int = HALLEY_ROUNDS) -> Floats:
    """Solve ``(1 - exp(-u)) / u = ratio`` for u; ratio > 0.

    ``exp(-u)`` is what is left at the far end of a difference whose logarithmic mean is ``ratio``
    of it at the near end. Halley's method; the first guess ``1/ratio - ratio`` has the value and
    the slope of the solution at 1 and its limit at 0, beyond 1 another is within 2 %.
    """
    larger = np.log(np.maximum(ratio, 1.0))
    u = np.where(ratio > 1, -2 * larger / (1 + BEYOND_ONE * larger), 1 / ratio - ratio)
    u = np.where(np.abs(u) < _NEAR_ONE, _NEAR_ONE, u)
    for _ in range(rounds):
        left = np.exp(-u)
        at = (1 - left) / u
        slope = (left - at) / u
        bend = -(left + 2 * slope) / u
        off = at - ratio
        u = u - 2 * off * slope / (2 * slope * slope - off * bend)
    return np.asarray(u)
