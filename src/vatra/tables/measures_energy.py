"""Energy each measure removes or replaces, by carrier, as its action outline prints it."""

from vatra.tables.columns import Column, Table
from vatra.units import ENERGY, WH_PER_MWH

TABLE = Table(
    name="measures_energy",
    file_name="measures_energy.csv",
    columns=(
        Column("code", "text", required=True, key=True),
        Column("carrier", "code", required=True, key=True, vocabulary="carrier"),
        Column(
            "amount",
            "number",
            required=True,
            quantity=ENERGY,
            unit_column="unit",
            becomes="energy_wh",
            scale=WH_PER_MWH,
            may_be_negative=True,
        ),
        Column("unit", "text", required=True),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
