"""How measures stand to each other: one excludes, contains or needs another."""

from vatra.tables.columns import Column, Table

RELATIONS = ("exclusive", "nested", "requires")

TABLE = Table(
    name="relations",
    file_name="relations.csv",
    columns=(
        Column(
            "relation", "choice", required=True, key=True, choices=RELATIONS, vocabulary="relation"
        ),
        Column("code", "text", required=True, key=True),
        Column("other", "text", required=True, key=True),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
