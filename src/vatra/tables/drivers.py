"""What moves a city's emissions without its measures: people, floor area, weather, grid, prices."""

from vatra.tables.columns import Column, Table

# Those that scale activity, intensity or factors, and the prices that money is counted with.
DRIVERS = (
    "population",
    "floor_area",
    "degree_days",
    "activity",
    "intensity",
    "factor",
    "price",
    "ets2_price",
    "carbon_price",
)

TABLE = Table(
    name="drivers",
    file_name="drivers.csv",
    columns=(
        Column(
            "driver", "choice", required=True, key=True, choices=DRIVERS, vocabulary="path_driver"
        ),
        Column("use", "code", key=True, vocabulary="use"),
        Column("carrier", "code", key=True, vocabulary="carrier"),
        Column("year", "year", required=True, key=True),
        Column("amount", "number", required=True, becomes="amount_parameter"),
        Column("unit", "text", required=True),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
