"""Measures of a plan with their mechanism: from the catalogue, or of the city's own."""

from vatra.tables.columns import Column, Table
from vatra.tables.vocabulary import FIELDS, LEVERS, SECTORS

ADOPTION_SHAPES = ("linear", "logistic", "step", "cohort")

TABLE = Table(
    name="actions",
    file_name="actions.csv",
    columns=(
        Column("code", "text", required=True, key=True),
        Column("catalogue", "code", vocabulary="catalogue"),
        Column("name_en", "text"),
        Column("name_ro", "text"),
        Column("sector", "choice", choices=SECTORS, vocabulary="sector"),
        Column("field", "choice", choices=FIELDS, vocabulary="field"),
        Column("lever", "choice", choices=LEVERS, vocabulary="lever"),
        Column("start_year", "year", required=True),
        Column("end_year", "year"),
        Column("ramp_years", "number"),
        Column("shape", "choice", choices=ADOPTION_SHAPES, vocabulary="shape"),
        Column("level_percent", "number", default="100"),
        Column("most_percent", "number", default="100"),
        Column("reach_percent", "number"),
        Column("units_count", "number"),
        Column("unit_capex", "text"),
        Column("unit_opex", "text"),
        Column("unit_revenue", "text"),
        Column("incremental_percent", "number"),
        Column("lifetime_years", "number", may_be_negative=True),
        Column("payer", "code", vocabulary="payer"),
        Column("staff_count", "number"),
        Column("requires", "text"),
        Column("replaces", "text"),
        Column("delivery_percent", "number"),
        Column("delay", "text"),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
