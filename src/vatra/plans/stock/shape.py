"""How a building stands: facades by bearing, what touches neighbours, storeys, areas, volume."""

from __future__ import annotations

from dataclasses import dataclass

# Bearings are rounded to this, so that a city needs the sun of sixteen walls and no more.
SECTOR_DEG = 22.5
_WHOLE_DEG = 360.0
NORTH_EAST_SOUTH_WEST = (0.0, 90.0, 180.0, 270.0)


@dataclass(frozen=True, order=True)
class Facade:
    """Walls that look one way: bearing from north by east, length in plan that is outdoors on
    some storey [m], outer area and area that touches heated neighbours, windows in [m2]."""

    azimuth_deg: float
    length_m: float
    outer_m2: float
    party_m2: float


@dataclass(frozen=True)
class Shape:
    """A building's heated body; roof and lowest floor have the area of the footprint."""

    footprint_m2: float
    perimeter_m: float
    storeys_count: int
    storey_height_m: float
    facades: tuple[Facade, ...]

    @property
    def height_m(self) -> float:
        """From the lowest heated floor to the roof."""
        return self.storeys_count * self.storey_height_m

    @property
    def outer_m2(self) -> float:
        """Outer walls with their windows."""
        return sum(each.outer_m2 for each in self.facades)

    @property
    def party_m2(self) -> float:
        """Walls that touch heated neighbours."""
        return sum(each.party_m2 for each in self.facades)

    @property
    def outer_perimeter_m(self) -> float:
        """Perimeter of a storey that is outdoors, the mean of the storeys."""
        return self.outer_m2 / self.height_m


def sector(azimuth_deg: float) -> float:
    """The nearest of the sixteen bearings."""
    return float(round(azimuth_deg / SECTOR_DEG) * SECTOR_DEG % _WHOLE_DEG)


def rectangle(area_m2: float, perimeter_m: float) -> tuple[float, float]:
    """Long and short side [m] of a rectangle of this area and perimeter.

    A body rounder than a square has no such rectangle: it becomes a square of its perimeter.
    """
    quarter = perimeter_m / 4
    root = max(quarter**2 - area_m2, 0.0) ** 0.5
    return quarter + root, quarter - root


def sides(
    long_m: float, short_m: float, party_m: float, height_m: float, azimuth_deg: float | None
) -> tuple[Facade, ...]:
    """Facades of a rectangle.

    Neighbours touch its short sides first, then the long ones. Without a bearing every side is
    taken to be spread evenly over the four quarters of the sky.
    """
    ends = min(party_m, 2 * short_m) / 2
    fronts = max(party_m - 2 * short_m, 0.0) / 2
    if azimuth_deg is None:
        length = (long_m + short_m) / 2
        touched = (ends + fronts) / 2
        return tuple(_side(each, length, touched, height_m) for each in NORTH_EAST_SOUTH_WEST)
    made = [
        _side(azimuth_deg + turn, *sizes, height_m)
        for turn, sizes in zip(
            NORTH_EAST_SOUTH_WEST, ((long_m, fronts), (short_m, ends)) * 2, strict=True
        )
    ]
    return tuple(sorted(made))


def _side(azimuth_deg: float, length_m: float, touched_m: float, height_m: float) -> Facade:
    outer_m = length_m - touched_m
    return Facade(sector(azimuth_deg), outer_m, outer_m * height_m, touched_m * height_m)
