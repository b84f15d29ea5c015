"""The building stock: types of buildings, geometry, buildings made from counts, meters."""

from vatra.plans.stock.archetypes import Archetype, Construction, archetypes, constructions, mix
from vatra.plans.stock.building import Building
from vatra.plans.stock.choose import archetype_for
from vatra.plans.stock.elements import OwnElement, read_elements
from vatra.plans.stock.export import building_row, buildings_csv, buildings_geojson
from vatra.plans.stock.generate import Count, generate, read_counts, shared, spread
from vatra.plans.stock.layout import layout
from vatra.plans.stock.meters import (
    Reading,
    StandardYear,
    base_wh,
    degree_days_kd,
    read_meters,
    standard_wh,
    standard_years,
)
from vatra.plans.stock.read import read_buildings
from vatra.plans.stock.shape import Facade, Shape
from vatra.plans.stock.systems import system_faults
from vatra.plans.stock.thermal import corrected_u_w_m2k, u_w_m2k, with_insulation_w_m2k
from vatra.plans.stock.zone import zone_of

__all__ = [
    "Archetype",
    "Building",
    "Construction",
    "Count",
    "Facade",
    "OwnElement",
    "Reading",
    "Shape",
    "StandardYear",
    "archetype_for",
    "archetypes",
    "base_wh",
    "building_row",
    "buildings_csv",
    "buildings_geojson",
    "constructions",
    "corrected_u_w_m2k",
    "degree_days_kd",
    "generate",
    "layout",
    "mix",
    "read_buildings",
    "read_counts",
    "read_elements",
    "read_meters",
    "shared",
    "spread",
    "standard_wh",
    "standard_years",
    "system_faults",
    "u_w_m2k",
    "with_insulation_w_m2k",
    "zone_of",
]
