"""How many buildings of each type a city has, where nobody listed them one by one."""

from vatra.tables.activity import ABOUT, ITEM
from vatra.tables.columns import Column, Table

TABLE = Table(
    name="building_counts",
    file_name="building_counts.csv",
    columns=(
        Column("quarter", "code", required=True, key=True),
        Column("archetype", "code", required=True, key=True, vocabulary="archetype"),
        ITEM,
        Column("blocks_count", "number", required=True),
        Column("flats_count", "number", required=True),
        Column("heated_m2", "number", required=True),
        *ABOUT,
    ),
)
