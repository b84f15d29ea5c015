"""Waste buried, by year of burial: it gives methane for decades after.

Rows of one landfill share category, site and item. ``recovered_ch4_t`` is the methane caught there
in the year of the row (decay model); ``recovered_percent`` the share of all the methane the row's
waste will ever give (commitment).
"""

from vatra.tables.activity import activity_table, category
from vatra.tables.columns import Column
from vatra.tables.waste import BULK, MODELS, SITES, SORTED
from vatra.units import MASS

TABLE = activity_table(
    "solid_waste",
    category("III.1.1", "III.1.2", "III.1.3"),
    Column("model", "choice", required=True, key=True, choices=MODELS, vocabulary="landfill_model"),
    Column(
        "site_type", "choice", required=True, key=True, choices=SITES, vocabulary="landfill_site"
    ),
    Column(
        "waste_type",
        "choice",
        required=True,
        key=True,
        choices=(*SORTED, BULK),
        vocabulary="waste_type",
    ),
    Column("amount", "number", required=True, quantity=MASS, unit_column="unit", becomes="waste_t"),
    Column("unit", "text", required=True),
    Column("recovered_ch4_t", "number"),
    Column("recovered_percent", "number", above_one=True),
    history=True,
)
