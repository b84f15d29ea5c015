"""What a printed number can stand for: an interval, and arithmetic on intervals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Interval:
    """All values between ``low`` and ``high``, both included."""

    low: Decimal
    high: Decimal

    @classmethod
    def around(cls, middle: Decimal, half: Decimal) -> Interval:
        """The values at most ``half`` away from ``middle``."""
        return cls(middle - abs(half), middle + abs(half))

    @property
    def middle(self) -> Decimal:
        """The value in the middle."""
        return (self.low + self.high) / 2

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __mul__(self, other: Interval) -> Interval:
        products = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(products), max(products))

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def scaled(self, size: Decimal) -> Interval:
        """Every value times ``size``."""
        return Interval(*sorted((self.low * size, self.high * size)))

    def divided(self, other: Interval) -> Interval | None:
        """Every value by every value of ``other``; None when that may be zero."""
        if other.low <= 0 <= other.high:
            return None
        return self * Interval(1 / other.high, 1 / other.low)

    def widened(self, share: Decimal, amount: Decimal = ZERO) -> Interval:
        """The interval with a relative and an absolute allowance on both sides."""
        return Interval(
            self.low - abs(self.low) * share - amount, self.high + abs(self.high) * share + amount
        )

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` lies inside."""
        return self.low <= value <= self.high

    def common(self, other: Interval) -> Interval | None:
        """The values in both, None when there are none."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None
