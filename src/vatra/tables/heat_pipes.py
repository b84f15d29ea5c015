"""Pipes of a district heating network, each a pair of supply and return in one trench."""

from vatra.tables.activity import ABOUT
from vatra.tables.columns import Column, Table

DIAMETERS = ("20", "25", "32", "40", "50", "65", "80", "100", "125", "150", "200", "250", "300",
             "350", "400", "450", "500", "600")  # fmt: skip
INSULATIONS = ("channel_wool", "channel_wool_repaired", "series_1", "series_2", "series_3")

TABLE = Table(
    name="heat_pipes",
    file_name="heat_pipes.csv",
    # Laid long before the pack's years.
    history=True,
    columns=(
        Column("pipe", "code", required=True, key=True),
        Column("from_node", "code", required=True),
        Column("to_node", "code", required=True),
        Column("length_m", "number", required=True),
        # Nominal: what the catalogue of pipes is asked for.
        Column("dn", "choice", choices=DIAMETERS),
        Column("inner_diameter_mm", "number"),
        Column("insulation", "choice", choices=INSULATIONS, vocabulary="pipe_insulation"),
        # Of each of the two pipes, soil included.
        Column("u_w_mk", "number"),
        Column("laid", "year"),
        Column("depth_m", "number"),
        # Where its far end (to_node) lies; only for the plan.
        Column("longitude_degrees", "number", may_be_negative=True),
        Column("latitude_degrees", "number", may_be_negative=True),
        *ABOUT,
    ),
)  # fmt: skip
