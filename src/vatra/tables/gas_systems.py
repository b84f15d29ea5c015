"""Gas and oil that pass through systems in the city, or the pipes they leak from."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.units import DISTANCE, VOLUME

SEGMENTS = (
    "gas_distribution",
    "gas_transmission",
    "gas_transmission_venting",
    "gas_storage",
    "gas_processing",
    "gas_production",
    "gas_flaring",
    "oil_production",
    "oil_venting",
    "oil_flaring",
    "oil_pipeline",
    "oil_tank_car",
)
PIPES = ("steel_unprotected", "steel_protected", "plastic", "cast_iron")

TABLE = activity_table(
    "gas_systems",
    Column("segment", "choice", required=True, key=True, choices=SEGMENTS, vocabulary="segment"),
    # What passes through in a year, by throughput or by leak.
    Column("amount", "number", quantity=VOLUME, unit_column="unit", becomes="throughput_m3"),
    Column("unit", "text"),
    Column("leak_percent", "number"),
    # Or the length of pipes of one material.
    Column("length", "number", quantity=DISTANCE, unit_column="length_unit",
           becomes="pipes_km"),
    Column("length_unit", "text"),
    Column("pipe", "choice", key=True, choices=PIPES, vocabulary="pipe"),
)  # fmt: skip
