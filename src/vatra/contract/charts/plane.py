"""Years from left to right, tonnes upwards: what the charts of a pathway share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.table import MG_PER_T
from vatra.words import Language, number

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Plane:
    """A plot in pixels over years and masses [mg]."""

    left: float
    right: float
    top: float
    bottom: float
    first_year: int
    last_year: int
    low_mg: float
    high_mg: float

    def x(self, year: float) -> float:
        """Where a year stands."""
        span = max(self.last_year - self.first_year, 1)
        return self.left + (self.right - self.left) * (year - self.first_year) / span

    def y(self, mass_mg: float) -> float:
        """Where a mass stands."""
        span = max(self.high_mg - self.low_mg, 1.0)
        return self.bottom - (self.bottom - self.top) * (mass_mg - self.low_mg) / span

    def points(self, masses_mg: Sequence[float], first_year: int) -> list[tuple[float, float]]:
        """A series from a year on."""
        return [(self.x(first_year + at), self.y(mass)) for at, mass in enumerate(masses_mg)]

    def band(
        self,
        canvas: Canvas,
        low_mg: Sequence[float],
        high_mg: Sequence[float],
        role: str,
        opacity: float,
        first_year: int | None = None,
    ) -> None:
        """The ground between two series."""
        start = self.first_year if first_year is None else first_year
        around = self.points(high_mg, start) + self.points(low_mg, start)[::-1]
        outline = "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in around)
        canvas.path(f"M{outline}Z", role, opacity)

    def grid(self, canvas: Canvas, lang: Language) -> None:
        """Level lines with their tonnes, and the years below."""
        step = tick_step((self.high_mg - self.low_mg) / MG_PER_T, 5)
        ticks = range(math.ceil(self.low_mg / MG_PER_T / step - 1e-9),
                      math.floor(self.high_mg / MG_PER_T / step + 1e-9) + 1)  # fmt: skip
        for at in ticks:
            y = self.y(at * step * MG_PER_T)
            canvas.line(self.left, y, self.right, y, "ink-soft" if at == 0 else "rule")
            unit = "\u00a0t" if at == ticks[-1] else ""
            words = number(at * step, lang, 0) + unit
            canvas.text(self.left - 6, y + 4, words, "ink-soft", 11, anchor="end")
        for year in self.shown_years():
            canvas.text(self.x(year), self.bottom + 17, str(year), "ink", 12, anchor="middle")

    def shown_years(self) -> list[int]:
        """Years with room for their number, the first and the last always among them."""
        span = self.last_year - self.first_year
        room = max(int((self.right - self.left) / 46), 1)
        step = next((each for each in (1, 2, 5, 10, 20, 50) if span / each <= room), 100)
        found = [y for y in range(self.first_year, self.last_year + 1) if y % step == 0]
        half = step / 2 if step > 1 else 0
        between = [y for y in found if y - self.first_year > half and self.last_year - y > half]
        return sorted({self.first_year, *between, self.last_year})


def tick_step(span: float, count: int) -> float:
    """A round distance that parts a span into about ``count``."""
    raw = max(span, 1e-9) / count
    size = 10.0 ** math.floor(math.log10(raw))
    return next(each * size for each in _STEPS if each * size >= raw - 1e-12)


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights close to those wanted, in their order, at least ``gap`` apart, within bounds."""
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    placed = [0.0] * len(wanted)
    reached = low - gap
    for at in order:
        reached = placed[at] = max(wanted[at], reached + gap)
    ceiling = high + gap
    for at in reversed(order):
        ceiling = placed[at] = min(placed[at], ceiling - gap)
    return placed


def coordinate(value: float) -> str:
    """A coordinate with two decimals at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
