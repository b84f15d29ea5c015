"""A battery beside panels: what it holds, how fast, and what it loses."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.sunpower.reading import SunpowerError, value


@dataclass(frozen=True)
class Rating:
    """What batteries of any size have in common.

    Attributes
    ----------
    power_per_h : power at the meter, in or out, over usable capacity [1/h]
    round_trip_share : energy out over energy in, at the meter; in and out lose alike
    """

    power_per_h: float
    round_trip_share: float

    def __post_init__(self) -> None:
        if not (self.power_per_h > 0 and 0 < self.round_trip_share <= 1):
            raise SunpowerError("battery-rating")

    @property
    def one_way_share(self) -> float:
        """Energy kept when going in, and again when coming out."""
        return math.sqrt(self.round_trip_share)


def usual_battery() -> Rating:
    """The battery of ``data/batteries.csv``."""
    return Rating(value("batteries", "power_per_h"), value("batteries", "round_trip_share"))


@dataclass(frozen=True, eq=False)
class Batteries:
    """Batteries of n states: usable capacity [Wh], power at the meter [W], both [n]; the share of
    energy kept on one way."""

    battery_wh: Floats
    battery_w: Floats
    one_way_share: float


def batteries(
    battery_wh: Floats, battery_w: Floats | float | None, efficiency: float | None
) -> Batteries:
    """Batteries of the sizes asked for; power and efficiency as usual where not given."""
    usual = usual_battery()
    rating = Rating(usual.power_per_h, usual.round_trip_share if efficiency is None else efficiency)
    power = battery_wh * rating.power_per_h if battery_w is None else battery_w
    spread = np.broadcast_to(np.asarray(power, np.float64), battery_wh.shape)
    if not bool((spread >= 0).all() and (battery_wh >= 0).all()):
        raise SunpowerError("battery-below-zero")
    return Batteries(battery_wh, np.ascontiguousarray(spread), rating.one_way_share)
