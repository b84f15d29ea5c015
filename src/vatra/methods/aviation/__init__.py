"""Aviation: landing and take-off by type of aircraft, and the rest of the fuel."""

from vatra.methods.aviation.compute import emissions
from vatra.methods.base import ActivityMethod

METHOD = ActivityMethod(
    name="aviation",
    table="flights",
    gases=("CO2", "CH4", "N2O"),
    categories=("II.4.1", "II.4.3"),
    emissions=emissions,
    source="IPCC 2006, Volume 2, Chapter 3, Equations 3.6.1 to 3.6.5; GPC 1.1, Section 7.6",
)
