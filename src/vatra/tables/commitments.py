"""Who promises what until when, with a quantity where there is one."""

from vatra.tables.columns import Column, Table

TABLE = Table(
    name="commitments",
    file_name="commitments.csv",
    # A promise may reach beyond the target year.
    history=True,
    columns=(
        Column("code", "text", required=True, key=True),
        Column("who", "text", required=True),
        Column("what_ro", "text", required=True),
        Column("what_en", "text"),
        Column("until_year", "year", required=True),
        Column("amount", "number", becomes="promised_indicator"),
        Column("unit", "text"),
        # Code of the action or measure that the promise belongs to.
        Column("action", "text"),
        Column("source", "text"),
    ),
)
