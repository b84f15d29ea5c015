"""The closed lists of codes the catalogue uses; their labels stand in ``texts.toml``."""

from __future__ import annotations

from vatra.words import Language, say

# Vocabularies whose labels stand here; those of stocks, payers and operators are the tables'.
_OWN = ("unit", "benefit", "benefit_unit", "doubt")

# Costs are in EUR of this year.
PRICE_YEAR = 2024

# What a city has, or could have, of what a measure counts; the suffix is the unit.
STOCKS = (
    "persons_count",
    "floor_area_residential_m2",
    "floor_area_tertiary_m2",
    "floor_area_public_m2",
    "dwellings_count",
    "gas_dwellings_count",
    "dh_dwellings_count",
    "wood_dwellings_count",
    "dh_heat_mwh",
    "substations_count",
    "roof_pv_residential_kw",
    "roof_pv_public_kw",
    "roof_pv_commercial_kw",
    "roof_pv_industry_kw",
    "park_pv_kw",
    "park_wind_kw",
    "home_battery_kwh",
    "public_electricity_mwh",
    "luminaires_count",
    "tram_km",
    "trams_count",
    "train_km",
    "metro_km",
    "buses_count",
    "bus_lane_km",
    "park_ride_spaces_count",
    "cycle_km",
    "cars_count",
    "taxis_count",
    "municipal_vehicles_count",
    "public_chargers_count",
    "vans_count",
    "trucks_count",
    "cargo_bikes_count",
    "consolidation_centres_count",
    "municipal_waste_t",
    "biowaste_t",
    "landfilled_t",
    "waste_trucks_count",
    "water_m3",
    "wastewater_person_equivalents",
    "unsewered_persons_count",
    "trees_ha",
    "park_ha",
    "forest_ha",
    "green_roof_ha",
    "wetland_ha",
    "grassland_ha",
    "cropland_ha",
    "tractors_count",
    "industry_energy_mwh",
    "industry_gas_mwh",
    "refrigerant_bank_kg",
)

# What costs are given for.
UNITS = (
    "inhabitant",
    "m2_floor",
    "dwelling",
    "substation",
    "mwh_year",
    "kwp",
    "kw_wind",
    "kwh_storage",
    "luminaire",
    "km_line",
    "vehicle",
    "charger",
    "parking_space",
    "cargo_bike",
    "centre",
    "t_year",
    "m3_year",
    "person_equivalent",
    "ha",
    "kg",
)

# Who carries the capital unless the city says otherwise.
PAYERS = (
    "city",
    "households",
    "businesses",
    "utility",
    "state",
)

# What else a measure may bring.
BENEFITS = (
    "health",
    "jobs",
    "energy_poverty",
    "noise",
    "heat",
    "air",
    "biodiversity",
    "comfort",
    "safety",
    "time",
)

# What a co-benefit is counted in; the last says that only the direction is known.
BENEFIT_UNITS = (
    "job_years_per_meur",
    "kg_nox_per_unit_year",
    "kg_pm25_per_unit_year",
    "db_roadside",
    "db_indoors",
    "degrees_c_indoors",
    "degrees_c_outdoors",
    "percent_heating_bill",
    "percent_electricity_bill",
    "percent_travel_time",
    "percent_roadside_nox",
    "percent_crashes",
    "direction_only",
)

# How good a figure is.
DOUBTS = (
    "published",
    "range of studies",
    "expert judgement",
    "to verify",
)


def label(vocabulary: str, code: str, lang: Language) -> str:
    """Label of a code of the catalogue or of a table: ``label("stock", "cars_count", "ro")``.

    ``KeyError`` for unknown codes.
    """
    room = "plans.catalogue" if vocabulary in _OWN else "tables"
    return say(f"{room}.{vocabulary}-{code.replace(' ', '_')}", lang)
