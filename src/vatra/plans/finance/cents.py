"""Money in whole cents: amounts rounded once, and split so that the parts add up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from vatra.units import CENTS_PER_EUR

Floats = npt.NDArray[np.float64]
Cents = npt.NDArray[np.int64]

_DIGITS = 3


def to_cents(amount_eur: Floats) -> Cents:
    """Euros as whole cents, halves to even, element by element."""
    cents = np.asarray(amount_eur, np.float64) * CENTS_PER_EUR
    # What stands on half a cent must not fall to this side on one machine and to that on another.
    return np.rint(np.round(cents, _DIGITS)).astype(np.int64)


def split(total_cents: int, weights: Sequence[float] | Floats) -> Cents:
    """A sum divided in proportion to weights, to the cent (largest remainder, Hamilton's method).

    Parameters
    ----------
    total_cents : what is divided, of either sign
    weights : none below zero; what has a weight of zero gets nothing

    Returns
    -------
    one amount per weight; together they are ``total_cents``. Of equal remainders the earlier one is
    served first. Raises ``ValueError`` for a weight below zero, or a sum without any weight.
    """
    shares = np.asarray(weights, np.float64)
    if bool((shares < 0).any()):
        raise ValueError("weights must not be below zero")
    if not total_cents:
        return np.zeros(len(shares), np.int64)
    if not shares.sum() > 0:
        raise ValueError(f"{total_cents} cents have nobody to go to")
    sign = -1 if total_cents < 0 else 1
    exact = abs(total_cents) * (shares / shares.sum())
    parts = np.floor(exact).astype(np.int64)
    # A floor may have been taken a hair too high or too low for very large sums.
    left = abs(total_cents) - int(parts.sum())
    order = np.argsort(-(exact - parts), kind="stable")
    order = order[shares[order] > 0]
    for number in range(abs(left)):
        parts[order[number % len(order)]] += 1 if left > 0 else -1
    return sign * parts


def capped(total_cents: int, caps_cents: Cents) -> Cents:
    """A sum divided in proportion to what each may get at most, none beyond it.

    Where the sum exceeds all caps together, each gets its cap.
    """
    room = int(caps_cents.sum())
    if total_cents >= room:
        return caps_cents.copy()
    return split(total_cents, caps_cents.astype(np.float64))
