"""Public lighting: lamps, power and hours."""

from vatra.methods.base import ActivityMethod
from vatra.methods.public_lighting.compute import emissions

METHOD = ActivityMethod(
    name="public_lighting",
    table="street_lighting",
    gases=("CO2", "CH4", "N2O"),
    categories=("I.2.2",),
    emissions=emissions,
    source="GPC 1.1, Chapter 6; EN 13201-5:2015, Road lighting, energy performance indicators",
)
