"""Measures of a contract as its action outlines print them (table B-2.2)."""

from vatra.tables.columns import Column, Table
from vatra.tables.vocabulary import FIELDS, LEVERS, SECTORS
from vatra.units import CENTS_PER_EUR, COST_PER_TONNE, EMISSION, MG_PER_T, MONEY

TABLE = Table(
    name="measures",
    file_name="measures.csv",
    columns=(
        Column("code", "text", required=True, key=True),
        Column("name_en", "text", required=True),
        Column("name_ro", "text", required=True),
        Column("sector", "choice", required=True, choices=SECTORS, vocabulary="sector"),
        Column("field", "choice", required=True, choices=FIELDS, vocabulary="field"),
        Column("lever", "choice", choices=LEVERS, vocabulary="lever"),
        Column("cost_eur", "number", quantity=MONEY, becomes="cost_cents", scale=CENTS_PER_EUR),
        Column("claimed_t", "number", quantity=EMISSION, becomes="claimed_mg", scale=MG_PER_T),
        Column("printed_eur_per_t", "number", quantity=COST_PER_TONNE),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
