"""Products whose use emits: lubricants, wax, N2O of medicine and cans, SF6 of switchgear."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.units import MASS

# Product -> what people see as the source.
PRODUCTS = {
    "lubricant": "lubricants",
    "grease": "lubricants",
    "paraffin_wax": "paraffin_wax",
    "n2o_medical": "nitrous_oxide_use",
    "n2o_aerosol": "nitrous_oxide_use",
    "sf6_balance": "switchgear",
    "sf6_sealed": "switchgear",
    "sf6_closed": "switchgear",
}
# What each product needs of a row, any one of the alternatives; a blank there is not a zero.
NEEDED = {
    "lubricant": (("amount",),),
    "grease": (("amount",),),
    "paraffin_wax": (("amount",),),
    "n2o_medical": (("amount",), ("people_count",)),
    "n2o_aerosol": (("amount",),),
    "sf6_balance": (
        (
            "stock_start_kg",
            "stock_end_kg",
            "purchases_kg",
            "sales_kg",
            "new_capacity_kg",
            "retired_capacity_kg",
        ),
    ),
    "sf6_sealed": (("bank_kg", "retired_capacity_kg"),),
    "sf6_closed": (("bank_kg", "retired_capacity_kg"),),
}

TABLE = activity_table(
    "product_use",
    Column(
        "product", "choice", required=True, key=True, choices=tuple(PRODUCTS), vocabulary="product"
    ),
    Column("amount", "number", quantity=MASS, unit_column="unit", becomes="amount_t"),
    Column("unit", "text"),
    Column("people_count", "number"),
    Column("stock_start_kg", "number"),
    Column("stock_end_kg", "number"),
    Column("purchases_kg", "number"),
    Column("sales_kg", "number"),
    Column("new_capacity_kg", "number"),
    Column("retired_capacity_kg", "number"),
    Column("bank_kg", "number"),
)
