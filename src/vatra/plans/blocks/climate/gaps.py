"""Hours of a year without a value: short gaps are bridged in a straight line, long ones told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import HOURS, Floats

# Bridged at most so many hours in a row: what the air and what the sun does in between is known
# from its neighbours no longer.
SHORT_AIR_H, SHORT_SUN_H = 6, 3
# And no more than this in the whole year: about two hours in a hundred.
MOST_BRIDGED_H = 168


@dataclass(frozen=True, eq=False)
class Bridged:
    """Values of a year without gaps, the hours that were bridged, and those that are too long a
    gap for it; where there are any of those, ``values`` still lacks them."""

    values: Floats
    bridged: npt.NDArray[np.int64]
    too_long: npt.NDArray[np.int64]


def bridged(values: Floats, short_h: int) -> Bridged:
    """Fill gaps (NaN) of at most ``short_h`` hours; the year is a circle."""
    absent = np.isnan(values)
    if not absent.any():
        return Bridged(values, np.zeros(0, np.int64), np.zeros(0, np.int64))
    if absent.all():
        return Bridged(values, np.zeros(0, np.int64), np.arange(HOURS))
    lengths = _run_lengths(absent)
    short = absent & (lengths <= short_h)
    known = np.flatnonzero(~absent)
    around = np.concatenate([known[-1:] - HOURS, known, known[:1] + HOURS])
    ends = np.concatenate([values[known[-1:]], values[known], values[known[:1]]])
    whole = values.copy()
    whole[short] = np.interp(np.flatnonzero(short), around, ends)
    return Bridged(whole, np.flatnonzero(short), np.flatnonzero(absent & ~short))


def _run_lengths(absent: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """How long the gap is that each absent hour lies in; 0 for the others."""
    first = int(np.flatnonzero(~absent)[0])
    turned = np.roll(absent, -first)
    lengths = np.zeros(HOURS, np.int64)
    starts = np.flatnonzero(turned & ~np.roll(turned, 1))
    ends = np.flatnonzero(turned & ~np.roll(turned, -1))
    for start, end in zip(starts, ends, strict=True):
        lengths[start : end + 1] = end - start + 1
    return np.roll(lengths, first)
