"""Numbers in formats that know floats only: one that a float cannot hold travels as text."""

from __future__ import annotations

from decimal import Decimal

# 2**53: up to here a float counts single units.
_LARGEST = 9_007_199_254_740_992


def as_number(value: Decimal | int) -> int | float | str:
    """A whole number or float that means exactly the value, else its text."""
    exact = Decimal(value)
    if exact == exact.to_integral_value():
        return int(exact) if abs(exact) <= _LARGEST else str(int(exact))
    found = float(exact)
    return found if Decimal(repr(found)) == exact else format(exact, "f")
