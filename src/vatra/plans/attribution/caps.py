"""What is taken off cells up to what is there: the one rule of a pathway that is no product."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.attribution.products import Bools, Floats, Products


@dataclass(frozen=True)
class Cap:
    """Amounts taken off some cells together, never more than a share of what is there.

    Attributes
    ----------
    wanted : what would be taken if nothing limited it [Wh or mg]
    there : what the cells hold, as sums [Wh or mg]
    most_share : share of it that can be taken
    before : what was taken off some of the same cells before
    factor : CO2e of a unit taken [mg/Wh], ``None`` where mass is taken
    """

    wanted: Products
    there: tuple[Products, ...]
    most_share: float
    before: tuple[Cap, ...]
    factor: Products | None

    @property
    def players(self) -> tuple[int, ...]:
        """All actions that it depends on, rising."""
        sums = (self.wanted, *self.there, *((self.factor,) if self.factor else ()))
        found = {player for each in sums for player in each.players}
        return tuple(sorted(found.union(*(each.players for each in self.before))))

    def taken(self, acting: Bools) -> Floats:
        """What is taken for sets of actions [M, A]: [M, T]."""
        there = np.sum([each.value(acting) for each in self.there], axis=0)
        for each in self.before:
            there = there - (each.emission(acting) if self.factor is None else each.taken(acting))
        most = np.maximum(self.most_share * there, 0.0)
        return np.asarray(np.minimum(self.wanted.value(acting), most))

    def emission(self, acting: Bools) -> Floats:
        """CO2e of what is taken [mg]: [M, T]."""
        taken = self.taken(acting)
        return taken if self.factor is None else taken * self.factor.value(acting)

    def excess(self, acting: Bools) -> Floats:
        """CO2e that is left because not all that is wanted can be taken [mg]: [M, T]."""
        over = self.wanted.value(acting) - self.taken(acting)
        return over if self.factor is None else over * self.factor.value(acting)
