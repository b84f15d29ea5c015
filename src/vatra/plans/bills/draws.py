"""Draws of a block's parameters: the same on every machine, whatever the count of threads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from vatra.plans.bills.priors import PARAMETERS, Prior
from vatra.plans.bills.reading import Floats, Ints
from vatra.plans.blocks.bulk import Changes
from vatra.plans.risk.drawing import steady
from vatra.plans.risk.points import design, points

DRAWS = 10_000
# What people make of a building, which its certificate does not ask.
USE = ("inside", "gains", "hot_water", "household")
SEED = 20261122


@lru_cache(maxsize=8)
def scores(count: int = DRAWS, seed: int = SEED, dimensions: int = len(PARAMETERS)) -> Floats:
    """Standard normal scores (dimensions, draws) of a scrambled Sobol sequence; at least
    ``count`` draws, see ``plans.risk.points.design``."""
    from scipy.special import ndtri

    found = steady(ndtri(points(design(count, seed), dimensions)))
    found.setflags(write=False)
    return found


@dataclass(frozen=True, eq=False)
class Draws:
    """Values of every parameter under ``n`` draws: ``scores`` and ``values`` (parameters, n)."""

    priors: tuple[Prior, ...]
    scores: Floats
    values: Floats

    @property
    def count(self) -> int:
        """How many draws there are."""
        return int(self.scores.shape[1])

    def of(self, parameter: str) -> Floats:
        """Values of one parameter [n]."""
        return np.asarray(self.values[PARAMETERS.index(parameter)])

    def take(self, places: Ints) -> Draws:
        """Some of the draws, also several times."""
        return Draws(self.priors, self.scores[:, places], self.values[:, places])

    def standard_use(self) -> Draws:
        """The same buildings as a certificate takes their use: rooms, people, hot water and
        appliances as usual."""
        at = np.array(self.scores)
        at[[PARAMETERS.index(each) for each in USE]] = 0.0
        return draws_at(self.priors, at)

    def changes(self) -> Changes:
        """The states of the block under the draws, one each."""
        return replace(
            Changes.kept(self.count),
            u_scale={
                "wall": self.of("u_wall"),
                "roof": self.of("u_roof"),
                "floor": self.of("u_floor"),
                "window": self.of("u_window"),
            },
            bridge_share={"": self.of("bridge")},
            air_scale=self.of("air"),
            inside_k=self.of("inside"),
            gains_scale=self.of("gains"),
        )


def draws_at(found: tuple[Prior, ...], at: Floats) -> Draws:
    """Draws at standard normal scores (parameters, n)."""
    values = steady(np.stack([each.values(row) for each, row in zip(found, at, strict=True)]))
    return Draws(found, np.asarray(at), values)
