"""How far what a quarter needs may lie from what was computed: draws of what nobody measured.

The same draw holds for all blocks of a quarter: they come from one type book, and where that errs
it errs for all. So the range of the sum is as wide as it can be; errors of single blocks that
cancel each other would make it narrower.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np
from scipy.stats import norm, qmc

from vatra.plans.blocks.bulk import Changes
from vatra.plans.quarter.menu import Floats

SEED = 20261122
DRAWS = 128
# P10 and P90 of a normal lie so many standard deviations from its middle.
_TENTH = float(norm.ppf(0.9))
_KINDS = ("wall", "roof", "floor", "window")


@dataclass(frozen=True)
class Doubt:
    """P10 and P90 of one thing that nobody measured; a ``share`` multiplies, ``kelvin`` add."""

    quantity: str
    what: str
    low: float
    high: float
    source: str
    doubt: str

    def drawn(self, normal: Floats) -> Floats:
        """Values at standard normal draws: lognormal shares, normal kelvins."""
        if self.what == "share":
            low, high = np.log(self.low), np.log(self.high)
        else:
            low, high = self.low, self.high
        middle, spread = (low + high) / 2, (high - low) / (2 * _TENTH)
        values = middle + spread * normal
        return np.asarray(np.exp(values) if self.what == "share" else values)


@cache
def doubts() -> tuple[Doubt, ...]:
    """Everything that is drawn, rows of ``data/doubt.csv``."""
    file = resources.files("vatra.plans.quarter") / "data" / "doubt.csv"
    return tuple(
        Doubt(
            row["quantity"], row["what"], float(row["low"]), float(row["high"]), row["source"],
            row["doubt"],
        )
        for row in csv.DictReader(file.read_text("utf-8").splitlines())
    )  # fmt: skip


def drawn_states(count: int = DRAWS) -> tuple[Changes, Changes]:
    """States of a zone under ``count`` draws, as it stands and with comfort taken back after works.

    Points of a scrambled Sobol sequence with a stored seed: ``count`` a power of two.
    """
    listed = doubts()
    sobol = qmc.Sobol(len(listed), seed=SEED).random(count)
    normal = norm.ppf(np.clip(sobol, 1e-6, 1 - 1e-6))
    values = {each.quantity: each.drawn(normal[:, place]) for place, each in enumerate(listed)}
    return _changes(values, 0.0, count), _changes(values, values["comfort_k"], count)


def _changes(values: dict[str, Floats], more_k: Floats | float, count: int) -> Changes:
    return replace(
        Changes.kept(count),
        u_scale={kind: values[f"u_{kind}"] for kind in _KINDS},
        bridge_share={"": values["bridge"]},
        air_scale=values["air"],
        inside_k=values["inside_k"] + more_k,
        gains_scale=values["gains"],
    )


@dataclass(frozen=True)
class Range:
    """P10, middle and P90 of a figure."""

    low: float
    middle: float
    high: float


def range_of(values: Floats) -> Range:
    """Of draws."""
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
    return Range(float(low), float(middle), float(high))
