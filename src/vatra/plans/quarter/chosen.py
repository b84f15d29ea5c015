"""What was chosen for a quarter, how good it is, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from vatra.plans.quarter.aim import FIGURES, MONEY, Aim
from vatra.plans.quarter.demands import Problem
from vatra.plans.quarter.menu import Ints, Menu

# Not under 1 % of the goal: what is to be proved of a saving of nothing would have no end.
_LEAST_WHOLE = 1e-2


@dataclass(frozen=True, eq=False)
class Chosen:
    """One package per block (``package`` [n], places in ``menu.packages``).

    ``value`` of the goal (cents, or what is left of a figure after the works) and ``bound``: no
    choice that meets the demands has less. ``proved``: the distance is within what was asked for.
    """

    menu: Menu
    aim: Aim
    package: Ints
    value: float
    bound: float
    proved: bool
    method: str
    considered_count: int = field(default=0, repr=False)

    @property
    def gap_share(self) -> float:
        """Distance from the bound, of the money or of what is saved."""
        return max(self.value - self.bound, 0.0) / whole_of(self.menu, self.aim, self.value)

    @cached_property
    def touched(self) -> Ints:
        """Places of the blocks on which works are done."""
        return (self.package != self.menu.kept).nonzero()[0]

    @property
    def cost_cents(self) -> int:
        """Of all works, without value added tax."""
        return int(self.menu.of("cost_cents", self.package).sum())

    @property
    def cost_range_cents(self) -> tuple[int, int] | None:
        """P10 and P90: prices of all blocks rise and fall together (one market)."""
        if self.menu.cost_low_cents is None or self.menu.cost_high_cents is None:
            return None
        low, high = (
            int(self.menu.of(name, self.package).sum())
            for name in ("cost_low_cents", "cost_high_cents")
        )
        return low, high

    @property
    def payers_cents(self) -> Mapping[str, int]:
        """What each payer bears, owners last; together exactly the cost."""
        found = {
            payer: int(self.menu.of(f"grant.{payer}", self.package).sum())
            for payer in sorted(self.menu.grant_cents)
        }
        return found | {"owners": int(self.menu.of("owners_cents", self.package).sum())}

    def before(self, name: str) -> float:
        """A column as the quarter stands, all blocks together."""
        return float(self.menu.before(name).sum())

    def after(self, name: str) -> float:
        """A column under what was chosen."""
        return float(self.menu.of(name, self.package).sum())


def whole_of(menu: Menu, aim: Aim, value: float) -> float:
    """What a gap is a share of: the money itself, or what the choice saves."""
    if aim.objective in MONEY:
        return max(abs(value), 100.0)
    before = float(menu.before(FIGURES[aim.objective]).sum())
    return max(before - value, _LEAST_WHOLE * before, 1e-9)


def tidied(menu: Menu, problem: Problem, package: Ints) -> Ints:
    """The same goal for less money, where a block has a cheaper package of the same worth."""
    pick = package.copy()
    is_open = problem.open
    for block in range(menu.count):
        same = is_open[block] & np.isclose(
            problem.goal[block], problem.goal[block, pick[block]], rtol=1e-12, atol=0.0
        )
        same &= menu.cost_cents[block] < menu.cost_cents[block, pick[block]]
        for place in sorted(same.nonzero()[0], key=lambda each: menu.cost_cents[block, each]):
            tried = pick.copy()
            tried[block] = place
            if problem.holds(tried):
                pick = tried
                break
    return pick
