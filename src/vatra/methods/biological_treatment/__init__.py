"""Biological treatment: waste x factor - methane recovered."""

from vatra.methods.base import ActivityMethod
from vatra.methods.biological_treatment.compute import emissions

METHOD = ActivityMethod(
    name="biological_treatment",
    table="biological_treatment",
    gases=("CH4", "N2O"),
    categories=("III.2.1", "III.2.2", "III.2.3"),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 5, Chapter 4, Equations 4.1 and 4.2, Table 4.1; "
    "GPC 1.1, Equation 8.5",
)
