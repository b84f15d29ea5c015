"""What a block buys under draws, and what its meters would read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vatra.plans.bills.draws import Draws
from vatra.plans.bills.observed import ABOVE_SUMMER, SUMMER, Observation
from vatra.plans.bills.reading import Floats
from vatra.plans.blocks import Climate, Engine, Zone
from vatra.plans.blocks.bulk import Changes, simulate_states
from vatra.plans.services import Bought, Served, Systems, bought
from vatra.plans.stock import Building
from vatra.plans.stock.meters import MONTHS_OF_YEAR
from vatra.plans.stock.meters import SUMMER as SUMMER_MONTHS

# What people who live there decide by themselves.
_HOUSEHOLD = ("appliances", "cooking", "lighting", "common")
_SUMMER = [month - 1 for month in SUMMER_MONTHS]
_USES = ("block", "house")


@dataclass(frozen=True, eq=False)
class Subject:
    """A block, what serves it and its climate."""

    building: Building
    zone: Zone
    systems: Systems
    climate: Climate
    engine: Engine = "rc5"

    @property
    def use(self) -> str:
        """``block`` or ``house``; what is neither is counted as a block."""
        return self.building.use if self.building.use in _USES else "block"


@dataclass(frozen=True, eq=False)
class Answer:
    """What a block needs and buys under ``n`` draws.

    ``heating_wh`` need of the rooms [n, 12]; ``peak_heating_w`` [n]; ``wh`` bought by (service,
    carrier) [n, 12], net calorific value.
    """

    heating_wh: Floats
    peak_heating_w: Floats
    wh: Mapping[tuple[str, str], Floats]

    def carriers(self, services: tuple[str, ...] | None = None) -> dict[str, Floats]:
        """Bought by carrier for some services, or for all [n, 12]."""
        found: dict[str, Floats] = {}
        for (service, carrier), held in self.wh.items():
            if services is None or service in services:
                found[carrier] = found[carrier] + held if carrier in found else held
        return found


def answer(
    subject: Subject,
    draws: Draws,
    *,
    changes: Changes | None = None,
    systems: Systems | None = None,
    recovers: bool = False,
    peak_before_w: Floats | None = None,
) -> Answer:
    """Simulate a block under draws and buy what it needs.

    ``changes`` the states if they are not those of the draws themselves, as after works;
    ``systems`` if others serve it then, ``recovers`` whether fans run, ``peak_before_w`` [n] what
    emitters were sized for.
    """
    states = draws.changes() if changes is None else changes
    needs = simulate_states([subject.zone], subject.climate, states, subject.engine)
    if needs.peak_heating_w is None:
        raise ValueError(f"the {subject.engine} engine knows no peak loads")
    n, building = draws.count, subject.building
    served = Served(
        needs.heating_wh[0].astype(np.float64),
        None,
        needs.peak_heating_w[0].astype(np.float64),
        np.full(n, building.heated_m2),
        np.full(n, float(building.flats_count)),
        np.full(n, recovers),
        subject.use,
        np.full(n, float(building.shape.storeys_count)),
    )
    made = bought(
        served,
        subject.systems if systems is None else systems,
        subject.climate,
        peak_before_w=peak_before_w,
    )
    return Answer(served.heating_wh, served.peak_heating_w, _scaled(made, draws))


def _scaled(made: Bought, draws: Draws) -> dict[tuple[str, str], Floats]:
    """Losses, litres and households as drawn; pipes of hot water lose what they lose."""
    lost = draws.of("losses")[:, None]
    factors = {"heating": lost, "hot_water": lost * _water(made, draws)}
    factors |= dict.fromkeys(_HOUSEHOLD, draws.of("household")[:, None])
    return {
        (service, carrier): held * factors[service] if service in factors else held
        for (service, carrier), held in made.wh.items()
    }


def _water(made: Bought, draws: Draws) -> Floats:
    need = made.need.get("hot_water")
    if need is None:
        return np.ones((draws.count, 1))
    losses = sum(
        held
        for name, held in made.losses.items()
        if name in ("hot_water_distribution", "hot_water_storage")
    )
    whole = need + losses
    share = np.divide(need, whole, out=np.zeros_like(need), where=whole > 0)
    return np.asarray(1 + share * (draws.of("hot_water")[:, None] - 1))


def at_meter(found: Answer, asked: Observation, at_ratio: float | None = None) -> Floats | None:
    """What a meter would read under each draw in the weather it was read in [Wh], [n].

    ``at_ratio`` other degree days, over those of the standard year; 1 is the standard year. None
    where the block buys nothing of what the meter counts.
    """
    ratio = asked.degree_ratio if at_ratio is None else at_ratio
    parts = {
        service: held
        for (service, carrier), held in found.wh.items()
        if carrier == asked.carrier and (not asked.services or service in asked.services)
    }
    if not parts:
        return None
    total = sum(parts.values(), np.zeros_like(found.heating_wh))
    summer = total[:, _SUMMER].mean(axis=1) * MONTHS_OF_YEAR
    year = total.sum(axis=1)
    if asked.part == SUMMER:
        return np.asarray(summer)
    if asked.part == ABOVE_SUMMER:
        return np.asarray(np.maximum(year - summer, 1.0) * ratio)
    heating = parts.get("heating")
    more = 0.0 if heating is None else heating.sum(axis=1) * (ratio - 1)
    return np.asarray(year + more)
