"""Needs of months spread over their hours, so that a quarter's hours come in a moment.

Heating follows the degree hours of its month: base temperature by building, as fits its twelve
months best, and outdoor air as a block feels it, some hours late. No hour is above the known peak.
Against the hours of the engine itself, single hours are about a fifth of the mean off, sums of
months exact, the highest hour within a few per cent (docs/how-to/model-district-heat.md).
"""

from __future__ import annotations

import numpy as np

from vatra.plans.blocks.climate.climate import (
    HOURS,
    MONTH_DAYS,
    MONTH_OF_HOUR,
    Climate,
    Floats,
    monthly,
)

# How late a block feels the air [h]: of 0 to 48 this came nearest to the engine's own hours.
LAG_H = 4.0
BASES_C = np.arange(6.0, 21.0, 0.5)
_FILL_ROUNDS = 40
_LEAD_H = 240
# Hot water by hour of the day, parts of its day: a made-up profile, morning and evening.
HOT_WATER_DAY = (
    1, 1, 1, 1, 2, 4, 7, 8, 6, 5, 4, 4, 4, 4, 3, 3, 4, 5, 7, 8, 8, 6, 3, 1,
)  # fmt: skip


def felt_c(climate: Climate, lag_h: float = LAG_H) -> Floats:
    """Outdoor air as a body with a lag feels it [degC], shape (8760,)."""
    kept, felt = float(np.exp(-1 / lag_h)), np.empty(HOURS)
    now = float(climate.dry_bulb_c[-_LEAD_H:].mean())
    for hour, air in enumerate(climate.dry_bulb_c.tolist()):
        now = kept * now + (1 - kept) * air
        felt[hour] = now
    return felt


def spread_heating_w(months_wh: Floats, peaks_w: Floats, climate: Climate) -> Floats:
    """Heating of the hours [W], shape (8760, n), from months (n, 12) and highest hours (n,).

    Each month keeps its sum. A month whose need is more than the peak in every hour is spread
    evenly.
    """
    felt = felt_c(climate)
    cold = np.maximum(BASES_C[:, None] - felt, 0.0)
    degree_hours = np.array([monthly(each) for each in cold])
    size = np.maximum((degree_hours**2).sum(axis=1), 1e-12)
    fit = months_wh @ degree_hours.T / size
    left = ((fit[:, :, None] * degree_hours - months_wh[:, None, :]) ** 2).sum(axis=2)
    base = left.argmin(axis=1)
    hours = np.zeros((HOURS, len(months_wh)))
    begin = 0
    for month, days in enumerate(MONTH_DAYS):
        span = slice(begin, begin + 24 * days)
        weights = cold[base, span]
        # A month that has a need and no cold hour is spread evenly.
        weights = np.where(weights.sum(axis=1, keepdims=True) > 0, weights, 1.0)
        hours[span] = _filled(weights, months_wh[:, month], peaks_w).T
        begin += 24 * days
    return hours


def _filled(weights: Floats, sums_wh: Floats, peaks_w: Floats) -> Floats:
    """Weights scaled to sums, no hour above its peak, shape (n, hours)."""
    highest = np.maximum(peaks_w, sums_wh / weights.shape[1])[:, None]
    # A month is a level between nothing and its peak in every hour, and each scale gives one sum.
    scale = (sums_wh / weights.sum(axis=1))[:, None]
    for _ in range(_FILL_ROUNDS):
        now = np.minimum(weights * scale, highest)
        short = sums_wh[:, None] - now.sum(axis=1, keepdims=True)
        if (np.abs(short) <= 1e-9 * sums_wh[:, None]).all():
            break
        room = np.where(now < highest, weights, 0.0).sum(axis=1, keepdims=True)
        scale = scale + np.where(room > 0, short / np.where(room > 0, room, 1.0), 0.0)
    filled = np.minimum(weights * scale, highest)
    total = filled.sum(axis=1, keepdims=True)
    return np.asarray(
        filled * np.where(total > 0, sums_wh[:, None] / np.maximum(total, 1e-12), 0.0)
    )


def spread_hot_water_w(months_wh: Floats) -> Floats:
    """Hot water of the hours [W], shape (8760, n), from months (n, 12): the same day throughout."""
    day = np.tile(np.array(HOT_WATER_DAY, float) / sum(HOT_WATER_DAY), HOURS // 24)
    days = np.array(MONTH_DAYS, float)
    return np.asarray(day[:, None] * (months_wh / days).T[MONTH_OF_HOUR])
