"""Zones whose states cannot lie side by side as numbers, and the reference that runs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.found import Found, Way
from vatra.plans.blocks.bulk.own_sun import own_sun
from vatra.plans.blocks.climate.climate import monthly
from vatra.plans.blocks.engines.asked import Engine
from vatra.plans.blocks.engines.groups import can_run_together, plain_planes
from vatra.plans.blocks.engines.hours import Hours
from vatra.plans.blocks.engines.modal_reference import modal_hours
from vatra.plans.blocks.engines.rc5_reference import rc5_hours
from vatra.plans.blocks.zone.zone import Zone

HOURS_BY: dict[Engine, Callable[..., Hours]] = {"rc5": rc5_hours, "modal": modal_hours}


def as_lanes(zone: Zone, way: Way) -> bool:
    """Whether a zone's hours are known beforehand, so that a kernel can run them."""
    return can_run_together(zone) and _sun_fits(zone, way.engine, kept=True)


def goes_together(zone: Zone, changes: Changes, way: Way) -> bool:
    """Whether the states of a zone are other numbers in the same hours."""
    if changes.is_kept:
        return as_lanes(zone, way)
    if not can_run_together(zone) or _shifts(zone, changes):
        return False
    return _sun_fits(zone, way.engine, kept=False)


def _sun_fits(zone: Zone, engine: Engine, kept: bool) -> bool:
    return plain_planes(zone) is not None or own_sun(zone, engine, kept) is not None


def _shifts(zone: Zone, changes: Changes) -> bool:
    """Whether a warmer setpoint changes the pattern of the day: off, low and high are three."""
    on = {each for each in zone.heating.day_c if each is not None}
    return None in zone.heating.day_c and len(on) > 1 and bool(changes.inside_k.any())


def by_reference(zones: Sequence[Zone], way: Way) -> Found:
    """Zones as states of one, hour by hour in numpy."""
    run = HOURS_BY[way.engine]
    found = Found.none(1, len(zones))
    for place, zone in enumerate(zones):
        year = run(zone, way.around)
        found.heating_wh[0, place] = monthly(year.heating_w)
        found.cooling_wh[0, place] = monthly(year.cooling_w)
        found.peaks_w[0, place] = year.heating_w.max(), year.cooling_w.max()
        if way.free_float:
            air_c = run(zone, way.around, free=True).air_c
            found.ends_c[0, place] = air_c.min(), air_c.max()
    return found
