"""What energy serves: a sub-sector's energy divided into uses, by carrier."""

from vatra.tables.columns import Column, Table
from vatra.tables.gpc import sub_sectors
from vatra.tables.vocabulary import SECTORS

TABLE = Table(
    name="uses",
    file_name="uses.csv",
    columns=(
        Column("use", "code", required=True, key=True, vocabulary="use"),
        Column("sector", "choice", required=True, key=True, choices=SECTORS, vocabulary="sector"),
        Column(
            "sub_sector", "choice", key=True, choices=tuple(sub_sectors()), vocabulary="sub_sector"
        ),
        Column("carrier", "code", key=True, vocabulary="carrier"),
        Column("share_percent", "number", required=True, above_one=True),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
