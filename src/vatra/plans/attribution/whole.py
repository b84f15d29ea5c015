"""Whole milligrams that add up: what is left over goes to the largest remainders."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor


def whole(shares: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Round shares to whole numbers whose sum is ``total``.

    Parameters
    ----------
    shares : exact shares by name; their sum is ``total``, up to less than one for each share
    total : what the whole numbers must add up to

    Returns
    -------
    The floor of each share, plus one for those with the largest remainders; equal remainders are
    served by name, so that the order of ``shares`` moves nothing. A share that is whole already
    stays as it is when the shares add up to the total.

    Raises ``ValueError`` when the shares are further from the total than rounding explains.
    """
    rounded = {name: floor(share) for name, share in shares.items()}
    left = total - sum(rounded.values())
    if not 0 <= left <= len(shares):
        raise ValueError(f"shares of {float(sum(shares.values()))} cannot add up to {total}")
    served = sorted(shares, key=lambda name: (rounded[name] - shares[name], name))
    for name in served[:left]:
        rounded[name] += 1
    return rounded
