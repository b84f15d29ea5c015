"""What a chart is: a finding in words, the numbers behind it, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.charts.canvas import Canvas, Look, balanced
from vatra.contract.charts.table import Column, RenderedTable, Value
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.words import Language, say

WIDTH = 720.0
HALF_WIDTH = 360.0
NARROW = 560.0
# Draws into a canvas from a height downwards and returns the height where it ends.
Draw = Callable[[Canvas, float], float]


@dataclass(frozen=True)
class Chart:
    """One picture and everything said about it.

    Attributes
    ----------
    name : stable, names files and elements
    title : the finding, with its figures
    alt : the whole content in words, for those who do not see the picture
    data : categories, series (with sector codes), lines and notes, values in tonnes; plain data
        that an interactive chart draws from
    table : the numbers behind the picture
    """

    name: str
    title: str
    alt: str
    lang: Language
    data: Mapping[str, Any]
    table: RenderedTable
    synthetic: bool
    draw: Draw

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns of the table behind the chart."""
        return self.table.columns

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """Rows of the table behind the chart."""
        return self.table.rows

    def svg(
        self,
        theme: Look = "light",
        width: float = WIDTH,
        heading: bool | None = None,
        ground: bool | None = None,
        mark: str = "",
    ) -> str:
        """The chart as SVG.

        Parameters
        ----------
        theme : ``light`` or ``dark``, or ``page``: coloured by the page's classes
        width : in pixels; below 560 the layout is that of a phone or a half page
        heading : whether the title stands in the picture; by default not on a page, which
            prints it as a text of its own
        ground : whether the picture has a ground of paper colour; by default not on a page
        mark : a sentence below the picture about its standing, also told to screen readers
        """
        canvas = Canvas(theme, width, self.name)
        top = 16.0
        if heading if heading is not None else theme != "page":
            for line in balanced(self.title, width - 32, 17, SEMIBOLD):
                top += 20
                canvas.text(16, top, line, "ink", 17, SEMIBOLD)
                top += 3
            top += 14
        bottom = self.draw(canvas, top)
        if self.synthetic:
            canvas.watermark(say("contract.charts.synthetic", self.lang), bottom)
        if mark:
            bottom = canvas.paragraph(16, bottom + 18, mark, width - 32, "ember", 12, SEMIBOLD) + 14
        laid = ground if ground is not None else theme != "page"
        alt = f"{self.alt} {mark}".rstrip()
        return canvas.finish(bottom, self.title, alt, self.lang, laid)
