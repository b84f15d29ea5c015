"""Kilometres driven on roads, by vehicle and carrier: the rows of the ASIF method."""

from vatra.tables.activity import activity_table, category
from vatra.tables.columns import Column
from vatra.units.traffic import CONSUMPTION_UNITS, TRAFFIC

# Trams run on rails and stand in line_transport, as the protocol has it.
VEHICLES = ("car", "taxi", "bus", "trolleybus", "minibus", "motorcycle", "van", "truck")

TABLE = activity_table(
    "vehicle_activity",
    category("II.1.1", "II.1.2", "II.1.3"),
    Column("vehicle", "choice", required=True, key=True, choices=VEHICLES, vocabulary="vehicle"),
    Column("carrier", "code", required=True, key=True, vocabulary="carrier"),
    Column(
        "amount",
        "number",
        required=True,
        quantity=TRAFFIC,
        unit_column="unit",
        becomes="traffic_km",
    ),
    Column("unit", "text", required=True),
    # Passengers or tonnes aboard a vehicle, where the traffic is given in them.
    Column("load", "number", becomes="load_parameter"),
    Column("consumption", "number", becomes="consumption_parameter"),
    Column("consumption_unit", "choice", choices=CONSUMPTION_UNITS),
)
