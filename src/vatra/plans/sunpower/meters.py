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
    flats_w: Floats, flat_m2: Sequence[float] | Floats, common_w: Floats | None = None
) -> Floats:
    """Loads of f flats and, last, of the common parts [W], (f + 1, 8760).

    Parameters
    ----------
    flats_w, common_w : of all flats together and of the common parts [W], (8760,)
    flat_m2 : area of each flat; larger ones take more

    In each hour the flats are ``flats_w``. Raises ``SunpowerError`` without flats of any area.
    """
    load, areas = np.asarray(flats_w, np.float64), np.asarray(flat_m2, np.float64)
    common = np.zeros(HOURS) if common_w is None else np.asarray(common_w, np.float64)
    if areas.ndim != 1 or not len(areas) or not bool((areas > 0).all()):
        raise SunpowerError("flats-wrong")
    if any(each.shape != (HOURS,) or not bool((each >= 0).all()) for each in (load, common)):
        raise SunpowerError("hours-wrong", hours=HOURS)
    # The old generator: its numbers are the same in every version of numpy.
    random = np.random.RandomState(_SEED)
    shape = value("meters", "flat_deviation_share") ** -2
    people = random.standard_gamma(shape, len(areas)) / shape
    hours = random.standard_exponential((len(areas), HOURS))
    weights = (areas * people)[:, None] * hours
    return np.concatenate([weights / weights.sum(axis=0) * load, common[None, :]])
