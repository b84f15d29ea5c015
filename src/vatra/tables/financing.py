"""Who pays for an action, and which sources a city has already fixed for it."""

from vatra.tables.columns import Column, Table
from vatra.units import CENTS_PER_EUR, MONEY

TABLE = Table(
    name="financing",
    file_name="financing.csv",
    columns=(
        Column("action", "text", required=True, key=True),
        # A row names a payer (its share of the capital) or a source of ``funding.csv``.
        Column("payer", "code", key=True, vocabulary="payer"),
        Column("funding", "text", key=True),
        Column("share_percent", "number", above_one=True),
        Column("amount_eur", "number", quantity=MONEY, becomes="amount_cents",
               scale=CENTS_PER_EUR),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)  # fmt: skip
