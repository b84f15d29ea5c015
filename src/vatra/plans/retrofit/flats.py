"""What each owner pays: a block's amount divided by the area of its flats, to the cent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vatra.plans.retrofit.reading import Cents, Floats, RetrofitError

# Areas are counted in square centimetres, so that parts are whole numbers and rounding is exact.
_CM2_PER_M2 = 10_000


def per_flat(amount_cents: Cents, flat_m2: Sequence[float] | Floats) -> Cents:
    """Amounts of a block divided in proportion to the areas of its flats (largest remainder).

    Parameters
    ----------
    amount_cents : [n], one amount per package, none below zero
    flat_m2 : [f], area of each flat, all above zero

    Returns
    -------
    [n, f], each row adds up to its amount; of equal remainders the earlier flat pays the cent.
    Raises ``RetrofitError`` for areas that are not above zero, naming the flats by number from 1.
    """
    areas = np.rint(np.asarray(flat_m2, np.float64) * _CM2_PER_M2)
    # Also true of what is no number.
    wrong = np.flatnonzero(~(areas > 0))
    if len(wrong) or not len(areas):
        raise RetrofitError("flats-without-area", flats=[int(each) + 1 for each in wrong])
    amounts = np.atleast_1d(np.asarray(amount_cents, np.int64))
    if bool((amounts < 0).any()):
        raise RetrofitError("amount-below-zero")
    weights = areas.astype(np.int64)
    whole, rest = np.divmod(amounts[:, None] * weights, weights.sum())
    left = amounts - whole.sum(axis=1)
    place = np.argsort(np.argsort(-rest, axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray(whole + (place < left[:, None]), np.int64)
