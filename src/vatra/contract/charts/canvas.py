"""An SVG drawn by roles, not colours: light, dark, or coloured by the page it stands in.

On a page the colours come from classes (``v-buildings``, ``vs-ink`` for strokes), so a strict
content security policy needs no exception; the light colours stand as presentation attributes,
which any class overrides. No styles, no scripts, no ids: a page may hold many charts.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

from vatra.contract.charts.palette import Theme, colour
from vatra.contract.charts.typeface import FAMILY, REGULAR, SEMIBOLD, text_width, writable

Look = Literal["light", "dark", "page"]
Anchor = Literal["start", "middle", "end"]


class Canvas:
    """Collects shapes of one chart; ``finish`` returns the SVG text, the same bytes each time."""

    def __init__(self, look: Look, width: float, name: str) -> None:
        self.look = look
        self.width = width
        self.name = name
        self._parts: list[str] = []

    @property
    def theme(self) -> Theme:
        """The theme the presentation attributes are taken from."""
        return "dark" if self.look == "dark" else "light"

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        role: str,
        opacity: float = 1.0,
        outline: bool = False,
    ) -> None:
        """A filled rectangle; ``outline`` adds a rim in the same role."""
        extra = f' fill-opacity="{_n(opacity)}"' if opacity < 1 else ""
        if outline:
            extra += f' stroke="{colour(role, self.theme)}" stroke-width="1"'
        classes = f"v-{role}" + (f" vs-{role}" if outline else "")
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}"'
            f' height="{_n(max(height, 0))}"{self._class(classes)}'
            f' fill="{colour(role, self.theme)}"{extra}/>'
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        role: str = "rule",
        width: float = 1.0,
        dash: str = "",
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
            f'{self._class(f"vs-{role}")} stroke="{colour(role, self.theme)}"'
            f' stroke-width="{_n(width)}"{dashed}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        role: str = "ink",
        size: float = 13,
        weight: int = REGULAR,
        anchor: Anchor = "start",
        halo: bool = False,
    ) -> None:
        """One line of text on its baseline; ``halo`` keeps it readable over lines."""
        around = (
            f' stroke="{colour("paper", self.theme)}" stroke-width="4" stroke-linejoin="round"'
            ' paint-order="stroke"'
            if halo
            else ""
        )
        classes = f"v-{role}" + (" vs-paper" if halo else "")
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"'
            + (f' font-weight="{weight}"' if weight != REGULAR else "")
            + (f' text-anchor="{anchor}"' if anchor != "start" else "")
            + f'{self._class(classes)} fill="{colour(role, self.theme)}"{around}>'
            + f"{escape(writable(words))}</text>"
        )

    def paragraph(
        self,
        x: float,
        y: float,
        words: str,
        width: float,
        role: str = "ink",
        size: float = 13,
        weight: int = REGULAR,
        anchor: Anchor = "start",
        line_count: int = 9,
    ) -> float:
        """Text in lines of at most ``width``; returns the baseline after the last line."""
        for line in wrapped(words, width, size, weight, line_count):
            self.text(x, y, line, role, size, weight, anchor)
            y += size * 1.3
        return y

    def path(self, points: str, role: str, opacity: float = 1.0) -> None:
        """A filled shape; ``points`` is its outline in the commands of SVG."""
        pale = f' fill-opacity="{_n(opacity)}"' if opacity != 1 else ""
        self._parts.append(
            f'<path d="{points}"{self._class(f"v-{role}")}'
            f' fill="{colour(role, self.theme)}"{pale}/>'
        )

    def polyline(
        self,
        points: Sequence[tuple[float, float]],
        role: str,
        width: float = 2.0,
        dash: str = "",
    ) -> None:
        """A line through points, its joints round."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        through = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._parts.append(
            f'<polyline points="{through}"{self._class(f"vs-{role}")} fill="none"'
            f' stroke="{colour(role, self.theme)}" stroke-width="{_n(width)}"'
            f' stroke-linejoin="round"{dashed}/>'
        )

    def watermark(self, words: str, height: float) -> None:
        """Large pale words across the drawing: what it shows is not real."""
        size = min(self.width / max(text_width(words, 1, SEMIBOLD), 1) * 0.8, height / 3)
        x, y = _n(self.width / 2), _n(height / 2 + size / 3)
        self._parts.append(
            f'<text x="{x}" y="{y}" font-size="{_n(size)}" font-weight="{SEMIBOLD}"'
            f' text-anchor="middle" fill-opacity="0.13"'
            f' transform="rotate(-14 {x} {_n(height / 2)})"'
            f'{self._class("v-ember")} fill="{colour("ember", self.theme)}">'
            f"{escape(writable(words))}</text>"
        )

    def finish(self, height: float, title: str, alt: str, lang: str, ground: bool) -> str:
        """The whole SVG with title and description for screen readers."""
        size = f'width="{_n(self.width)}" height="{_n(height)}" ' if self.look != "page" else ""
        family = (
            f' font-family="{FAMILY}, &quot;Inter Variable&quot;, system-ui, sans-serif"'
            if self.look != "page"
            else f' class="v-chart v-chart-{self.name}"'
        )
        laid = (
            f'<rect width="{_n(self.width)}" height="{_n(height)}"'
            f' fill="{colour("paper", self.theme)}"/>\n'
            if ground
            else ""
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}'
            f'viewBox="0 0 {_n(self.width)} {_n(height)}" role="img" xml:lang="{lang}"'
            f' aria-label="{escape(writable(title))}"{family}>\n'
            f"<title>{escape(writable(title))}</title>\n<desc>{escape(writable(alt))}</desc>\n"
            f"{laid}" + "\n".join(self._parts) + "\n</svg>\n"
        )

    def _class(self, classes: str) -> str:
        return f' class="{classes}"' if self.look == "page" else ""


def wrapped(
    words: str, width: float, size: float, weight: int = REGULAR, line_count: int = 9
) -> list[str]:
    """Words in lines no wider than ``width``; what does not fit into ``line_count`` ends in …"""
    lines: list[str] = []
    for word in writable(words).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    last = min(len(lines), line_count) - 1
    return [
        _cut(line, width, size, weight, more=position == last and len(lines) > line_count)
        for position, line in enumerate(lines[:line_count])
    ]


def balanced(words: str, width: float, size: float, weight: int = REGULAR) -> list[str]:
    """Words in as few lines as ``wrapped`` gives, the lines about as long as each other."""
    lines = wrapped(words, width, size, weight)
    narrower = width
    while narrower > width / 2 and len(lines) > 1:
        narrower -= 8
        tried = wrapped(words, narrower, size, weight)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _cut(line: str, width: float, size: float, weight: int, more: bool) -> str:
    if not more and text_width(line, size, weight) <= width:
        return line
    while line and text_width(line + "…", size, weight) > width:
        line = line[:-1]
    return line.rstrip(" …") + "…"


def _n(value: float) -> str:
    """A coordinate with two decimals at most: the same text on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
