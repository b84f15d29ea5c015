"""What unsorted waste is made of, from a year on; the shares of a year and item are a whole."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.tables.waste import SORTED
from vatra.units import SHARE

TABLE = activity_table(
    "waste_composition",
    Column(
        "waste_type", "choice", required=True, key=True, choices=SORTED, vocabulary="waste_type"
    ),
    Column(
        "share", "number", required=True, quantity=SHARE, unit_column="unit", becomes="waste_share"
    ),
    Column("unit", "text", required=True),
    history=True,
)
