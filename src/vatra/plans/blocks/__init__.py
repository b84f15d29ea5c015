"""Blocks: what a heated building needs in each hour of a year, from what it is made of."""

from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.blocks.climate.epw import read_epw
from vatra.plans.blocks.climate.future import Scenario, scenario_of, scenarios
from vatra.plans.blocks.climate.pvgis import read_pvgis
from vatra.plans.blocks.climate.synthetic import Place, places, synthetic_climate
from vatra.plans.blocks.climate.weather import read_weather
from vatra.plans.blocks.engines.comfort import Comfort, comfort
from vatra.plans.blocks.engines.ground import slab_u_w_m2k
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
    Ground,
    Layer,
    Mass,
    Night,
    Shade,
    Space,
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
    "Comfort",
    "Control",
    "Element",
    "Engine",
    "Ground",
    "Hours",
    "Layer",
    "Mass",
    "Needs",
    "Night",
    "Place",
    "Plane",
    "Scenario",
    "Shade",
    "Sky",
    "Space",
    "Window",
    "Zone",
    "comfort",
    "missing_packages",
    "parse_zone",
    "places",
    "read_epw",
    "read_pvgis",
    "read_weather",
    "read_zone",
    "scenario_of",
    "scenarios",
    "simulate",
    "slab_u_w_m2k",
    "synthetic_climate",
]
