"""Coal mined and handled in the city."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.units import MASS

STAGES = (
    "underground_mining",
    "underground_post_mining",
    "surface_mining",
    "surface_post_mining",
)

TABLE = activity_table(
    "coal_mining",
    Column("stage", "choice", required=True, key=True, choices=STAGES, vocabulary="coal_stage"),
    Column("amount", "number", required=True, quantity=MASS, unit_column="unit",
           becomes="coal_t"),
    Column("unit", "text", required=True),
    # Methane drained and used or flared; blank where none is.
    Column("recovered", "number", quantity=MASS, unit_column="recovered_unit",
           becomes="recovered_t"),
    Column("recovered_unit", "text"),
)  # fmt: skip
