"""Bills that no draw of the model explains: what to check, instead of a fit in silence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.bills.observed import Observation
from vatra.plans.bills.reading import Floats
from vatra.tables import Finding

# P0.1 and P99.9 of what the meter could read before it is known.
OUTSIDE = 0.001
# Ratios of bill to model, and what usually lies behind them; the first that holds is told first.
HINTS: tuple[tuple[str, float, float], ...] = (
    ("unit", 25.0, np.inf),
    ("unit", 0.0, 0.04),
    ("joule", 3.3, 3.9),
    ("joule", 0.257, 0.303),
    ("two-blocks", 1.5, 3.3),
    ("left", 0.04, 0.8),
    ("more", 1.0, np.inf),
    ("less", 0.0, 1.0),
)


@dataclass(frozen=True)
class Conflict:
    """One meter outside of what the model can say before any bill; ``probability`` that it reads
    less, ``ratio`` to the model's middle, ``hints`` what to check first."""

    observation: Observation
    probability: float
    ratio: float
    hints: tuple[str, ...]

    def finding(self, file: str) -> Finding:
        """A warning that names rows and what to check."""
        asked = self.observation
        params = {
            "building": asked.building,
            "years": [str(each) for each in asked.years],
            "ratio": round(self.ratio, 2 if self.ratio < 10 else 0),
            "check": f"@plans.bills.check-{self.hints[0]}",
        }
        lines = asked.lines[:100]
        return Finding("plans.bills.outside", "warning", file, lines, "amount", params,
                       len(asked.lines))  # fmt: skip


def conflict(asked: Observation, predicted_wh: Floats) -> Conflict | None:
    """Whether a meter reads what no draw of the prior explains, its own error included.

    ``predicted_wh`` [n] draws of the prior.
    """
    from scipy.special import ndtr

    apart = (np.log(asked.wh) - np.log(predicted_wh)) / asked.spread
    probability = float(ndtr(apart).mean())
    if OUTSIDE <= probability <= 1 - OUTSIDE:
        return None
    ratio = asked.wh / float(np.median(predicted_wh))
    hints = tuple(dict.fromkeys(name for name, low, high in HINTS if low <= ratio < high))
    return Conflict(asked, probability, ratio, hints)
