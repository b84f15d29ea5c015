"""Carbon held by a class of land at two times, as an inventory of it finds."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.tables.land_use import USES
from vatra.units import MASS

POOLS = ("biomass", "dead_organic_matter", "soil_carbon", "harvested_wood")


def _carbon(name: str) -> Column:
    # A negative stock is a finding of the method, which knows that carbon is meant.
    return Column(
        name,
        "number",
        required=True,
        quantity=MASS,
        unit_column="unit",
        becomes=f"{name}_t",
        may_be_negative=True,
    )


TABLE = activity_table(
    "carbon_stocks",
    Column("land", "choice", required=True, key=True, choices=USES, vocabulary="land"),
    Column("pool", "choice", required=True, key=True, choices=POOLS, vocabulary="pool"),
    Column("year_from", "year", required=True),
    Column("year_to", "year", required=True),
    _carbon("carbon_from"),
    _carbon("carbon_to"),
    Column("unit", "text", required=True),
    history=True,
)
