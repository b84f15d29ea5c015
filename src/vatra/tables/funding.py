"""Where money can come from: programmes, loans and own funds, with what binds each of them."""

from vatra.tables.columns import Column, Table
from vatra.units import CENTS_PER_EUR, MONEY

INSTRUMENTS = (
    "own_budget",
    "eu_grant",
    "national_grant",
    "loan",
    "bond",
    "esco",
    "owners_fund",
    "ppp",
    "private",
    "carbon_revenue",
)

TABLE = Table(
    name="funding",
    file_name="funding.csv",
    # A programme may have opened before the base year.
    history=True,
    columns=(
        Column("code", "text", required=True, key=True),
        Column("name_en", "text", required=True),
        Column("name_ro", "text", required=True),
        Column("instrument", "choice", required=True, choices=INSTRUMENTS, vocabulary="instrument"),
        # Blank: nobody has said how much there is.
        Column("ceiling_eur", "number", quantity=MONEY, becomes="ceiling_cents",
               scale=CENTS_PER_EUR),
        Column("first_year", "year"),
        Column("last_year", "year"),
        # Of the cost of an action; blank: all of it.
        Column("intensity_max_percent", "number", above_one=True),
        Column("eligible", "text"),
        Column("payers", "text"),
        Column("interest_percent", "number"),
        Column("term_years", "number"),
        Column("grace_years", "number"),
        Column("excludes", "text"),
        Column("stack_limit_percent", "number", above_one=True),
        Column("priority", "number", becomes="priority_count"),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)  # fmt: skip
