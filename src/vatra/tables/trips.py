"""Trips between zones in a year, by vehicle and carrier: an origin-destination matrix as rows."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.tables.vehicle_activity import VEHICLES
from vatra.units import DISTANCE
from vatra.units.traffic import CONSUMPTION_UNITS

# Whether an end of the trip lies in the city.
SIDES = ("inside", "outside")

TABLE = activity_table(
    "trips",
    Column("origin", "code", required=True, key=True),
    Column("destination", "code", required=True, key=True),
    Column("origin_side", "choice", required=True, choices=SIDES, vocabulary="side"),
    Column("destination_side", "choice", required=True, choices=SIDES, vocabulary="side"),
    Column("vehicle", "choice", required=True, key=True, choices=VEHICLES, vocabulary="vehicle"),
    Column("carrier", "code", required=True, key=True, vocabulary="carrier"),
    Column("trips", "number", required=True, becomes="trips_count"),
    Column("length", "number", required=True, quantity=DISTANCE, unit_column="unit",
           becomes="length_km"),
    # The part of one trip that lies in the city; blank for trips that never leave it.
    Column("inside", "number", quantity=DISTANCE, unit_column="unit", becomes="inside_km"),
    Column("unit", "text"),
    Column("consumption", "number", becomes="consumption_parameter"),
    Column("consumption_unit", "choice", choices=CONSUMPTION_UNITS),
)  # fmt: skip
