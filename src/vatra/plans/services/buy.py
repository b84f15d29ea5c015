"""What is bought for a building in many states, over the twelve months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.services.account import Account
from vatra.plans.services.air import cool, ventilate
from vatra.plans.services.electricity import use_electricity
from vatra.plans.services.generation import Place
from vatra.plans.services.heating import heat
from vatra.plans.services.hot_water import warm_water
from vatra.plans.services.reading import Floats, ServicesError
from vatra.plans.services.served import Bought, Served, joined, scattered
from vatra.plans.services.systems import System, Systems
from vatra.plans.services.weather import weather

# States computed at once, so that classes of temperature of a whole city do not fill the memory.
_STATES = 1024


def bought(
    served: Served,
    systems: Systems,
    climate: Climate,
    *,
    peak_before_w: float | Floats | None = None,
) -> Bought:
    """Energy bought by service and carrier to meet what a building needs in ``n`` states.

    Parameters
    ----------
    systems : what serves the building in all of these states
    peak_before_w : greatest heat load that the emitters were sized for [W], one figure or [n];
        None: the state's own. After works the water may be cooler and heat pumps gain by it.

    Gas and wood at net calorific value.
    """
    place = Place(climate, weather(climate))
    before = served.peak_heating_w if peak_before_w is None else peak_before_w
    share = load_share(served.peak_heating_w, np.broadcast_to(before, (served.count,)))
    cuts = [slice(at, at + _STATES) for at in range(0, max(served.count, 1), _STATES)]
    return joined([_part(served.part(cut), systems, place, share[cut]) for cut in cuts])


def bought_by(
    served: Served,
    choices: Sequence[Systems],
    which: npt.NDArray[np.int64],
    climate: Climate,
    *,
    peak_before_w: float | Floats | None = None,
) -> Bought:
    """As ``bought``, where states have different systems: those of ``choices[which[i]]``, [n].

    Raises ``ServicesError`` where ``which`` names a choice that there is not.
    """
    if np.shape(which) != (served.count,) or not set(np.unique(which)) <= set(range(len(choices))):
        raise ServicesError("choices", count=served.count, most=len(choices) - 1)
    before = None if peak_before_w is None else np.broadcast_to(peak_before_w, (served.count,))
    parts = []
    for choice in np.unique(which):
        rows = np.flatnonzero(which == choice)
        peaks = None if before is None else before[rows]
        part = bought(served.part(rows), choices[choice], climate, peak_before_w=peaks)
        parts.append((rows, part))
    return scattered(parts, served.count)


def bought_by_system(
    served: Served, systems: Systems, climate: Climate, *, peak_before_w: float | None = None
) -> tuple[tuple[System, Bought], ...]:
    """What each system alone buys of ``bought``, flats and common parts left out."""
    place = Place(climate, weather(climate))
    before = served.peak_heating_w if peak_before_w is None else np.full(1, peak_before_w)
    share = load_share(served.peak_heating_w, np.broadcast_to(before, (served.count,)))
    found = []
    for system in systems:
        account = Account()
        heat(served, (system,), place, share, account)
        warm_water(served, systems, place, account, system)
        cool(served, (system,), account)
        ventilate(replace(served, has_recovery=np.zeros(served.count, bool)), (system,), account)
        found.append((system, account.closed()))
    return tuple(found)


def load_share(after_w: Floats, before_w: Floats) -> Floats:
    """Greatest load after works against before, [n]; 1 where there was none."""
    return np.divide(after_w, before_w, out=np.ones(len(after_w)), where=before_w > 0)


def _part(served: Served, systems: Systems, place: Place, share: Floats) -> Bought:
    account = Account()
    heat(served, systems, place, share, account)
    warm_water(served, systems, place, account)
    cool(served, systems, account)
    ventilate(served, systems, account)
    use_electricity(served, place.climate, account)
    return account.closed()
