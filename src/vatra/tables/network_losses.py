"""Electricity and heat delivered to a sub-sector, and what the network lost on the way."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.units import ENERGY

NETWORKS = ("electricity", "district_heat")
SUB_SECTORS = (
    *(f"I.{number}" for number in range(1, 7)),
    *(f"II.{number}" for number in range(1, 6)),
)

TABLE = activity_table(
    "network_losses",
    Column("sub_sector", "choice", required=True, key=True, choices=SUB_SECTORS,
           vocabulary="sub_sector"),
    Column("network", "choice", required=True, key=True, choices=NETWORKS, vocabulary="carrier"),
    Column("amount", "number", required=True, quantity=ENERGY, unit_column="unit",
           becomes="delivered_mwh"),
    Column("unit", "text", required=True),
    # Of the energy fed into the network, not of the energy delivered.
    Column("loss_percent", "number", required=True, above_one=True),
)  # fmt: skip
