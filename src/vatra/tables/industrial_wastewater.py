"""Wastewater of industry: the oxygen demand measured, or the product it comes from."""

from vatra.tables.activity import activity_table, category
from vatra.tables.columns import Column
from vatra.tables.waste import INDUSTRIAL_TREATMENTS, INDUSTRIES
from vatra.units import MASS

TABLE = activity_table(
    "industrial_wastewater",
    category("III.4.1", "III.4.2", "III.4.3"),
    Column(
        "industry",
        "choice",
        required=True,
        key=True,
        choices=INDUSTRIES,
        vocabulary="wastewater_industry",
    ),
    Column(
        "treatment",
        "choice",
        required=True,
        key=True,
        choices=INDUSTRIAL_TREATMENTS,
        vocabulary="wastewater_treatment",
    ),
    Column("amount", "number", quantity=MASS, unit_column="unit", becomes="product_t"),
    Column("unit", "text"),
    Column("cod_t", "number"),
    Column("treated_percent", "number", above_one=True),
    Column("sludge_cod_t", "number"),
    Column("recovered_ch4_t", "number"),
)
