"""Landfill: first-order decay of what was ever buried, or methane commitment of what is."""

from vatra.methods.base import ActivityMethod
from vatra.methods.landfill.compute import emissions

METHOD = ActivityMethod(
    name="landfill",
    table="solid_waste",
    gases=("CH4",),
    categories=("III.1.1", "III.1.2", "III.1.3"),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 5, Chapter 3, Equations 3.1 to 3.6 and Annex 3A.1; "
    "GPC 1.1, Equations 8.1 to 8.4",
)
