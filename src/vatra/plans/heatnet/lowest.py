"""How cool the network's water may be in each hour with everybody still warm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.heatnet.network import HeatNet
from vatra.plans.heatnet.run import run_year
from vatra.plans.heatnet.year import Drive, Year

# The coolest supply is found to this [K]; the water is never cooler than this above the ground.
CLOSE_K = 0.05
ROUNDS = 15
_LEAST_ABOVE_K = 5.0


def lowest_supply(
    net: HeatNet, drive: Drive, *, compiled: bool | None = None
) -> tuple[Floats, Year]:
    """The coolest supply at the source [degC], shape (hours,), and the year run with it.

    Every substation gets its whole heat through the most flow it lets in; the one for which that
    is hardest decides. The supply is lowered by what is too warm there and raised by what is
    missing, until it is neither. nan where nobody needs heat.
    """
    supply = drive.plant_c.copy()
    floor = drive.ground_c + _LEAST_ABOVE_K
    year = run_year(net, drive, compiled=compiled)
    for _ in range(ROUNDS):
        wanted = np.isfinite(year.margin_k)
        supply = np.where(wanted, np.maximum(supply - year.margin_k, floor), supply)
        year = run_year(net, replace(drive, plant_c=supply), compiled=compiled)
        off = np.abs(year.margin_k[wanted & (supply > floor)])
        if off.max(initial=0.0) < CLOSE_K:
            break
    # What the last hundredths may lack.
    final = np.where(np.isfinite(year.margin_k), supply - np.minimum(year.margin_k, 0.0), supply)
    year = run_year(net, replace(drive, plant_c=final), compiled=compiled)
    return np.where(np.isfinite(year.margin_k), final, np.nan), year
