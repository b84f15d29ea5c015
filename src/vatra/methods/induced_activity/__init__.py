"""Road traffic that a city causes: half of each trip that crosses its limits."""

from vatra.methods.base import ActivityMethod
from vatra.methods.induced_activity.compute import emissions

METHOD = ActivityMethod(
    name="induced_activity",
    table="trips",
    gases=("CO2", "CH4", "N2O"),
    categories=("II.1.1", "II.1.2", "II.1.3"),
    emissions=emissions,
    source="GPC 1.1, Section 7.3 (induced activity)",
)
