"""Where the heat of a building goes and comes from on the days on which it is heated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks import Element, Zone
from vatra.plans.blocks.engines.rc5 import air_w_k
from vatra.web.blocks.folders import BlockYear

# In the order in which they are told.
OUT = ("wall", "window", "roof", "floor", "bridge", "air")
IN = ("heating", "sun", "gains")


def part_of(element: Element) -> str:
    """Wall, roof or floor, by where it looks."""
    if element.plane.tilt_deg >= 135:
        return "floor"
    return "roof" if element.plane.tilt_deg <= 45 else "wall"


def conductance_w_k(element: Element) -> float:
    """What an opaque element lets through per kelvin between indoors and outdoors."""
    return (
        0.0
        if element.boundary == "adjacent"
        else element.area_m2 * element.u_w_m2k * element.b_share
    )


def conductances_w_k(zone: Zone) -> dict[str, float]:
    """Conductance of each part of a zone, the air change among them."""
    found = dict.fromkeys(OUT, 0.0)
    for element in zone.elements:
        found[part_of(element)] += conductance_w_k(element)
    for window in zone.windows:
        found["window"] += window.area_m2 * window.u_w_m2k
    for bridge in zone.bridges:
        found["bridge"] += bridge.psi_w_mk * bridge.length_m * bridge.b_share
    found["air"] = air_w_k(zone, zone.air.change_per_h)
    return found


@dataclass(frozen=True)
class HeatBalance:
    """Heat of the days with heating [Wh]: what goes out by part, what comes in by source.

    ``days_count`` how many days are heated.
    """

    days_count: int
    out_wh: dict[str, int]
    in_wh: dict[str, int]

    @property
    def lost_wh(self) -> int:
        """All that goes out."""
        return sum(self.out_wh.values())

    @property
    def stored_wh(self) -> int:
        """What comes in and does not go out on these days."""
        return sum(self.in_wh.values()) - self.lost_wh


def heat_balance(year: BlockYear) -> HeatBalance:
    """The balance of a building's heated days.

    What goes through the envelope is shared among its parts by their conductance, since all of
    them part the same indoors from the same outdoors.
    """
    hours = (year.needs.hours or ())[0]
    day_heat = hours.heating_w.reshape(365, 24).sum(axis=1)
    heated = np.repeat(day_heat > 0, 24)
    te_c, zone = year.needs.climate.dry_bulb_c, year.zone
    conductances = conductances_w_k(zone)
    air_wh = float((conductances["air"] * (hours.air_c - te_c))[heated].sum())
    envelope_wh = float(hours.lost_w[heated].sum()) - air_wh
    envelope = {name: value for name, value in conductances.items() if name != "air"}
    whole = sum(envelope.values()) or 1.0
    out = {name: envelope_wh * value / whole for name, value in envelope.items()}
    gains = float(np.tile(np.array(zone.gains_w_m2, float), 365)[heated].sum()) * zone.floor_m2
    come = {
        "heating": float(hours.heating_w[heated].sum()),
        "sun": float(hours.let_in_w[heated].sum()) - gains,
        "gains": gains,
    }
    return HeatBalance(
        int((day_heat > 0).sum()),
        {name: round(value) for name, value in {**out, "air": air_wh}.items()},
        {name: round(value) for name, value in come.items()},
    )
