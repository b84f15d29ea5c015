"""Incineration and open burning: carbon burnt, methane and nitrous oxide by furnace."""

from vatra.methods.base import ActivityMethod
from vatra.methods.incineration.compute import emissions

METHOD = ActivityMethod(
    name="incineration",
    table="incineration",
    gases=("CO2", "CH4", "N2O"),
    categories=("III.3.1", "III.3.2", "III.3.3", "I.4.1", "I.4.4"),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 5, Chapter 5, Equations 5.1, 5.4 and 5.5; "
    "GPC 1.1, Equations 8.6 to 8.8",
)
