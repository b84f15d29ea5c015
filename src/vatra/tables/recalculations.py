"""The log of base-year recalculations: what moved the base year, when and why."""

from vatra.tables.columns import Column, Table
from vatra.units import EMISSION, MG_PER_T

REASONS = ("method", "factor", "boundary", "error")

TABLE = Table(
    name="recalculations",
    file_name="recalculations.csv",
    # A log is older than the years that the pack asks about today.
    history=True,
    columns=(
        Column("date", "text", required=True, key=True),
        Column("base_year", "year", required=True, key=True),
        Column(
            "old_t",
            "number",
            required=True,
            quantity=EMISSION,
            becomes="old_mg",
            scale=MG_PER_T,
            may_be_negative=True,
        ),
        Column(
            "new_t",
            "number",
            required=True,
            quantity=EMISSION,
            becomes="new_mg",
            scale=MG_PER_T,
            may_be_negative=True,
        ),
        Column(
            "reason",
            "choice",
            required=True,
            key=True,
            choices=REASONS,
            vocabulary="recalculation_reason",
        ),
        Column("note", "text", required=True),
        Column("old_seal", "text", required=True, key=True),
        Column("new_seal", "text", required=True, key=True),
    ),
)
