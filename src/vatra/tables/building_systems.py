"""What heats, cools and airs a building, and through which emitters."""

from vatra.tables.activity import ABOUT
from vatra.tables.columns import Column, Table

SERVICES = ("heating", "hot_water", "cooling", "ventilation")
SYSTEMS = (
    "district_heat",
    "gas_boiler_flat",
    "gas_boiler_block",
    "gas_stove",
    "wood_boiler",
    "wood_stove",
    "heat_pump_air",
    "heat_pump_ground",
    "electric_heater",
    "solar_thermal",
    "air_conditioner",
    "natural_ventilation",
    "exhaust_ventilation",
    "heat_recovery",
)
EMITTERS = ("radiator", "floor_heating", "convector", "stove", "none")

TABLE = Table(
    name="building_systems",
    file_name="building_systems.csv",
    # Installed long before the pack's years.
    history=True,
    columns=(
        Column("building", "code", required=True, key=True),
        Column("service", "choice", required=True, key=True, choices=SERVICES,
               vocabulary="building_service"),
        Column("system", "choice", required=True, key=True, choices=SYSTEMS,
               vocabulary="building_system"),
        # Of the service, where several systems share it.
        Column("share_percent", "number", required=True, above_one=True, default="100"),
        Column("carrier", "code", vocabulary="carrier"),
        Column("emitter", "choice", choices=EMITTERS, vocabulary="emitter"),
        Column("supply_temperature", "number", becomes="supply_degrees_c"),
        Column("return_temperature", "number", becomes="return_degrees_c"),
        Column("efficiency_percent", "number", above_one=True),
        Column("power_kw", "number"),
        Column("installed", "year"),
        *ABOUT,
    ),
)  # fmt: skip
