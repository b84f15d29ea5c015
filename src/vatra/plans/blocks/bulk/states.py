"""The need of many zones in many states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.bulk import seasons
from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.found import Found, Progress, Way, cores
from vatra.plans.blocks.bulk.together import run
from vatra.plans.blocks.climate.climate import Climate, Floats
from vatra.plans.blocks.engines.asked import Engine, Sky, refuse_unknown, surroundings
from vatra.plans.blocks.zone.zone import Zone


@dataclass(frozen=True, eq=False)
class States:
    """What n zones need in p states.

    Attributes
    ----------
    heating_wh, cooling_wh : useful heat and cold by month [Wh], shape (n, p, 12)
    peak_heating_w, peak_cooling_w : highest mean of an hour [W], shape (n, p)

    What an engine does not know is None.
    """

    heating_wh: Floats
    cooling_wh: Floats | None = None
    peak_heating_w: Floats | None = None
    peak_cooling_w: Floats | None = None


def simulate_states(
    zones: Sequence[Zone],
    climate: Climate,
    changes: Changes,
    engine: Engine = "rc5",
    *,
    sky: Sky = "perez",
    single: bool = True,
    threads: int | None = None,
    progress: Progress | None = None,
) -> States:
    """Need of every zone in every state, as ``simulate`` of ``renovated`` zones would give it.

    States that are equal are run once. ``single``: floats of 32 bits, within 1e-4 of 64 bits;
    ``threads``: all cores unless stated, with the same result; ``progress`` is called with how
    many zone-states are done, and of how many. Needs numba but for the seasonal method.

    Raises ``ImportError`` where a package is missing, ``ValueError`` for an unknown engine or a
    zone whose opaque elements conduct more than its mass takes up.
    """
    refuse_unknown(engine)
    few, places = changes.distinct()
    around = surroundings(zones, climate, sky)
    if engine == "seasonal":
        return States(seasons.need_wh(zones, few, around)[:, places])
    kind = np.float32 if single else np.float64
    way = Way(around, engine, kind, threads or cores(), progress=progress,
              total=len(zones) * few.count)  # fmt: skip
    return _states(run(zones, few, way).of(places))


def _states(found: Found) -> States:
    peaks = found.peaks_w
    return States(found.heating_wh, found.cooling_wh, peaks[..., 0], peaks[..., 1])
