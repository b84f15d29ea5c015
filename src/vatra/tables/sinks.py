"""Sinks a city plans: what is planted or restored, when, on what land, and what is bought."""

from vatra.tables.columns import Column, Table
from vatra.tables.land_use import FOREST_TYPES, USES
from vatra.tables.urban_trees import SPECIES as TREES
from vatra.units import AREA, EMISSION, MG_PER_T

KINDS = (
    "forest",
    "single_trees",
    "crown_cover",
    "wetland",
    "soil",
    "green_roof",
    "technical",
    "credit",
)
# Classes of forests (IPCC 2006, Volume 4, Table 4.4) and of single trees (Table 8.2).
SPECIES = tuple(dict.fromkeys((*FOREST_TYPES, *TREES)))
ANSWERS = ("no", "yes")

TABLE = Table(
    name="sinks",
    file_name="sinks.csv",
    # Trees planted before the base year are sinks of the plan's years too.
    history=True,
    columns=(
        Column("code", "text", required=True, key=True),
        Column("year", "year", required=True, key=True, aliases=("vintage",)),
        Column("name_en", "text", required=True),
        Column("name_ro", "text", required=True),
        Column("action", "text"),
        Column("kind", "choice", required=True, choices=KINDS, vocabulary="sink_kind"),
        Column("species", "choice", choices=SPECIES, vocabulary="sink_species"),
        Column("area", "number", quantity=AREA, unit_column="unit", becomes="area_ha"),
        Column("unit", "text"),
        Column("trees_count", "number"),
        Column("credits_t", "number", quantity=EMISSION, becomes="credits_mg", scale=MG_PER_T),
        Column("curve", "text"),
        Column("growth", "text"),
        Column("survival_percent", "number", above_one=True),
        Column("survival_years", "number"),
        Column("buffer_percent", "number", above_one=True),
        Column("permanence_years", "number"),
        Column("from_use", "choice", choices=USES, vocabulary="land"),
        Column("parcel", "text"),
        Column("within_cap", "choice", choices=ANSWERS, vocabulary="sink_answer", default="no"),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
