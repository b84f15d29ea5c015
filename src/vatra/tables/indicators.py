"""What the city measures itself by: where it began and where it is to come, and by when.

A further row of the same code with another target year is a milestone on the way; what such a row
leaves blank is as in the first row of the code.
"""

from vatra.tables.columns import Column, Table
from vatra.tables.vocabulary import SECTORS

DIRECTIONS = ("up", "down")

TABLE = Table(
    name="indicators",
    file_name="indicators.csv",
    # A baseline may be older than the base year of the inventory.
    history=True,
    columns=(
        Column("code", "text", required=True, key=True, aliases=("cod",)),
        Column("name_en", "text"),
        Column("name_ro", "text"),
        # Of both languages, such as MWh; a unit that is a word stands in the two beside it.
        Column("unit", "text"),
        Column("unit_en", "text"),
        Column("unit_ro", "text"),
        Column("action", "text"),
        Column("sector", "choice", choices=SECTORS, vocabulary="sector"),
        Column("baseline_year", "year"),
        Column("baseline_value", "number", may_be_negative=True, becomes="baseline_indicator"),
        Column("target_year", "year", required=True, key=True),
        Column(
            "target_value",
            "number",
            required=True,
            may_be_negative=True,
            becomes="target_indicator",
        ),
        Column("direction", "choice", choices=DIRECTIONS, vocabulary="indicator_direction"),
        Column("source", "text", required=True),
    ),
)
