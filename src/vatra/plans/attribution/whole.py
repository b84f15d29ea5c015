"""Whole milligrams that add up: what is left over goes to the largest remainders."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor

_DIGITS = 12
# What sums of thousands of floats may lack of their total, as a share of the largest of them.
_FLOATS = Fraction(1, 10**9)


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


def steady(value: float) -> Fraction:
    """A float to the twelve digits that are the same on every machine."""
    return Fraction(f"{value:.{_DIGITS}g}")


def steady_mg(value: float) -> int:
    """A mass in whole milligrams, of twelve digits."""
    return round(steady(value))


def whole_parts(parts: Mapping[str, float], total: int, level: int = 0) -> dict[str, int]:
    """Round parts that are floats to whole numbers whose sum is ``total``.

    Parameters
    ----------
    parts : by name; their sum is ``total`` but for the rounding of floats
    total : what the whole numbers must add up to
    level : size of what the total is the difference of, whose last digits are rounded

    Returns
    -------
    What floats lack or have too much is first spread evenly over the parts that are not zero; a
    part of zero stays zero.

    Raises ``ValueError`` when the parts are further from the total than floats explain.
    """
    shares = {name: steady(float(part)) for name, part in parts.items()}
    moved = [name for name, share in shares.items() if share]
    lacking = total - sum(shares.values(), Fraction(0))
    sizes = [Fraction(total), Fraction(level), *shares.values()]
    largest = max(abs(each) for each in sizes)
    if abs(lacking) > 1 + largest * _FLOATS or (lacking and not moved):
        raise ValueError(f"parts lack {float(lacking)} of a total of {total}")
    for name in moved:
        shares[name] += lacking / len(moved)
    return {**dict.fromkeys(shares, 0), **whole({name: shares[name] for name in moved}, total)}
