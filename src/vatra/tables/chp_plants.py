"""Plants that make electricity and heat together: fuel burnt and what comes out, by fuel."""

from dataclasses import replace

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.units import ENERGY

# Heat and electricity are energies of no fuel: litres or tonnes of them mean nothing.
OUTPUT = replace(ENERGY)
METHODS = ("efficiency", "carnot", "secap")

TABLE = activity_table(
    "chp_plants",
    Column("plant", "code", required=True, key=True),
    Column("carrier", "code", required=True, key=True, vocabulary="carrier"),
    Column("amount", "number", required=True, quantity=ENERGY, unit_column="unit",
           becomes="fuel_mwh"),
    Column("unit", "text", required=True),
    # Net output made from this fuel.
    Column("electricity", "number", required=True, quantity=OUTPUT, unit_column="output_unit",
           becomes="electricity_mwh"),
    Column("heat", "number", required=True, quantity=OUTPUT, unit_column="output_unit",
           becomes="heat_mwh"),
    Column("output_unit", "text"),
    Column("method", "choice", required=True, choices=METHODS, vocabulary="chp_method"),
    Column("electric_efficiency_percent", "number", above_one=True),
    Column("heat_efficiency_percent", "number", above_one=True),
    Column("heat_temperature", "number", becomes="heat_degrees_c"),
    Column("ambient_temperature", "number", may_be_negative=True, becomes="ambient_degrees_c"),
    # Part of the output that the plant itself and its network take.
    Column("own_use_percent", "number", required=True, above_one=True),
)  # fmt: skip
