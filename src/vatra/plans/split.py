"""Who does the work: the planned cut split into grid factor, background and measures.

Three drivers lead from the base year to the target year:

- *grid*: the factor of electricity and district heat changes;
- *background*: energy and fuels change for reasons no measure is named for;
- *measures*: what the plan's measures remove, a share of each sector's emissions.

``in_order`` lets them act one after the other as given; ``symmetric`` is the Shapley value, the
mean over all orders, which depends on none. Both add up to the cut exactly, in milligrams.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Literal

from vatra.tables.vocabulary import GRID_CARRIERS, SECTORS
from vatra.units import MG_PER_WH_AT_ONE_T_PER_MWH

Driver = Literal["grid", "background", "measures"]
DRIVERS: tuple[Driver, ...] = ("grid", "background", "measures")


@dataclass(frozen=True)
class Cell:
    """Energy of one carrier in one sector and scope, in the base and the target year.

    ``base_wh``, ``target_wh`` [Wh]; ``base_t_per_mwh``, ``target_t_per_mwh`` CO2e factors of the
    two years, all counted gases together.
    """

    sector: str
    carrier: str
    scope: str
    base_wh: int
    target_wh: int
    base_t_per_mwh: float
    target_t_per_mwh: float

    def emission_mg(self, grid: bool, background: bool) -> int:
        """CO2e [mg] with the target's grid factor and the target's energy, or the base's."""
        if self.carrier in GRID_CARRIERS:
            factor = self.target_t_per_mwh if grid else self.base_t_per_mwh
        else:
            factor = self.target_t_per_mwh if background else self.base_t_per_mwh
        energy_wh = self.target_wh if background else self.base_wh
        return round(energy_wh * factor * MG_PER_WH_AT_ONE_T_PER_MWH)


@dataclass(frozen=True)
class Split:
    """Cut by driver [mg] and sector; ``order`` the drivers as they act, empty when symmetric."""

    by_sector: Mapping[str, Mapping[Driver, int]]
    order: tuple[Driver, ...] = ()

    def total(self, driver: Driver) -> int:
        """Cut of one driver over all sectors [mg]."""
        return sum(cut[driver] for cut in self.by_sector.values())


@dataclass(frozen=True)
class Game:
    """Emissions of one sector for every set of drivers that act.

    ``rounding_base_mg`` and ``rounding_before_mg`` are what stands beside the cells in the base
    year and in the target year before measures: emissions that no energy causes, and differences
    to print; ``left_share`` what measures leave.
    """

    cells: tuple[Cell, ...]
    left_share: Fraction = Fraction(1)
    rounding_base_mg: int = 0
    rounding_before_mg: int = 0

    def emission_mg(self, acting: frozenset[Driver]) -> Fraction:
        """CO2e [mg] when the drivers in ``acting`` have acted."""
        background = "background" in acting
        energy = sum(cell.emission_mg("grid" in acting, background) for cell in self.cells)
        energy += self.rounding_before_mg if background else self.rounding_base_mg
        left = self.left_share if "measures" in acting else Fraction(1)
        return energy * left


def in_order(games: Mapping[str, Game], order: Iterable[Driver] = DRIVERS) -> Split:
    """The cut of each driver when they act one after the other."""
    sequence = tuple(order)
    return Split(
        {sector: _whole(steps(game, sequence)) for sector, game in games.items()}, sequence
    )


def symmetric(games: Mapping[str, Game]) -> Split:
    """The Shapley value: the mean of each driver's step over all six orders (Shapley 1953)."""
    by_sector = {}
    for sector, game in games.items():
        sums: dict[Driver, Fraction] = dict.fromkeys(DRIVERS, Fraction(0))
        orders = list(permutations(DRIVERS))
        for order in orders:
            for driver, step in steps(game, order).items():
                sums[driver] += step
        by_sector[sector] = _whole({driver: sums[driver] / len(orders) for driver in DRIVERS})
    return Split(by_sector)


def steps(game: Game, order: Iterable[Driver]) -> dict[Driver, Fraction]:
    """What each driver cuts [mg] when they act one after the other."""
    acting: frozenset[Driver] = frozenset()
    before = game.emission_mg(acting)
    cuts: dict[Driver, Fraction] = {}
    for driver in order:
        acting = acting | {driver}
        after = game.emission_mg(acting)
        cuts[driver] = before - after
        before = after
    return cuts


def _whole(cuts: Mapping[Driver, Fraction]) -> dict[Driver, int]:
    """Whole milligrams with the same sum: the last milligrams go to the largest remainders."""
    total = round(sum(cuts.values(), Fraction(0)))
    floors = {driver: step.numerator // step.denominator for driver, step in cuts.items()}
    left = total - sum(floors.values())
    by_remainder = sorted(
        cuts, key=lambda driver: (floors[driver] - cuts[driver], DRIVERS.index(driver))
    )
    return {
        driver: floors[driver] + (1 if driver in by_remainder[:left] else 0) for driver in DRIVERS
    }


def games(
    cells: Iterable[Cell],
    left_share: Mapping[str, Fraction],
    rounding_base_mg: Mapping[str, int] | None = None,
    rounding_before_mg: Mapping[str, int] | None = None,
) -> dict[str, Game]:
    """One game per sector, in the order contracts print sectors."""
    all_cells = list(cells)
    rounding_base_mg = rounding_base_mg or {}
    rounding_before_mg = rounding_before_mg or {}
    return {
        sector: Game(
            tuple(cell for cell in all_cells if cell.sector == sector),
            left_share.get(sector, Fraction(1)),
            rounding_base_mg.get(sector, 0),
            rounding_before_mg.get(sector, 0),
        )
        for sector in SECTORS
        if any(cell.sector == sector for cell in all_cells)
        or rounding_base_mg.get(sector)
        or rounding_before_mg.get(sector)
    }
