"""What was measured of each indicator, by year or by quarter."""

from vatra.tables.columns import Column, Table

QUARTERS = ("1", "2", "3", "4")

TABLE = Table(
    name="indicator_values",
    file_name="indicator_values.csv",
    history=True,
    columns=(
        Column("indicator", "text", required=True, key=True),
        Column("year", "year", required=True, key=True, aliases=("an",)),
        Column("quarter", "choice", key=True, choices=QUARTERS, aliases=("trimestru",)),
        Column("value", "number", required=True, may_be_negative=True, becomes="value_indicator"),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
