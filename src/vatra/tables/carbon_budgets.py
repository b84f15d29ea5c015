"""Carbon budgets a city holds itself to: what may be emitted in all, from which year on."""

from vatra.tables.columns import Column, Table
from vatra.units import EMISSION

SCOPES = ("all", "scope_1", "scopes_1_2")

TABLE = Table(
    name="carbon_budgets",
    file_name="carbon_budgets.csv",
    # A budget may begin before the base year.
    history=True,
    columns=(
        Column("name", "text", required=True, key=True),
        Column("version", "text", required=True, key=True),
        Column("from_year", "year", required=True),
        # Tonnes, not milligrams: the budget of a large city is more than a float counts in those.
        Column(
            "amount",
            "number",
            required=True,
            quantity=EMISSION,
            unit_column="unit",
            becomes="budget_t_co2e",
        ),
        Column("unit", "text", required=True),
        Column("scope", "choice", choices=SCOPES, vocabulary="budget_scope", default="all"),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
