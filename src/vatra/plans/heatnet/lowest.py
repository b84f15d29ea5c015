"""How cool the network's water may be in each hour with everybody still warm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.heatnet.network import HeatNet
from vatra.plans.heatnet.run import run_year
from vatra.plans.heatnet.year import Drive, Year

# The coolest supply is found to this [K]; it is sought above the ground and below what the source
# gives at design and some more.
CLOSE_K = 0.05
ROUNDS = 8
_ABOVE_GROUND_K, _ABOVE_DESIGN_K = 5.0, 20.0
# Of a kelvin at the source this much arrives where it is needed, at least and at most.
_ARRIVES_LOW, _ARRIVES_HIGH = 0.05, 1.5


def lowest_supply(
    net: HeatNet, drive: Drive, *, compiled: bool | None = None
) -> tuple[Floats, Year]:
    """The coolest supply at the source [degC], shape (hours,), and the year run with it.

    Every substation gets its whole heat through the most flow it lets in; the one for which that
    is hardest decides. The supply is lowered by what is too warm there and raised by what is
    missing, until it is neither. nan where nobody needs heat.
    """
    supply, year = drive.plant_c, run_year(net, drive, compiled=compiled)
    wanted = np.isfinite(year.margin_k)
    arrives = np.ones(len(supply))
    low = drive.ground_c + _ABOVE_GROUND_K
    high = np.maximum(drive.plant_c, net.source.supply_c) + _ABOVE_DESIGN_K
    for _ in range(ROUNDS):
        margin, before = np.where(wanted, year.margin_k, 0.0), supply
        step = margin / arrives
        supply = np.clip(supply - step, low, high)
        year = run_year(net, replace(drive, plant_c=supply), compiled=compiled)
        off = np.where(wanted & (supply > low) & (supply < high), year.margin_k, 0.0)
        if np.abs(off).max(initial=0.0) < CLOSE_K:
            break
        gained = np.where(wanted, year.margin_k, 0.0) - margin
        arrives = _arriving(supply - before, gained, arrives)
    # What the last hundredths may lack.
    missing = np.where(wanted, np.minimum(year.margin_k, 0.0), 0.0) / arrives
    supply = np.clip(supply - missing, low, high)
    year = run_year(net, replace(drive, plant_c=supply), compiled=compiled)
    return np.where(wanted, supply, np.nan), year


def _arriving(raised: Floats, gained: Floats, before: Floats) -> Floats:
    """How much of a kelvin at the source arrives, hour by hour."""
    moved = np.abs(raised) > 1e-6
    share = np.where(moved, gained, 1.0) / np.where(moved, raised, 1.0)
    return np.where(moved, np.clip(share, _ARRIVES_LOW, _ARRIVES_HIGH), before)
