"""From a logarithmic mean difference to what is left of it at the far end."""

from __future__ import annotations

import numpy as np

from vatra.plans.blocks.climate.climate import Floats

HALLEY_ROUNDS = 2
BEYOND_ONE = 0.14
NEAR_ONE = 1e-5


def decay_of(ratio: Floats, rounds: int = HALLEY_ROUNDS) -> Floats:
    """Solve ``(1 - exp(-u)) / u = ratio`` for u; ratio > 0.

    ``exp(-u)`` is what is left at the far end of a difference whose logarithmic mean is ``ratio``
    of it at the near end. Halley's method; the first guess ``1/ratio - ratio`` has the value and
    the slope of the solution at 1 and its limit at 0, beyond 1 another is within 2 %.
    """
    off_one = 1 - ratio
    near = np.abs(off_one) < NEAR_ONE
    larger = np.log(np.maximum(ratio, 1.0))
    u = np.where(ratio > 1, -2 * larger / (1 + BEYOND_ONE * larger), 1 / ratio - ratio)
    u = np.where(near, 1.0, u)
    for _ in range(rounds):
        less = np.expm1(-u)
        at = -less / u
        slope = (1 + less - at) / u
        bend = -(1 + less + 2 * slope) / u
        off = at - ratio
        u = u - 2 * off * slope / (2 * slope * slope - off * bend)
    # About 1 the terms cancel; two terms of the series are exact there.
    return np.where(near, 2 * off_one + 4 / 3 * off_one**2, u)
