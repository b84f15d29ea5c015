"""Meters of a block: its load divided over flats and common parts, made up where nobody metered.

Flats differ from each other through the year and from hour to hour; a key that is fixed serves them
worse than their sum says. What is made here adds up to the block's load in every hour; a single
flat means nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, Floats
from vatra.plans.sunpower.reading import SunpowerError, value

_SEED = 20260722


def meters_w(
    load_w: Floats, flat_m2: Sequence[float] | Floats, common_share: float | None = None
) -> Floats:
    """Loads of f flats and, last, of the common parts [W], (f + 1, 8760).

    Parameters
    ----------
    load_w : of the whole block [W], (8760,)
    flat_m2 : area of each flat; larger ones take more
    common_share : of the load, usual where not given; the common parts have the block's shape

    In each hour they are ``load_w``. Raises ``SunpowerError`` without flats of any area.
    """
    load, areas = np.asarray(load_w, np.float64), np.asarray(flat_m2, np.float64)
    common = value("meters", "common_share") if common_share is None else common_share
    if areas.ndim != 1 or not len(areas) or not bool((areas > 0).all()) or not 0 <= common <= 1:
        raise SunpowerError("flats-wrong")
    if load.shape != (HOURS,) or not bool((load >= 0).all()):
        raise SunpowerError("hours-wrong", hours=HOURS)
    # The old generator: its numbers are the same in every version of numpy.
    random = np.random.RandomState(_SEED)
    shape = value("meters", "flat_deviation_share") ** -2
    people = random.standard_gamma(shape, len(areas)) / shape
    hours = random.standard_exponential((len(areas), HOURS))
    weights = (areas * people)[:, None] * hours
    flats = weights / weights.sum(axis=0) * (load * (1 - common))
    return np.concatenate([flats, (load * common)[None, :]])
