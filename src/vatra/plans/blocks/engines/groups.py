"""Zones that share the columns of their weather run together: same hours, other numbers.

A group shares the sun of up to five planes, when people are in, when heating, cooling and air
change step up or down. What is left of a zone are plain numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import HOURS, MONTH_OF_HOUR, Floats
from vatra.plans.blocks.engines.drive import Surroundings, shade_free
from vatra.plans.blocks.engines.hours import WARM_UP_HOURS
from vatra.plans.blocks.engines.loads import (
    NEVER_COLD_C,
    NEVER_WARM_C,
    cold_days,
)
from vatra.plans.blocks.sun.plane import Plane
from vatra.plans.blocks.zone.zone import Day, Zone

Ints = npt.NDArray[np.int64]
SUN_COLUMNS = 5
PASS = 4


@dataclass(frozen=True)
class Key:
    """What zones of one group have in common; ``own`` sets a zone apart that shares no sun."""

    planes: tuple[Plane, ...]
    gains: tuple[float, ...]
    heating: tuple[float, ...]
    cooling: tuple[float, ...]
    air: tuple[float, ...]
    recovers: bool
    own: int = -1


@lru_cache(maxsize=4096)
def pattern(day: Day, off: float) -> tuple[tuple[float, ...], float, float]:
    """A day as values between 0 and 1, its low and how much its high is above."""
    values = [off if each is None else float(each) for each in day]
    low, more = min(values), max(values) - min(values)
    return tuple((each - low) / more if more else 0.0 for each in values), low, more


@lru_cache(maxsize=4096)
def gains_pattern(day: Day) -> tuple[tuple[float, ...], float]:
    """Internal gains as shares of their most, and that [W/m2]."""
    most = max((each or 0.0 for each in day), default=0.0)
    return tuple((each or 0.0) / most if most else 0.0 for each in day), most


def can_run_together(zone: Zone) -> bool:
    """Whether a zone's hours are known beforehand: windows opened by temperature are not, nor are
    steps of the air change within four hours."""
    if zone.air.night is not None or zone.is_particular:
        return False
    day = zone.air.day
    return all(len(set(day[first : first + PASS])) == 1 for first in range(0, 24, PASS))


def plain_planes(zone: Zone) -> tuple[Plane, ...] | None:
    """The planes whose sun is all a zone needs; None with glass that looks at the angle, with
    shades, or with more planes than a group has columns."""
    if any(each.angular or not shade_free(each.shade) for each in zone.windows):
        return None
    planes = {each.plane for each in zone.elements if each.boundary == "outside"}
    found = tuple(sorted(planes | {each.plane for each in zone.windows}))
    return found if len(found) <= SUN_COLUMNS else None


def groups(zones: Sequence[Zone], recovers: bool = False) -> dict[Key, list[int]]:
    """Places of zones by what they share; ``recovers``: some state of all of them does."""
    found: dict[Key, list[int]] = {}
    for place, zone in enumerate(zones):
        planes = plain_planes(zone)
        key = Key(
            planes or (),
            gains_pattern(zone.gains_w_m2)[0],
            pattern(zone.heating.day_c, NEVER_COLD_C)[0],
            pattern(zone.cooling.day_c, NEVER_WARM_C)[0],
            tuple(each or 0.0 for each in zone.air.day),
            recovers or zone.air.heat_recovery_share > 0,
            -1 if planes is not None else place,
        )
        found.setdefault(key, []).append(place)
    return found


@dataclass(frozen=True, eq=False)
class Shared:
    """The hours of a group, warm-up first.

    ``x`` (hours, 9): outdoors, gains pattern, five suns, heating and cooling pattern; ``regime``
    and ``month`` every four hours; ``regimes`` (multiple of the air change, whether recovery
    works) by number.
    """

    key: Key
    x: Floats
    regime: Ints
    month: Ints
    regimes: tuple[tuple[float, bool], ...]

    @cached_property
    def place_of(self) -> dict[Plane, int]:
        """Column of sun by plane."""
        return {plane: place for place, plane in enumerate(self.key.planes)}


def shared(key: Key, around: Surroundings, own_sun: Floats | None = None) -> Shared:
    """Columns of a group; ``own_sun`` (8760, up to 5) of a zone that shares none."""
    sun = np.zeros((HOURS, SUN_COLUMNS))
    if own_sun is not None:
        sun[:, : own_sun.shape[1]] = own_sun
    for place, plane in enumerate(key.planes):
        sun[:, place] = around.sun[plane].total_w_m2
    days = [np.tile(each, HOURS // 24) for each in (key.gains, key.heating, key.cooling)]
    x = np.column_stack([around.climate.dry_bulb_c, days[0], sun, days[1], days[2]])
    cold = cold_days(around.climate.dry_bulb_c) > 0 if key.recovers else np.zeros(HOURS, bool)
    air = np.tile(key.air, HOURS // 24)[::PASS]
    steps = list(zip(air.tolist(), cold[::PASS].tolist(), strict=True))
    regimes = tuple(sorted(set(steps)))
    number = {each: place for place, each in enumerate(regimes)}
    regime = np.array([number[each] for each in steps])
    before = WARM_UP_HOURS // PASS
    month = MONTH_OF_HOUR[::PASS]
    return Shared(
        key,
        np.concatenate([x[-WARM_UP_HOURS:], x]),
        np.concatenate([regime[-before:], regime]),
        np.concatenate([np.full(before, -1), month]),
        regimes,
    )
