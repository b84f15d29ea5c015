"""Industrial processes: production x factor, less what is abated."""

from vatra.methods.base import ActivityMethod
from vatra.methods.industrial_process.compute import emissions

METHOD = ActivityMethod(
    name="industrial_process",
    table="industrial_production",
    gases=("CO2", "CH4", "N2O", "HFC", "PFC", "SF6", "NF3"),
    categories=("IV.1.1",),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 3, Equations 2.4, 2.10, 3.1, 3.5, 4.4 and 6.1",
)
