"""What the pictures of an inventory draw beyond rectangles: ribbons, whiskers, hatched ground."""

from __future__ import annotations

from vatra.contract.charts.canvas import Canvas


def ribbon(
    canvas: Canvas, left: tuple[float, float], right: tuple[float, float], width: float, role: str
) -> None:
    """A band of one width from the lower right of one node to the left of another.

    ``left`` and ``right`` are the upper corners of its two ends.
    """
    (x1, y1), (x2, y2) = left, right
    middle = (x1 + x2) / 2
    points = (
        f"M{_n(x1)} {_n(y1)}C{_n(middle)} {_n(y1)} {_n(middle)} {_n(y2)} {_n(x2)} {_n(y2)}"
        f"V{_n(y2 + width)}"
        f"C{_n(middle)} {_n(y2 + width)} {_n(middle)} {_n(y1 + width)} {_n(x1)} {_n(y1 + width)}Z"
    )
    canvas.path(points, role, 0.32)


def whisker(
    canvas: Canvas, low: float, high: float, y: float, role: str, half_height: float = 5
) -> None:
    """A level line from one end of a range to the other, with feet."""
    canvas.line(low, y, high, y, role, 2)
    for end in (low, high):
        canvas.line(end, y - half_height, end, y + half_height, role, 2)


def hatched(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Ground that says there is nothing known: thin slanting lines in the colour of rules."""
    step, at = 7.0, 0.0
    while at < width + height:
        x1, y1 = max(at - height, 0.0), min(at, height)
        x2, y2 = min(at, width), max(at - width, 0.0)
        canvas.line(x + x1, y + y1, x + x2, y + y2, "rule", 1)
        at += step


def _n(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
