"""Energy used, by year, sector, carrier and scope: the rows most of an inventory comes from."""

from vatra.tables.columns import Column, Table
from vatra.tables.gpc import sub_sectors
from vatra.tables.vocabulary import QUALITIES, SECTORS
from vatra.units import ENERGY, WH_PER_MWH

TABLE = Table(
    name="energy",
    file_name="energy.csv",
    required=True,
    columns=(
        Column("year", "year", required=True, key=True, aliases=("an",)),
        Column("sector", "choice", required=True, key=True, choices=SECTORS, vocabulary="sector"),
        Column("carrier", "code", required=True, key=True, vocabulary="carrier"),
        Column("scope", "choice", required=True, key=True, choices=("1", "2", "3")),
        Column(
            "sub_sector",
            "choice",
            key=True,
            choices=tuple(each for each in sub_sectors() if each.startswith(("I.", "II."))),
            vocabulary="sub_sector",
        ),
        Column("locality", "code", key=True),
        Column("item", "text", key=True),
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
        Column("quality", "choice", choices=QUALITIES, vocabulary="quality"),
        Column("doubt_percent", "number"),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
