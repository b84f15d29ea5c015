"""Parameters of methods that a city measured itself; they come before the defaults of the book."""

from vatra.tables.columns import Column, Table

TABLE = Table(
    name="parameters",
    file_name="parameters.csv",
    columns=(
        Column("set", "code", required=True, key=True, default="local"),
        Column("parameter", "text", required=True, key=True),
        Column("key", "text", key=True),
        Column("year_from", "year", key=True),
        Column("year_to", "year"),
        Column("amount", "number", required=True, may_be_negative=True, becomes="amount_parameter"),
        Column("low", "number", may_be_negative=True, becomes="low_parameter"),
        Column("high", "number", may_be_negative=True, becomes="high_parameter"),
        Column("unit", "text", required=True),
        Column("source", "text", required=True),
        Column("page", "text"),
        Column("note", "text"),
    ),
)
