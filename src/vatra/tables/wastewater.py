"""People and where their wastewater goes.

``group_percent`` is the share of the people that an income group makes up, ``treated_percent`` the
share of the group that uses the treatment; both multiply, a blank means all of them.
"""

from vatra.tables.activity import activity_table, category
from vatra.tables.columns import Column
from vatra.tables.waste import TREATMENTS

TABLE = activity_table(
    "wastewater",
    category("III.4.1", "III.4.2", "III.4.3"),
    Column(
        "treatment",
        "choice",
        required=True,
        key=True,
        choices=TREATMENTS,
        vocabulary="wastewater_treatment",
    ),
    Column(
        "collection",
        "choice",
        required=True,
        key=True,
        choices=("collected", "uncollected"),
        vocabulary="wastewater_collection",
    ),
    Column(
        "income_group",
        "choice",
        key=True,
        choices=("all", "rural", "urban_high", "urban_low"),
        vocabulary="income_group",
        default="all",
    ),
    Column("people_count", "number", required=True),
    Column("group_percent", "number", above_one=True),
    Column("treated_percent", "number", above_one=True),
    Column("bod_g_per_person_day", "number"),
    Column("protein_kg_per_person_year", "number"),
    Column("sludge_bod_t", "number"),
    Column("sludge_nitrogen_t", "number"),
    Column("recovered_ch4_t", "number"),
)
