"""Refrigerants: gas bought, sold and kept in stock, or the bank of equipment, by refrigerant."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column

APPROACHES = ("mass_balance", "emission_factor")
# The applications of IPCC 2006, Volume 3, Chapter 7, Table 7.9, and fire protection.
EQUIPMENT = (
    "domestic_refrigeration",
    "commercial_stand_alone",
    "commercial_medium_large",
    "transport_refrigeration",
    "industrial_refrigeration",
    "chillers",
    "stationary_air_conditioning",
    "mobile_air_conditioning",
    "fire_protection",
)
# What each approach needs of a row; a blank there is not a zero.
NEEDED = {
    "mass_balance": (
        "stock_start_kg",
        "stock_end_kg",
        "purchases_kg",
        "sales_kg",
        "new_capacity_kg",
        "retired_capacity_kg",
    ),
    "emission_factor": ("bank_kg", "filled_kg", "retired_capacity_kg"),
}

TABLE = activity_table(
    "refrigerants",
    Column(
        "approach",
        "choice",
        required=True,
        key=True,
        choices=APPROACHES,
        vocabulary="refrigerant_approach",
    ),
    Column(
        "equipment", "choice", required=True, key=True, choices=EQUIPMENT, vocabulary="equipment"
    ),
    Column("refrigerant", "code", required=True, key=True, vocabulary="refrigerant"),
    Column("stock_start_kg", "number"),
    Column("stock_end_kg", "number"),
    Column("purchases_kg", "number"),
    Column("sales_kg", "number"),
    Column("new_capacity_kg", "number"),
    Column("retired_capacity_kg", "number"),
    Column("bank_kg", "number"),
    Column("filled_kg", "number"),
)
