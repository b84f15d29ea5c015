"""Energy of trains, trams, ferries and boats on lines that the city shares with others."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.units import DISTANCE, ENERGY

RAIL = ("train", "tram", "metro", "freight_train")
WATER = ("ferry", "river_ship", "boat")

TABLE = activity_table(
    "line_transport",
    Column("mode", "choice", required=True, key=True, choices=(*RAIL, *WATER), vocabulary="mode"),
    Column("carrier", "code", required=True, key=True, vocabulary="carrier"),
    Column("amount", "number", required=True, quantity=ENERGY, unit_column="unit",
           becomes="energy_mwh"),
    Column("unit", "text", required=True),
    Column("length", "number", required=True, quantity=DISTANCE, unit_column="line_unit",
           becomes="line_km"),
    Column("inside", "number", required=True, quantity=DISTANCE, unit_column="line_unit",
           becomes="inside_km"),
    Column("line_unit", "text"),
    # Part of the journey outside that the city answers for; blank: II.2.3 is not estimated.
    Column("outside_percent", "number"),
)  # fmt: skip
