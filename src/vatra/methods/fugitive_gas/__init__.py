"""Gas and oil that escape from wells, plants and pipes."""

from vatra.methods.base import ActivityMethod
from vatra.methods.fugitive_gas.compute import emissions

METHOD = ActivityMethod(
    name="fugitive_gas",
    table="gas_systems",
    gases=("CO2", "CH4", "N2O"),
    categories=("I.8.1",),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 2, Chapter 4, Equation 4.2.1 and Table 4.2.4",
)
