"""Lamps of public lighting: how many, how strong, how long."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column

LAMPS = ("sodium", "mercury", "metal_halide", "fluorescent", "led", "other")
CARRIERS = ("electricity", "electricity_green")

TABLE = activity_table(
    "street_lighting",
    Column("lamp", "choice", required=True, key=True, choices=LAMPS, vocabulary="lamp"),
    Column("carrier", "choice", key=True, choices=CARRIERS, vocabulary="carrier",
           default="electricity"),
    Column("lamps", "number", required=True, becomes="lamps_count"),
    # Of the whole luminaire: lamp and ballast or driver.
    Column("power", "number", required=True, becomes="power_w"),
    Column("hours", "number", becomes="yearly_hours"),
    # Part of the energy of a year that dimming and switching off save.
    Column("dimming_percent", "number", above_one=True),
)  # fmt: skip
