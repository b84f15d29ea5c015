"""Figures of draws: energy as bills and certificates count it, and P10, P50 and P90 of anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from vatra.plans.bills import Answer
from vatra.plans.bills.reading import Floats
from vatra.plans.retrofit import Energy
from vatra.plans.services import CERTIFIED, billed

_AT = (0.1, 0.5, 0.9)
_WH_PER_KWH = 1e3


def energy_of(made: Answer, own_wh: Floats) -> Energy:
    """A year by carrier as certificates and bills count it; what panels gave is taken off."""
    whole = made.carriers()
    used = whole.get("electricity", np.zeros_like(own_wh))
    share = np.divide(own_wh, used, out=np.zeros_like(used), where=used > 0)

    def years(parts: Mapping[str, Floats]) -> dict[str, Floats]:
        left = 1 - np.clip(share, 0.0, 1.0)
        return {
            name: (held * left if name == "electricity" else held).sum(axis=1) / _WH_PER_KWH
            for name, held in parts.items()
        }

    return Energy(
        years(made.carriers(CERTIFIED)),
        made.heating_wh.sum(axis=1) / _WH_PER_KWH,
        made.peak_heating_w / _WH_PER_KWH,
        all_kwh=billed(years(whole)),
    )


def final_kwh(made: Answer) -> Floats:
    """All that the certificate counts, panels not taken off [kWh], [n]."""
    parts = made.carriers(CERTIFIED).values()
    return np.asarray(np.sum([held.sum(axis=1) for held in parts], axis=0) / _WH_PER_KWH)


def payback_years(owners_cents: Floats, saved_cents: Floats) -> Floats:
    """Years [n] until bills have paid the owners' part; infinite where bills do not fall."""
    worth = saved_cents > 0
    return np.where(worth, owners_cents / np.where(worth, saved_cents, 1.0), np.inf)


def three(name: str, values: Floats | None, *, whole: bool = False) -> dict[str, Any]:
    """P10, P50 and P90 under their names; None for what is not there or never comes."""
    if values is None:
        return {f"{name}_p{round(100 * each)}": None for each in _AT}
    # Of the draws themselves: between a number and never there is nothing.
    found = np.quantile(values, _AT, method="inverted_cdf")
    return {
        f"{name}_p{round(100 * at)}": (
            None
            if not np.isfinite(each)
            else round(float(each))
            if whole
            else round(float(each), 1)
        )
        for at, each in zip(_AT, found, strict=True)
    }
