"""Road traffic: activity, structure, intensity, fuel (ASIF)."""

from vatra.methods.base import ActivityMethod
from vatra.methods.road_asif.compute import emissions

METHOD = ActivityMethod(
    name="road_asif",
    table="vehicle_activity",
    gases=("CO2", "CH4", "N2O"),
    categories=("II.1.1", "II.1.2", "II.1.3"),
    emissions=emissions,
    source="GPC 1.1, Section 7.3 (ASIF); Schipper et al. (2000)",
)
