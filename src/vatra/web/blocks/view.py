"""Which part of the map is shown: whole, or nearer by steps, moved by plain links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

MOST_ZOOM = 4
# The middle of the view, in thousandths of the sheet.
_WHOLE, _HALF = 1000, 500
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class View:
    """A zoom step, each twice as near as the last, and the middle in thousandths of the box."""

    zoom: int = 0
    x: int = _HALF
    y: int = _HALF

    @classmethod
    def of(cls, query: QueryDict) -> View:
        """The view of an address; what it cannot be is the nearest it can."""
        zoom, x, y = (_whole(query.get(each, "")) for each in ("zoom", "x", "y"))
        return cls._held(zoom or 0, _HALF if x is None else x, _HALF if y is None else y)

    @classmethod
    def _held(cls, zoom: int, x: int, y: int) -> View:
        zoom = min(max(zoom, 0), MOST_ZOOM)
        half = _WHOLE // 2 ** (zoom + 1)
        return cls(zoom, *(min(max(each, half), _WHOLE - half) for each in (x, y)))

    def box(self, whole: Box) -> Box:
        """The part of a box that is shown: left, top, width, height."""
        left, top, width, height = whole
        part = 2**self.zoom
        return (
            left + width * self.x / _WHOLE - width / part / 2,
            top + height * self.y / _WHOLE - height / part / 2,
            width / part,
            height / part,
        )

    def links(self, kept: Mapping[str, str]) -> list[tuple[str, str]]:
        """Name of each move that leads somewhere, and its address; ``kept`` goes into all."""
        quarter = _WHOLE // 2 ** (self.zoom + 2)
        moves = {
            "nearer": (self.zoom + 1, self.x, self.y),
            "farther": (self.zoom - 1, self.x, self.y),
            "west": (self.zoom, self.x - quarter, self.y),
            "east": (self.zoom, self.x + quarter, self.y),
            "north": (self.zoom, self.x, self.y - quarter),
            "south": (self.zoom, self.x, self.y + quarter),
            "whole": (0, _HALF, _HALF),
        }
        found = []
        for name, move in moves.items():
            view = self._held(*move)
            if view != self:
                found.append((name, urlencode({**kept, **view.fields})))
        return found

    @property
    def fields(self) -> Mapping[str, str]:
        """The view in an address; none for the whole."""
        if not self.zoom:
            return {}
        return {"zoom": str(self.zoom), "x": str(self.x), "y": str(self.y)}


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 else None
