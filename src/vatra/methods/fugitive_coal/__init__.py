"""Methane of coal: mining, and what comes out on the way to the user."""

from vatra.methods.base import ActivityMethod
from vatra.methods.fugitive_coal.compute import emissions

METHOD = ActivityMethod(
    name="fugitive_coal",
    table="coal_mining",
    gases=("CO2", "CH4"),
    categories=("I.7.1",),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 2, Chapter 4, Equations 4.1.1 to 4.1.8",
)
