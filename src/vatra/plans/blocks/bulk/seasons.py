"""The seasonal method of zones in many states."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.renovated import renovated
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.seasonal import month_shares, season_of, seasonal
from vatra.plans.blocks.zone.zone import Zone


def need_wh(zones: Sequence[Zone], changes: Changes, around: Surroundings) -> Floats:
    """Heating need by month [Wh], shape (n, states, 12)."""
    states = [renovated(zone, changes, i) for zone in zones for i in range(changes.count)]
    season = season_of(tuple(states), around)
    yearly_wh = 1e3 * seasonal(season).heating_kwh_m2 * [each.floor_m2 for each in states]
    shares = np.array([month_shares(around.climate, float(each)) for each in season.inside_c])
    return (yearly_wh[:, None] * shares).reshape(len(zones), changes.count, 12)
