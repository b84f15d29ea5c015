"""Who was asked and heard while the contract was written: meetings, surveys, hearings, letters."""

from vatra.tables.columns import Column, Table

KINDS = (
    "meeting",
    "survey",
    "workshop",
    "hearing",
    "letters",
    "assembly",
    "online",
    "other",
)

TABLE = Table(
    name="participation",
    file_name="participation.csv",
    columns=(
        Column("date", "text", required=True, key=True, aliases=("data",)),
        Column("kind", "choice", required=True, key=True, choices=KINDS,
               vocabulary="participation_kind"),
        Column("organiser", "text", required=True, key=True),
        # Blank: nobody counted.
        Column("participants", "number", becomes="participants_count"),
        Column("groups", "text"),
        Column("topic_ro", "text", required=True, key=True),
        Column("topic_en", "text"),
        Column("outcome_ro", "text"),
        Column("outcome_en", "text"),
        Column("source", "text"),
    ),
)  # fmt: skip
