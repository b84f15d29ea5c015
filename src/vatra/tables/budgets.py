"""What a payer can spend of its own in a year: capital, and people to do the work."""

from vatra.tables.columns import Column, Table
from vatra.units import CENTS_PER_EUR, MONEY

# Those that labels are known for; a pack may name others.
PAYERS = ("city", "households", "businesses", "utility", "state")

TABLE = Table(
    name="budgets",
    file_name="budgets.csv",
    columns=(
        Column("payer", "code", required=True, key=True, vocabulary="payer"),
        Column("year", "year", required=True, key=True),
        Column("capex_eur", "number", quantity=MONEY, becomes="capex_cents", scale=CENTS_PER_EUR),
        Column("staff_fte", "number", becomes="staff_count"),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
