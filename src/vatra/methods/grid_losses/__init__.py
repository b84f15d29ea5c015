"""Losses of networks: energy generated for the city that never arrives."""

from vatra.methods.base import ActivityMethod
from vatra.methods.grid_losses.compute import emissions
from vatra.tables.network_losses import SUB_SECTORS

METHOD = ActivityMethod(
    name="grid_losses",
    table="network_losses",
    gases=("CO2", "CH4", "N2O"),
    categories=tuple(f"{sub_sector}.3" for sub_sector in SUB_SECTORS),
    emissions=emissions,
    source="GPC 1.1, Chapter 6",
)
