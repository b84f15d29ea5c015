"""Revenue that somebody else in the city pays: fares, fees, charges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from vatra.plans.engine import Action, Floats
from vatra.plans.finance.prices import data_rows


@cache
def _stated() -> Mapping[tuple[str, str], str]:
    return {(row["kind"], row["name"]): row["payer"] for row in data_rows("transfers")}


def transfer_payer(action: Action) -> str | None:
    """Who pays the revenue of an action; ``None`` where it comes from outside or is a cost saved.

    Empty where it is a transfer that its payer bears elsewhere already.
    """
    known = _stated()
    by_catalogue = known.get(("catalogue", action.catalogue)) if action.catalogue else None
    return known.get(("field", action.field)) if by_catalogue is None else by_catalogue


def gains(actions: Sequence[Action]) -> Floats:
    """1 for each action whose revenue is a gain of the whole, 0 for a transfer [A]."""
    return np.array([transfer_payer(each) is None for each in actions], np.float64)


def fees(actions: Sequence[Action], payer: str) -> Floats:
    """1 for each action whose revenue a payer pays [A]."""
    return np.array([transfer_payer(each) == payer for each in actions], np.float64)
