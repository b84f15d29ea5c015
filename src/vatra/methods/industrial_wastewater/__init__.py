"""Industrial wastewater: oxygen demand x capacity x treatment."""

from vatra.methods.base import ActivityMethod
from vatra.methods.industrial_wastewater.compute import emissions

METHOD = ActivityMethod(
    name="industrial_wastewater",
    table="industrial_wastewater",
    gases=("CH4",),
    categories=("III.4.1", "III.4.2", "III.4.3"),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 5, Chapter 6, Equations 6.4 to 6.6; GPC 1.1, Equation 8.9",
)
