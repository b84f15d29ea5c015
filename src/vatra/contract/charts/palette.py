"""Colours of every chart, as data: the hearth palette, and one fixed colour for each sector.

The sectors stay apart for people with protanopia, deuteranopia and tritanopia, and each stands at
3:1 or more against its ground (WCAG 2.2, 1.4.11); ``tests/contract/charts/test_palette.py``
measures both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Theme = Literal["light", "dark"]

# ``driver-*`` are the parts of the cut, in greys and spruce so that no bar of a split is taken for
# a sector; ``increase`` marks in ember what adds emissions.
COLOURS: Mapping[Theme, Mapping[str, str]] = {
    "light": {
        "ink": "#1d2327",
        "ink-soft": "#566067",
        "paper": "#fbfaf7",
        "rule": "#d9d8d3",
        "ember": "#c2512b",
        "spruce": "#1f6f54",
        "river": "#2b6c9b",
        "buildings": "#c2512b",
        "transport": "#2b6c9b",
        "waste": "#61410b",
        "industry": "#3f4459",
        "land": "#6d9c71",
        "sinks": "#002f19",
        "other": "#74797c",
        "total": "#1d2327",
        "driver-grid": "#5c666d",
        "driver-background": "#8b9195",
        "driver-measures": "#1f6f54",
        "increase": "#c2512b",
    },
    "dark": {
        "ink": "#eceae4",
        "ink-soft": "#a9b0b4",
        "paper": "#15191c",
        "rule": "#343b40",
        "ember": "#e2764f",
        "spruce": "#5bb895",
        "river": "#6fb0dd",
        "buildings": "#d85e28",
        "transport": "#86c4f0",
        "waste": "#dba73a",
        "industry": "#5d6f83",
        "land": "#bfe696",
        "sinks": "#549a85",
        "other": "#8e9498",
        "total": "#eceae4",
        "driver-grid": "#b3babe",
        "driver-background": "#7c858a",
        "driver-measures": "#5bb895",
        "increase": "#e2764f",
    },
}
SECTOR_CODES = ("buildings", "transport", "waste", "industry", "land", "sinks")
_DARK_TEXT, _LIGHT_TEXT = "#15191c", "#ffffff"


def sector_role(sector: str) -> str:
    """The colour role of a sector; a sector of a city's own making is ``other``."""
    return sector if sector in SECTOR_CODES else "other"


def colour(role: str, theme: Theme) -> str:
    """The colour of a role. ``on-<role>`` is the text colour that reads best upon it."""
    if role.startswith("on-"):
        ground = COLOURS[theme][role.removeprefix("on-")]
        return max((_DARK_TEXT, _LIGHT_TEXT), key=lambda text: contrast(text, ground))
    return COLOURS[theme][role]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour_hex: str) -> float:
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = linear_rgb(colour_hex)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear_rgb(colour_hex: str) -> tuple[float, float, float]:
    """Linear light of ``#rrggbb``, each channel 0 to 1 (IEC 61966-2-1)."""
    red, green, blue = (_linear(int(colour_hex[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
