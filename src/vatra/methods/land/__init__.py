"""Land: carbon gained and lost by forests, by land that changes use and by soils."""

from vatra.methods.base import ActivityMethod
from vatra.methods.land.compute import emissions

METHOD = ActivityMethod(
    name="land",
    table="land_use",
    gases=("CO2",),
    categories=("V.2.1",),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 4, Chapter 2, Equations 2.7 to 2.16 and 2.25",
)
