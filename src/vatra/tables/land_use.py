"""Land by use before and after, what forests lose, and how soils are managed."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.units import AREA

USES = ("forest_land", "cropland", "grassland", "wetlands", "settlements", "other_land")
FOREST_TYPES = ("pine", "other_conifer", "broadleaved", "oak")
FOREST_ZONES = ("temperate_continental", "temperate_mountain")
# Growing stock of the stand, m3 of stemwood per hectare (IPCC 2006, Volume 4, Table 4.5).
STANDS = ("to_20", "to_40", "to_100", "to_200", "above_200")
CLIMATE_ZONES = ("cool_dry", "cool_moist", "warm_dry", "warm_moist")
SOILS = ("high_activity_clay", "low_activity_clay", "sandy", "spodic", "volcanic", "wetland")
MANAGEMENTS = (
    "nominal",
    "reduced_tillage",
    "no_tillage",
    "improved",
    "moderately_degraded",
    "severely_degraded",
)
RESIDUES = ("medium", "low", "high", "high_with_manure")


def _before_and_after(name: str, codes: tuple[str, ...], vocabulary: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            f"{name}_{when}",
            "choice",
            key=True,
            choices=codes,
            vocabulary=vocabulary,
            default=codes[0],
        )
        for when in ("from", "to")
    )


def _use(name: str) -> Column:
    return Column(name, "choice", required=True, key=True, choices=USES, vocabulary="land")


def _choice(name: str, codes: tuple[str, ...], default: str | None = None) -> Column:
    return Column(name, "choice", key=True, choices=codes, vocabulary=name, default=default)


TABLE = activity_table(
    "land_use",
    _use("from_use"),
    _use("to_use"),
    Column("area", "number", required=True, quantity=AREA, unit_column="unit", becomes="area_ha"),
    Column("unit", "text", required=True),
    _choice("forest_type", FOREST_TYPES),
    _choice("forest_zone", FOREST_ZONES, FOREST_ZONES[0]),
    Column("harvest_m3", "number"),
    Column("fuelwood_m3", "number"),
    _choice("stand", STANDS),
    Column("disturbed_ha", "number"),
    Column("disturbed_share", "number"),
    _choice("climate_zone", CLIMATE_ZONES),
    _choice("soil", SOILS),
    *_before_and_after("management", MANAGEMENTS, "soil_management"),
    *_before_and_after("residues", RESIDUES, "residue_input"),
    history=True,
)
