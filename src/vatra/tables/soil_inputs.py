"""What is brought onto fields, drained soils, and what is burnt there."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.units import MASS

# Inputs of nitrogen by how they lose ammonia; the last two lose none.
NITROGEN = {
    "synthetic_fertiliser": "synthetic",
    "manure": "organic",
    "compost": "organic",
    "sewage_sludge": "organic",
    "other_organic": "organic",
    "crop_residues": "",
    "mineralised": "",
}
CARBONATES = ("limestone", "dolomite", "urea")
DRAINED = ("drained_cropland", "drained_grassland")
BURNT = ("wheat_residues_burnt", "maize_residues_burnt", "grass_burnt")
INPUTS = (*NITROGEN, *CARBONATES, *DRAINED, *BURNT)

TABLE = activity_table(
    "soil_inputs",
    Column("input", "choice", required=True, key=True, choices=INPUTS, vocabulary="soil_input"),
    Column("amount", "number", quantity=MASS, unit_column="unit", becomes="amount_t"),
    Column("unit", "text"),
    Column("area_ha", "number"),
)
