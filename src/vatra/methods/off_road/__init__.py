"""Off-road machines: hours, power and load."""

from vatra.methods.base import ActivityMethod
from vatra.methods.off_road.compute import emissions

METHOD = ActivityMethod(
    name="off_road",
    table="off_road_machines",
    gases=("CO2", "CH4", "N2O"),
    categories=(
        *(f"I.{sub_sector}.{scope}" for sub_sector in (2, 3, 5) for scope in (1, 2)),
        *(f"II.5.{scope}" for scope in (1, 2, 3)),
    ),
    emissions=emissions,
    source="IPCC 2006 Guidelines, Volume 2, Chapter 3, Equation 3.3.3; GPC 1.1, Section 7.7",
)
