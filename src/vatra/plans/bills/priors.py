"""What nobody measured of a block: how far each figure may lie from its type's, before any bill.

A parameter is a multiple of the type's figure (or kelvins beside it) that depends on a standard
normal score: the score 0 is the type's figure itself, -1.28 and 1.28 its P10 and P90. Either side
has a spread of its own, so that the middle of the draws is the figure that everything else uses.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import hypot, log

import numpy as np

from vatra.plans.bills.reading import TENTH, Floats, rows
from vatra.plans.services import Systems, figure
from vatra.plans.stock import Archetype

PARAMETERS = (
    "u_wall",
    "u_roof",
    "u_floor",
    "u_window",
    "bridge",
    "air",
    "inside",
    "gains",
    "hot_water",
    "losses",
    "household",
)
SHARE, KELVIN = "share", "kelvin"
# Kinds of element that a parameter scales, by which measured ones are known better.
_KIND = {"u_wall": "wall", "u_roof": "roof", "u_floor": "floor", "u_window": "window"}
_GENERATION = ("generation_share", "conventional_share")


@dataclass(frozen=True)
class Prior:
    """One parameter; ``low_spread`` and ``high_spread`` standard deviations below and above the
    middle, of the logarithm of a share or in kelvin; ``shared_share`` of its variance is common to
    the blocks of a type."""

    parameter: str
    what: str
    low_spread: float
    high_spread: float
    shared_share: float
    source: str
    doubt: str

    def values(self, scores: Floats) -> Floats:
        """Values at standard normal scores, shape of ``scores``."""
        moved = np.where(scores < 0, self.low_spread, self.high_spread) * scores
        return np.asarray(np.exp(moved) if self.what == SHARE else moved)

    def value(self, score: float) -> float:
        """The value at one score."""
        return float(self.values(np.array([score]))[0])


def priors(
    kind: Archetype, systems: Systems, use: str, measured: Collection[str] = ()
) -> tuple[Prior, ...]:
    """Every parameter of a block, in the order of ``PARAMETERS``.

    Parameters
    ----------
    kind, systems : its type, and what serves it
    use : ``block`` or ``house``
    measured : kinds of element (``wall``, ...) whose U somebody stated
    """
    known = {row["parameter"]: row for row in rows("measured")}
    found = []
    for row in rows("priors"):
        name = row["parameter"]
        source, doubt = row["source"], row["doubt"]
        if _KIND.get(name) in measured:
            spreads = _spreads(SHARE, known[name]["low"], known[name]["high"])
            source, doubt = known[name]["source"], known[name]["doubt"]
        else:
            own = _spreads(row["what"], row["low"], row["high"])
            of_range = _range(row["range_of"], kind, systems, use)
            spreads = hypot(own[0], of_range[0]), hypot(own[1], of_range[1])
        found.append(Prior(name, row["what"], *spreads, float(row["shared_share"]), source, doubt))
    if tuple(each.parameter for each in found) != PARAMETERS:
        raise ValueError("priors.csv: parameters are not those of the code, in their order")
    return tuple(found)


def _spreads(what: str, low: str, high: str) -> tuple[float, float]:
    """Standard deviations from P10 and P90 of a multiple of 1, or of kelvins beside 0."""
    if not low:
        return 0.0, 0.0
    if what == KELVIN:
        return -float(low) / TENTH, float(high) / TENTH
    return -log(float(low)) / TENTH, log(float(high)) / TENTH


def _range(asked: str, kind: Archetype, systems: Systems, use: str) -> tuple[float, float]:
    """Standard deviations from the range of a figure of the data, none where it has none."""
    of, _, rest = asked.partition(" ")
    if of == "type" and rest == "bridges":
        return _bridges(kind)
    if of == "type":
        value = kind.values[rest]
        return _log_range(value.value, value.low, value.high)
    if of == "services":
        file, quantity = rest.split()
        found = figure(file, quantity, use)
        return _log_range(found.value, found.low, found.high)
    return _generation(systems) if of == "system" else (0.0, 0.0)


def _log_range(value: float, low: float | None, high: float | None) -> tuple[float, float]:
    if low is None or high is None or low <= 0 or value <= 0:
        return 0.0, 0.0
    return max(log(value / low), 0.0) / TENTH, max(log(high / value), 0.0) / TENTH


def _bridges(kind: Archetype) -> tuple[float, float]:
    """Of the sum of all bridges, which err together, weighed by psi times length."""
    sums = [0.0, 0.0, 0.0]
    for each in kind.bridges:
        for place, psi in enumerate((each.psi_w_mk, each.psi_low_w_mk, each.psi_high_w_mk)):
            sums[place] += psi * each.length_m
    return _log_range(sums[0], sums[1], sums[2])


def _generation(systems: Systems) -> tuple[float, float]:
    """Of heat bought over heat given, by the system that heats most; more where it gives less."""
    heating = [each for each in systems if each.service == "heating"]
    if not heating:
        return 0.0, 0.0
    most = max(heating, key=lambda each: each.share)
    for quantity in _GENERATION:
        try:
            found = figure("generators", quantity, most.system)
        except KeyError:
            continue
        below, above = _log_range(found.value, found.low, found.high)
        return above, below
    return 0.0, 0.0
