"""How often and how far a zone is too warm, by what people feel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.engines.hours import Hours

# Upper limits of the operative temperature in homes: categories II and III of EN 16798-1, Annex B.
WARM_C, HOT_C = 26.0, 27.0


@dataclass(frozen=True)
class Comfort:
    """Hours of the year above 26 and 27 degC, and by how many kelvin in sum [K h]."""

    above_26_h: int
    above_27_h: int
    above_26_kh: float
    above_27_kh: float


def comfort(hours: Hours) -> Comfort:
    """Comfort of a zone's year by its operative temperature; by its air where that was not kept."""
    felt_c = hours.air_c if hours.operative_c is None else hours.operative_c
    warm, hot = (np.maximum(felt_c - limit, 0.0) for limit in (WARM_C, HOT_C))
    return Comfort(int((warm > 0).sum()), int((hot > 0).sum()), float(warm.sum()), float(hot.sum()))
