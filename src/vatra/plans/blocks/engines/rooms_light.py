"""Light that passes from one room into another."""

from __future__ import annotations

from vatra.plans.blocks.engines.drive import MEAN_ANGLE_SHARE
from vatra.plans.blocks.zone.zone import Window


def passing_share(window: Window, surfaces_m2: float) -> float:
    """How much of the sun in a room goes on through a pane into the next: by the pane's share of
    all ``surfaces_m2`` of that room, as if the light there came from everywhere."""
    glass_m2 = window.area_m2 * (1 - window.frame_share) * window.shading_share
    return min(MEAN_ANGLE_SHARE * window.g_share * glass_m2 / surfaces_m2, 1.0)
