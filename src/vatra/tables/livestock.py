"""Livestock: heads by animal, where they stand, and how their manure is kept."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column

ANIMALS = (
    "dairy_cattle",
    "other_cattle",
    "buffalo",
    "sheep",
    "goats",
    "horses",
    "mules_asses",
    "swine_market",
    "swine_breeding",
    "layers",
    "broilers",
    "turkeys",
    "ducks",
)
# How manure is kept (IPCC 2006, Volume 4, Chapter 10, Table 10.18); the shares of a row sum to 1.
SYSTEMS = (
    "solid",
    "liquid",
    "liquid_crust",
    "pit",
    "lagoon",
    "dry_lot",
    "daily_spread",
    "digester",
    "bedding",
    "litter",
    "no_litter",
    "pasture",
)

TABLE = activity_table(
    "livestock",
    Column("animal", "choice", required=True, key=True, choices=ANIMALS, vocabulary="animal"),
    Column("heads_count", "number", required=True),
    Column("temperature_degrees_c", "number", required=True, may_be_negative=True),
    *(Column(f"{system}_share", "number") for system in SYSTEMS),
)
