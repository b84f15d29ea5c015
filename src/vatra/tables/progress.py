"""What was done of the plan, year by year; a row without an action marks a measured inventory."""

from vatra.tables.columns import Column, Table
from vatra.units import CENTS_PER_EUR, MONEY

STATUSES = ("planned", "started", "delayed", "done", "cancelled", "measured")

TABLE = Table(
    name="progress",
    file_name="progress.csv",
    columns=(
        Column("action", "text", key=True),
        Column("year", "year", required=True, key=True, aliases=("an",)),
        Column("adoption_percent", "number", above_one=True),
        Column("spent_eur", "number", quantity=MONEY, becomes="spent_cents", scale=CENTS_PER_EUR),
        # What was bound by contract in the year, spent or not yet.
        Column(
            "committed_eur",
            "number",
            quantity=MONEY,
            becomes="committed_cents",
            scale=CENTS_PER_EUR,
        ),
        Column("status", "choice", required=True, choices=STATUSES, vocabulary="progress_status"),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
