"""Zones and climates that several tests share; they need numpy alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from vatra.plans.blocks import (
    Air,
    Climate,
    Control,
    Element,
    Layer,
    Mass,
    Plane,
    Window,
    Zone,
)
from vatra.plans.blocks.engines.drive import Surroundings, planes_of
from vatra.plans.blocks.sun.plane import isotropic

ZONES = Path(__file__).parent / "zones"
ALWAYS_20 = Control((20.0,) * 24)
SOUTH, ROOF = Plane(90.0, 180.0), Plane(0.0)
# Denver: air against sea level.
THIN_AIR = 0.828
PLASTER, QUILT = Layer(0.012, 0.16, 950, 840), Layer(0.066, 0.04, 12, 840)
SIDING = Layer(0.009, 0.14, 530, 900)
ROOF_LAYERS = (Layer(0.010, 0.16, 950, 840), Layer(0.1118, 0.04, 12, 840),
               Layer(0.019, 0.14, 530, 900))  # fmt: skip
LIGHT_WALL, HEAVY_WALL = (
    (PLASTER, QUILT, SIDING),
    (Layer(0.100, 0.51, 1400, 1000), Layer(0.0615, 0.04, 10, 1400), SIDING),
)
LIGHT_FLOOR, HEAVY_FLOOR = (
    (Layer(0.025, 0.14, 650, 1200), Layer(1.003, 0.04, 10, 1400)),
    (Layer(0.080, 1.13, 1400, 1000), Layer(1.007, 0.04, 10, 1400)),
)


def steady_climate(outdoors_c: float) -> Climate:
    """The same temperature all year, and no sun."""
    none = np.zeros(8760)
    return Climate("steady", 45.0, 25.0, 2.0, 100.0, none + outdoors_c, none, none, none)


def wave_climate() -> Climate:
    """A clear year: temperature in a yearly and a daily wave, sun by a simple rule."""
    hour = np.arange(8760)
    yearly, daily = np.cos(2 * np.pi * (hour / 8760 - 0.05)), np.cos(2 * np.pi * (hour - 15) / 24)
    up = np.maximum(-np.cos(2 * np.pi * hour / 24), 0.0)
    return Climate("wave", 45.0, 25.0, 2.0, 100.0, 10 - 12 * yearly + 4 * daily,
                   500 * (up > 0.2), 90 * up, 90 * up + 500 * up * (up > 0.2))  # fmt: skip


def around(zone: Zone, climate: Climate) -> Surroundings:
    """A climate and its sun on a zone, without pvlib."""
    return Surroundings(climate, isotropic(climate, planes_of(zone)))


def box(**changes: object) -> Zone:
    """A small room: a south wall with a window, a roof, nothing else."""
    zone = Zone(
        name="box",
        floor_m2=20.0,
        volume_m3=50.0,
        elements=(Element("south", 10.0, 0.5, SOUTH), Element("roof", 20.0, 0.3, ROOF)),
        windows=(Window("window", 3.0, 2.0, 0.6, SOUTH),),
        heating=ALWAYS_20,
        cooling=Control((26.0,) * 24),
    )
    return replace(zone, **changes)  # type: ignore[arg-type]


def bestest(heavy: bool, *, floor_to_outdoors: bool = False) -> Zone:
    """Case 600 or 900 of ANSI/ASHRAE 140: 8 x 6 x 2.7 m, 12 m2 of glass to the south.

    ``floor_to_outdoors`` as in the parameters of 5R1C that are published for it; the case itself
    puts the floor on ground of 10 degC.
    """
    wall, floor = (HEAVY_WALL, HEAVY_FLOOR) if heavy else (LIGHT_WALL, LIGHT_FLOOR)
    areas = {0.0: 21.6, 90.0: 16.2, 180.0: 9.6, 270.0: 16.2}
    walls = tuple(
        Element(f"wall {azimuth:.0f}", area, 0.53, Plane(90.0, azimuth), layers=wall)
        for azimuth, area in areas.items()
    )
    ground = Element("floor", 48.0, 0.038, Plane(180.0), boundary="ground", layers=floor,
                     beyond_c=None if floor_to_outdoors else 10.0)  # fmt: skip
    return Zone(
        name="900" if heavy else "600",
        floor_m2=48.0,
        volume_m3=129.6,
        elements=(*walls, Element("roof", 48.0, 0.33, ROOF, layers=ROOF_LAYERS), ground),
        windows=(
            Window("glass", 12.0, 3.1, 0.769, SOUTH, frame_share=0.0, angular=True),
        ),
        air=Air(0.5, density_share=THIN_AIR),
        gains_w_m2=(200 / 48,) * 24,
        gains_convective_share=0.4,
        # An empty room: no furniture takes up sun, the air alone swings with it.
        sun_convective_share=0.0,
        inside_j_m2k=1200 * THIN_AIR * 2.7,
        heating=ALWAYS_20,
        cooling=Control((27.0,) * 24),
        mass=Mass(c_j_m2k=307_750, area_share=2.43) if heavy else
        Mass(c_j_m2k=42_167, area_share=2.95),
        h_is_w_m2k=2.1,
        # Its inner surfaces: 171.6 m2.
        surfaces_share=171.6 / 48,
    )  # fmt: skip
