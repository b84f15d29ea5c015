"""Waste composted or digested."""

from vatra.tables.activity import activity_table, category
from vatra.tables.columns import Column
from vatra.tables.waste import BASES, PROCESSES
from vatra.units import MASS

TABLE = activity_table(
    "biological_treatment",
    category("III.2.1", "III.2.2", "III.2.3"),
    Column(
        "process",
        "choice",
        required=True,
        key=True,
        choices=PROCESSES,
        vocabulary="biological_process",
    ),
    Column("basis", "choice", required=True, key=True, choices=BASES, vocabulary="waste_basis"),
    Column("amount", "number", required=True, quantity=MASS, unit_column="unit", becomes="waste_t"),
    Column("unit", "text", required=True),
    Column("recovered_ch4_t", "number"),
)
