"""Livestock: CH4 of digestion and manure, N2O of manure kept and dropped on pasture."""

from vatra.methods.base import ActivityMethod
from vatra.methods.livestock.compute import emissions

METHOD = ActivityMethod(
    name="livestock",
    table="livestock",
    gases=("CH4", "N2O"),
    categories=("V.1.1", "V.3.1"),
    emissions=emissions,
    source=(
        "IPCC 2006 Guidelines, Volume 4, Chapter 10, Equations 10.19, 10.22, 10.25 to 10.27 and "
        "10.30; Chapter 11, Equations 11.1, 11.9 and 11.10"
    ),
)
