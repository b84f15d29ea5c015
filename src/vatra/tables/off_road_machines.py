"""Machines that work off the road: how many, how strong, how long."""

from vatra.tables.activity import activity_table, category
from vatra.tables.columns import Column

MACHINES = (
    "tractor",
    "excavator",
    "loader",
    "backhoe",
    "crane",
    "forklift",
    "generator",
    "lawn_mower",
    "other",
)

TABLE = activity_table(
    "off_road_machines",
    category(
        "II.5.1", "II.5.2", "II.5.3", "I.2.1", "I.2.2", "I.3.1", "I.3.2", "I.5.1", "I.5.2"
    ),
    Column("machine", "choice", required=True, key=True, choices=MACHINES, vocabulary="machine"),
    Column("carrier", "code", required=True, key=True, vocabulary="carrier"),
    Column("machines", "number", required=True, becomes="machines_count"),
    # Of one machine in the year.
    Column("hours", "number", required=True, becomes="yearly_hours"),
    Column("power", "number", required=True, becomes="power_kw"),
    Column("load_percent", "number", above_one=True),
    # Fuel per work at the shaft; blank for the default of the carrier.
    Column("consumption", "number", becomes="consumption_g_per_kwh_parameter"),
)  # fmt: skip
