"""Notation keys: what a city does not report, why, and where it stands instead."""

from vatra.tables.columns import Column, Table
from vatra.tables.gpc import NOTATION_KEYS, categories
from vatra.tables.vocabulary import GASES

TABLE = Table(
    name="notations",
    file_name="notations.csv",
    columns=(
        Column("year", "year", key=True, aliases=("an",)),
        Column(
            "category",
            "choice",
            required=True,
            key=True,
            choices=tuple(categories()),
            vocabulary="category",
        ),
        Column("gas", "choice", key=True, choices=GASES),
        Column("key", "choice", required=True, choices=NOTATION_KEYS, vocabulary="notation"),
        Column("where", "choice", choices=tuple(categories()), vocabulary="category"),
        Column("explanation", "text", required=True),
    ),
)
