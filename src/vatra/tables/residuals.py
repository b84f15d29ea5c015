"""Why emissions are left in the target year, by use and carrier: what the city declares."""

from vatra.tables.columns import Column, Table

CAUSES = ("hard_to_abate", "outside_powers", "not_yet_planned")

TABLE = Table(
    name="residuals",
    file_name="residuals.csv",
    columns=(
        Column("use", "code", key=True),
        Column("carrier", "code", key=True, vocabulary="carrier"),
        Column("scope", "choice", key=True, choices=("1", "2", "3")),
        Column(
            "cause", "choice", required=True, key=True, choices=CAUSES, vocabulary="residual_cause"
        ),
        Column("share_percent", "number", required=True, above_one=True),
        Column("why_en", "text", required=True),
        Column("why_ro", "text", required=True),
        Column("source", "text", required=True),
    ),
)
