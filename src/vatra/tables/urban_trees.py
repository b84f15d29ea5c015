"""Trees and green area of the town: crown cover, single trees, grass."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.units import AREA

APPROACHES = ("crown_cover", "single_trees", "grass")
# The species classes of IPCC 2006, Volume 4, Table 8.2.
SPECIES = (
    "aspen",
    "soft_maple",
    "mixed_hardwood",
    "hardwood_maple",
    "juniper",
    "cedar_larch",
    "douglas_fir",
    "fir_hemlock",
    "pine",
    "spruce",
)

TABLE = activity_table(
    "urban_trees",
    Column(
        "approach",
        "choice",
        required=True,
        key=True,
        choices=APPROACHES,
        vocabulary="tree_approach",
    ),
    Column("species", "choice", key=True, choices=SPECIES, vocabulary="tree_species"),
    Column("area", "number", quantity=AREA, unit_column="unit", becomes="area_ha"),
    Column("unit", "text"),
    Column("trees_count", "number"),
    Column("age_years", "number"),
)
