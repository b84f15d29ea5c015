"""Blocks: what a heated building needs in each hour of a year, from what it is made of."""

from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.blocks.climate.epw import read_epw
from vatra.plans.blocks.climate.synthetic import Place, places, synthetic_climate
from vatra.plans.blocks.engines.hours import Hours
from vatra.plans.blocks.simulate import (
    ENGINES,
    SKIES,
    Engine,
    Needs,
    Sky,
    missing_packages,
    simulate,
)
from vatra.plans.blocks.sun.plane import Plane
from vatra.plans.blocks.zone.read import parse_zone, read_zone
from vatra.plans.blocks.zone.zone import (
    OFF,
    Air,
    Bridge,
    Control,
    Element,
    Layer,
    Mass,
    Night,
    Shade,
    Window,
    Zone,
)

__all__ = [
    "ENGINES",
    "OFF",
    "SKIES",
    "Air",
    "Bridge",
    "Climate",
    "Control",
    "Element",
    "Engine",
    "Hours",
    "Layer",
    "Mass",
    "Needs",
    "Night",
    "Place",
    "Plane",
    "Shade",
    "Sky",
    "Window",
    "Zone",
    "missing_packages",
    "parse_zone",
    "places",
    "read_epw",
    "read_zone",
    "simulate",
    "synthetic_climate",
]
