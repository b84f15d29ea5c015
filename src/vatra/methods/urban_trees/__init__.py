"""Trees of the town: carbon taken up by crown cover or by single trees."""

from vatra.methods.base import ActivityMethod
from vatra.methods.urban_trees.compute import emissions

METHOD = ActivityMethod(
    name="urban_trees",
    table="urban_trees",
    gases=("CO2",),
    categories=("V.2.1",),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 4, Chapter 8, Equations 8.2 and 8.3",
)
