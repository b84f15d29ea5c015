"""What a city has that measures are counted in: floor area, lamps, buses, passenger-kilometres."""

from vatra.tables.columns import Column, Table

TABLE = Table(
    name="stocks",
    file_name="stocks.csv",
    columns=(
        Column("stock", "code", required=True, key=True, vocabulary="stock"),
        Column("use", "code", key=True, vocabulary="use"),
        Column("amount", "number", required=True, becomes="amount_parameter"),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
