"""Managed soils: N2O of nitrogen, CO2 of lime and urea, burning in the field."""

from vatra.methods.base import ActivityMethod
from vatra.methods.soils.compute import emissions

METHOD = ActivityMethod(
    name="soils",
    table="soil_inputs",
    gases=("CO2", "CH4", "N2O"),
    categories=("V.3.1",),
    emissions=emissions,
    source=(
        "IPCC 2006 Guidelines, Volume 4, Chapter 11, Equations 11.1, 11.9, 11.10, 11.12 and "
        "11.13; Chapter 2, Equation 2.27"
    ),
)
