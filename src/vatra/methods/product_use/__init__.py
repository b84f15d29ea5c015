"""Product use: lubricants and wax, N2O, SF6 of switchgear."""

from vatra.methods.base import ActivityMethod
from vatra.methods.product_use.compute import emissions

METHOD = ActivityMethod(
    name="product_use",
    table="product_use",
    gases=("CO2", "N2O", "SF6"),
    categories=("IV.2.1",),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 3, Equations 5.2, 5.4, 8.1 and 8.24",
)
