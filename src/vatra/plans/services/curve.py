"""How warm the water of heating is: the heating curve and what emitters need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.services.reading import Floats, value
from vatra.plans.services.systems import System
from vatra.plans.services.weather import INSIDE_C


@dataclass(frozen=True, eq=False)
class Water:
    """Supply and return of a circuit [degC], of any shape."""

    supply_c: Floats
    return_c: Floats

    @property
    def mean_c(self) -> Floats:
        """Mean of supply and return."""
        return np.asarray((self.supply_c + self.return_c) / 2)


def water(system: System, outdoor_c: Floats, design_c: float, load_share: Floats) -> Water:
    """Water that a circuit needs at some outdoor temperatures.

    Without stated temperatures the supply follows the published line of the emitter (radiator
    40 - T, floor 30 - 0.5 T; Ruhnau et al. 2019); with them, the emitter's own law through its
    design point: mean excess over the room goes with load to the power 1/exponent, supply less
    return with load (EN 442-1: exponent 1.3 of radiators). Where the load at the same outdoor
    temperature fell to ``load_share`` of what the emitters were sized for, the mean excess falls
    with its power 1/exponent and the spread with it.

    Parameters
    ----------
    outdoor_c : [12, k], or any shape that ``load_share`` spreads over
    load_share : [n, 1, 1], or any shape that spreads over ``outdoor_c``
    """
    exponent = value("emitters", "exponent", system.emitter)
    part = np.maximum(INSIDE_C - outdoor_c, 0.0) / (INSIDE_C - design_c)
    if system.supply_c is None:
        excess_k, spread_k = _by_line(system, outdoor_c, part, design_c)
        excess_k = excess_k * load_share ** (1 / exponent)
        spread_k = spread_k * load_share
    else:
        back = system.supply_c if system.return_c is None else system.return_c
        load = part * load_share
        excess_k = ((system.supply_c + back) / 2 - INSIDE_C) * load ** (1 / exponent)
        spread_k = (system.supply_c - back) * load
    return Water(INSIDE_C + excess_k + spread_k / 2, INSIDE_C + excess_k - spread_k / 2)


def _by_line(
    system: System, outdoor_c: Floats, part: Floats, design_c: float
) -> tuple[Floats, Floats]:
    """Mean excess over the room and spread [K] along the published line."""
    supply_k = value("emitters", "curve_k_per_k", system.emitter) * np.maximum(
        INSIDE_C - outdoor_c, 0.0
    )
    spread_k = np.minimum(value("emitters", "spread_k", system.emitter) * part, supply_k)
    return supply_k - spread_k / 2, spread_k
