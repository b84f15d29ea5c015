"""Refrigerants: mass balance, or bank x leak, and blends by the species they hold."""

from vatra.methods.base import ActivityMethod
from vatra.methods.refrigerants.compute import emissions

METHOD = ActivityMethod(
    name="refrigerants",
    table="refrigerants",
    gases=("HFC", "PFC", "CO2"),
    categories=("IV.2.1",),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 3, Chapter 7, Equations 7.9 to 7.14",
)
