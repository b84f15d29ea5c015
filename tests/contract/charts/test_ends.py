"""Words at the ends of lines: one unit, room for each, the target first on a phone."""

from __future__ import annotations

import re

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.ends import End, below, beside
from vatra.contract.charts.plane import Plane

T = 10**9
PLANE = Plane(60, 400, 20, 220, 2021, 2035, 0, 1000 * T)
THICK, THIN = ("river", 2.5, ""), ("ink-soft", 1.5, "2 3")


def svg(canvas: Canvas) -> str:
    return canvas.finish(300, "t", "a", "en", ground=False)


def heights(drawn: str) -> list[float]:
    """Where the words stand."""
    return [float(each) for each in re.findall(r'<text[^>]* y="([\d.]+)"', drawn)]


def test_the_mass_is_said_in_whole_tonnes() -> None:
    end = End("as planned", 1_234_567 * T + T // 3, THIN)
    assert end.words("en") == "as planned: 1,234,567\u00a0t"
    assert end.words("ro") == "as planned: 1.234.567\u00a0t"


def test_lines_that_end_together_are_named_apart() -> None:
    canvas = Canvas("light", 640, "x")
    beside(canvas, PLANE, [End("a", 500 * T, THICK), End("b", 500 * T, THIN)], 16, "en")
    # Both end in the middle of 20 to 220; words stand 4 lower, the second 16 below the first.
    assert heights(svg(canvas)) == [124, 140]


def test_below_the_target_comes_first_and_each_line_has_its_own() -> None:
    canvas = Canvas("light", 340, "x")
    end = below(canvas, 240, "the target", [End("a", 0, THICK), End("b", 0, THIN)], "en")
    found = heights(svg(canvas))
    assert found == sorted(found) and len(found) == 3 and found[-1] < end
    assert svg(canvas).index("the target") < svg(canvas).index("a: 0")
