"""Years from left to right and values of any unit upwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.plane import Plane, tick_step
from vatra.words import Language, number

_DECIMALS = 3


@dataclass(frozen=True)
class Axes:
    """A plot in pixels over moments in years and values."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    low: float
    high: float

    def x(self, moment: float) -> float:
        """Where a moment stands."""
        span = max(self.last - self.first, 1e-9)
        return self.left + (self.right - self.left) * (moment - self.first) / span

    def y(self, value: float) -> float:
        """Where a value stands."""
        span = max(self.high - self.low, 1e-9)
        return self.bottom - (self.bottom - self.top) * (value - self.low) / span

    def grid(self, canvas: Canvas, lang: Language, unit: str) -> None:
        """Level lines with their values, the unit above, the years below."""
        step = tick_step(self.high - self.low, 4)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        for at in range(first, last + 1):
            y = self.y(at * step)
            canvas.line(self.left, y, self.right, y, "ink-soft" if at == 0 else "rule")
            words = number(round(at * step, _DECIMALS + 6), lang)
            canvas.text(self.left - 6, y + 4, words, "ink-soft", 11, anchor="end")
        if unit:
            canvas.text(14, self.top - 12, unit, "ink-soft", 11)
        for year in self.shown_years():
            canvas.text(self.x(year), self.bottom + 17, str(year), "ink", 12, anchor="middle")

    def shown_years(self) -> list[int]:
        """Years with room for their number."""
        whole = (math.ceil(self.first), math.floor(self.last))
        plane = Plane(self.left, self.right, 0, 1, *whole, 0, 1)
        return plane.shown_years()


def around(values: Sequence[float], with_zero: bool) -> tuple[float, float]:
    """The lowest and highest value of a plot with a little room, and zero where that is meant."""
    low, high = min(values), max(values)
    if with_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return (low if low == 0 else low - room, high + room)


def dot(canvas: Canvas, x: float, y: float, role: str, size: float = 8.0) -> None:
    """A measured point: a square on its corner, apart from every line also in grey."""
    half = size / 2
    canvas.path(
        f"M{x:.2f} {y - half:.2f}L{x + half:.2f} {y:.2f}L{x:.2f} {y + half:.2f}"
        f"L{x - half:.2f} {y:.2f}Z",
        role,
    )
