"""Energy totals as a contract prints them, by year and sector."""

from vatra.tables.columns import Column, Table
from vatra.tables.vocabulary import SECTORS
from vatra.units import ENERGY, WH_PER_MWH

TABLE = Table(
    name="published_energy",
    file_name="published_energy.csv",
    columns=(
        Column("year", "year", required=True, key=True),
        Column("sector", "choice", key=True, choices=SECTORS, vocabulary="sector"),
        Column(
            "amount",
            "number",
            required=True,
            quantity=ENERGY,
            unit_column="unit",
            becomes="energy_wh",
            scale=WH_PER_MWH,
        ),
        Column("unit", "text", required=True),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
