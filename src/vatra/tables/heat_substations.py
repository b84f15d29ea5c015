"""Where a district heating network begins and where buildings take heat from it."""

from vatra.tables.activity import ABOUT
from vatra.tables.columns import Column, Table

KINDS = ("substation", "source")
ANSWERS = ("no", "yes")

TABLE = Table(
    name="heat_substations",
    file_name="heat_substations.csv",
    history=True,
    columns=(
        Column("node", "code", required=True, key=True),
        Column("kind", "choice", choices=KINDS, vocabulary="heat_node", default="substation"),
        # Blank at the source.
        Column("building", "code", key=True),
        # Of the building's heat that comes through this substation.
        Column("share_percent", "number", required=True, above_one=True, default="100"),
        Column("hot_water", "choice", choices=ANSWERS, vocabulary="building_answer", default="no"),
        # Of the emitters at design load; blank: the highest need of the building as it is.
        Column("power_kw", "number"),
        # At design: of the building's circuit, and at the source of the network.
        Column("supply_temperature", "number", becomes="supply_degrees_c"),
        Column("return_temperature", "number", becomes="return_degrees_c"),
        # At the source: supply on mild days.
        Column("lowest_temperature", "number", becomes="lowest_degrees_c"),
        # Between network and building at design; blank: network water runs in the radiators.
        Column("exchanger_degrees", "number"),
        Column("bypass_percent", "number"),
        Column("efficiency_percent", "number", above_one=True),
        # Where the node lies; only for the plan.
        Column("longitude_degrees", "number", may_be_negative=True),
        Column("latitude_degrees", "number", may_be_negative=True),
        *ABOUT,
    ),
)  # fmt: skip
