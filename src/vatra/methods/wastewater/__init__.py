"""Domestic wastewater: methane by treatment, nitrous oxide by the nitrogen of people."""

from vatra.methods.base import ActivityMethod
from vatra.methods.wastewater.compute import emissions

METHOD = ActivityMethod(
    name="wastewater",
    table="wastewater",
    gases=("CH4", "N2O"),
    categories=("III.4.1", "III.4.2", "III.4.3"),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 5, Chapter 6, Equations 6.1 to 6.3, 6.7 and 6.8; "
    "IPCC 2019 Refinement, Equations 6.8 to 6.10; GPC 1.1, Equations 8.9 to 8.11",
)
