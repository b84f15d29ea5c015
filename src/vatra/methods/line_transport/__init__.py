"""Rail and water transport: energy of a line, divided at the limits of the city."""

from vatra.methods.base import ActivityMethod
from vatra.methods.line_transport.compute import emissions

METHOD = ActivityMethod(
    name="line_transport",
    table="line_transport",
    gases=("CO2", "CH4", "N2O"),
    categories=tuple(f"II.{sub_sector}.{scope}" for sub_sector in (2, 3) for scope in (1, 2, 3)),
    emissions=emissions,
    source="GPC 1.1, Sections 7.4 and 7.5; IPCC 2006, Volume 2, Chapter 3, Equations 3.4.1, 3.5.1",
)
