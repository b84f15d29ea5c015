"""How warm a building grows in summer, as it stands and under a package of works."""

from __future__ import annotations

from dataclasses import asdict, replace

from vatra.plans.blocks import Night, comfort, simulate
from vatra.plans.blocks.bulk import renovated
from vatra.plans.retrofit import distinct_states
from vatra.runs.retrofit import Renovation

# Two air changes an hour through open windows, one-sided, from 24 degC on: a judgement.
AIRED = Night(2.0, from_h=20, to_h=8, above_c=24.0)


def comfort_of(found: Renovation, place: int) -> dict[str, dict[str, float]]:
    """Hours and degree hours of a year above 26 and 27 degC, by the operative temperature:
    ``before`` and ``after`` a package.

    Windows stand open from evening to morning while it is warm indoors and cooler outdoors; nobody
    cools or lowers a blind.
    """
    states, of_package = distinct_states(found.packages)
    changed = (
        renovated(found.zone, states, int(state))
        for state in (states.count - 1, int(of_package[place]))
    )
    zones = [replace(zone, air=replace(zone.air, night=AIRED)) for zone in changed]
    hours = simulate(zones, found.climate, found.engine, hourly=True, free_float=False).hours or ()
    return {
        name: {key: round(value, 1) for key, value in asdict(comfort(year)).items()}
        for name, year in zip(("before", "after"), hours, strict=True)
    }
