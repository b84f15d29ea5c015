"""Emission factors: the book's own rows and a city's local overrides have the same columns."""

from vatra.tables.columns import Column, Table
from vatra.tables.vocabulary import END_USES, FACTOR_GASES
from vatra.units import EMISSION_FACTOR

TABLE = Table(
    name="factors",
    file_name="factors.csv",
    columns=(
        Column("set", "code", required=True, key=True, default="local"),
        Column("region", "code", key=True),
        Column("carrier", "code", required=True, key=True, vocabulary="carrier"),
        Column("end_use", "choice", key=True, choices=END_USES, default="any"),
        Column("gas", "choice", required=True, key=True, choices=FACTOR_GASES),
        Column("year_from", "year", key=True),
        Column("year_to", "year"),
        Column(
            "amount",
            "number",
            required=True,
            quantity=EMISSION_FACTOR,
            unit_column="unit",
            becomes="value_t_per_mwh",
        ),
        Column("unit", "text", required=True),
        Column("source", "text", required=True),
        Column("page", "text"),
        Column("doubt", "text"),
        Column("note", "text"),
    ),
)
