"""Waste burnt, wet weight, by kind of waste and furnace.

``energy_recovered`` decides where it counts: ``no`` stays waste, ``yes`` is fuel of the city's
energy industries (I.4.1), ``grid`` energy sold to a network (I.4.4, territorial only).
"""

from vatra.tables.activity import activity_table, category
from vatra.tables.columns import Column
from vatra.tables.waste import BURNT_ONLY, SORTED, TECHNOLOGIES
from vatra.units import MASS

TABLE = activity_table(
    "incineration",
    category("III.3.1", "III.3.2", "III.3.3"),
    Column(
        "technology",
        "choice",
        required=True,
        key=True,
        choices=TECHNOLOGIES,
        vocabulary="waste_furnace",
    ),
    Column(
        "waste_type",
        "choice",
        required=True,
        key=True,
        choices=(*SORTED, *BURNT_ONLY, "bulk"),
        vocabulary="waste_type",
    ),
    Column(
        "energy_recovered",
        "choice",
        required=True,
        key=True,
        choices=("no", "yes", "grid"),
        vocabulary="energy_recovered",
    ),
    Column("amount", "number", required=True, quantity=MASS, unit_column="unit", becomes="waste_t"),
    Column("unit", "text", required=True),
)
