"""Streams that remember: what was deposited years ago still gives off gas."""

from __future__ import annotations

import numpy as np

from vatra.plans.engine.base import Floats


def remembered(
    kept: Floats | float, decay_per_year: float, shape: tuple[int, ...]
) -> Floats | float:
    """Emission of a stream as a multiple of its base when deposits are a multiple of theirs.

    First-order decay (IPCC 2006, Volume 5, Chapter 3): what was deposited in year x begins to decay
    in year x + 1. With deposits as in the base, the multiple is 1; after a ban it is
    ``exp(-k (t - t0))``, the tail of what lies there.

    Parameters
    ----------
    kept : deposits as a multiple of the base's, [(D,) T], or one number for all years
    decay_per_year : k [1/year]; 0 for a stream that forgets at once
    shape : [(D,) T]
    """
    if not decay_per_year:
        return kept
    deposits = np.broadcast_to(np.asarray(kept, dtype=np.float64), shape)
    fresh = -np.expm1(-decay_per_year)
    result = np.ones(shape)
    for t in range(1, shape[-1]):
        result[..., t] = result[..., t - 1] * (1.0 - fresh) + fresh * deposits[..., t - 1]
    return result
