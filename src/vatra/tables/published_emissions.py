"""Emissions as a contract prints them: what Vatra's own figures are held against."""

from vatra.tables.columns import Column, Table
from vatra.tables.vocabulary import SECTORS, STAGES
from vatra.units import EMISSION, MG_PER_T

TABLE = Table(
    name="published_emissions",
    file_name="published_emissions.csv",
    columns=(
        Column("year", "year", required=True, key=True),
        Column("stage", "choice", required=True, key=True, choices=STAGES, vocabulary="stage"),
        Column("sector", "choice", key=True, choices=SECTORS, vocabulary="sector"),
        Column("scope", "choice", key=True, choices=("1", "2", "3")),
        Column(
            "amount",
            "number",
            required=True,
            quantity=EMISSION,
            unit_column="unit",
            becomes="emission_mg",
            scale=MG_PER_T,
            may_be_negative=True,
        ),
        Column("unit", "text", required=True),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
