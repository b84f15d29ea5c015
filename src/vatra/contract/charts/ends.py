"""Lines over the years named where they end: beside the plane, or below it on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.plane import Plane, apart
from vatra.contract.charts.table import tonnes_value
from vatra.contract.charts.typeface import REGULAR, SEMIBOLD
from vatra.words import Language, number

# Role, width and dashes of a line.
Stroke = tuple[str, float, str]
TARGET: Stroke = ("ember", 1.5, "6 4")
_BOLD_WIDTH = 2.0


@dataclass(frozen=True)
class End:
    """What a line is called, the mass it ends with [mg], how it is drawn."""

    name: str
    mass_mg: int
    stroke: Stroke

    def words(self, lang: Language) -> str:
        """The name with the mass in whole tonnes."""
        return f"{self.name}: {number(tonnes_value(self.mass_mg) or 0, lang, 0)}\u00a0t"


def beside(canvas: Canvas, plane: Plane, ends: Sequence[End], gap: float, lang: Language) -> None:
    """Each line's words to the right of its end, at least ``gap`` apart."""
    levels = [plane.y(each.mass_mg) for each in ends]
    placed = apart([level + 4 for level in levels], gap, plane.top, plane.bottom + 4)
    width = canvas.width - plane.right - 12
    for each, level, y in zip(ends, levels, placed, strict=True):
        role, thickness, _ = each.stroke
        canvas.line(plane.right + 1, level, plane.right + 8, y - 4, role)
        weight = SEMIBOLD if thickness > _BOLD_WIDTH else REGULAR
        words = each.words(lang)
        canvas.paragraph(plane.right + 11, y, words, width, "ink", 12, weight, line_count=1)


def below(canvas: Canvas, y: float, target: str, ends: Sequence[End], lang: Language) -> float:
    """The target and each line with its words, one under the other; returns where they end."""
    for stroke, words in ((TARGET, target), *((each.stroke, each.words(lang)) for each in ends)):
        canvas.line(14, y - 4, 30, y - 4, *stroke)
        y = canvas.paragraph(38, y, words, canvas.width - 50, "ink", 12) + 3
    return y


def until(canvas: Canvas, plane: Plane, year: int, words: str) -> None:
    """An upright line at a year, with words at its head."""
    x = plane.x(year)
    canvas.line(x, plane.top - 8, x, plane.bottom, "ink-soft", 1)
    canvas.text(x, plane.top - 13, words, "ink-soft", 12, anchor="middle", halo=True)


def target_line(canvas: Canvas, plane: Plane, target_mg: int) -> None:
    """A level line across all years."""
    y = plane.y(target_mg)
    canvas.line(plane.left, y, plane.right, y, *TARGET)
