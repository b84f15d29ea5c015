"""Industrial production whose process itself emits: fuel burnt for it goes into energy."""

from vatra.tables.activity import activity_table
from vatra.tables.columns import Column
from vatra.units import MASS

# Process -> what it belongs to; the latter is what people see as the source.
PROCESSES = {
    "cement_clinker": "mineral_products",
    "lime_high_calcium": "mineral_products",
    "lime_dolomitic": "mineral_products",
    "lime_hydraulic": "mineral_products",
    "glass": "mineral_products",
    "limestone_use": "mineral_products",
    "dolomite_use": "mineral_products",
    "soda_ash_use": "mineral_products",
    "ammonia_natural_gas": "chemical_products",
    "ammonia_natural_gas_modern": "chemical_products",
    "ammonia_partial_oxidation": "chemical_products",
    "nitric_acid_nscr": "chemical_products",
    "nitric_acid_integrated": "chemical_products",
    "nitric_acid_low_pressure": "chemical_products",
    "nitric_acid_medium_pressure": "chemical_products",
    "nitric_acid_high_pressure": "chemical_products",
    "adipic_acid": "chemical_products",
    "soda_ash": "chemical_products",
    "silicon_carbide": "chemical_products",
    "calcium_carbide": "chemical_products",
    "titanium_dioxide": "chemical_products",
    "methanol": "chemical_products",
    "carbon_black": "chemical_products",
    "coke": "metal_products",
    "sinter": "metal_products",
    "pig_iron": "metal_products",
    "direct_reduced_iron": "metal_products",
    "steel_basic_oxygen": "metal_products",
    "steel_electric_arc": "metal_products",
    "ferrosilicon_75": "metal_products",
    "ferromanganese": "metal_products",
    "silicomanganese": "metal_products",
    "silicon_metal": "metal_products",
    "ferrochromium": "metal_products",
    "aluminium_prebake_centre": "metal_products",
    "aluminium_prebake_side": "metal_products",
    "aluminium_soderberg_vertical": "metal_products",
    "aluminium_soderberg_horizontal": "metal_products",
    "magnesium_dolomite": "metal_products",
    "magnesium_magnesite": "metal_products",
    "magnesium_casting": "metal_products",
    "lead": "metal_products",
    "lead_secondary": "metal_products",
    "zinc": "metal_products",
    "semiconductors": "electronics",
    "flat_panels": "electronics",
    "solar_cells": "electronics",
}
# Counted by the area of what is made, not by its mass.
BY_AREA = tuple(name for name, group in PROCESSES.items() if group == "electronics")

TABLE = activity_table(
    "industrial_production",
    Column(
        "process", "choice", required=True, key=True, choices=tuple(PROCESSES), vocabulary="process"
    ),
    Column("amount", "number", quantity=MASS, unit_column="unit", becomes="production_t"),
    Column("unit", "text"),
    Column("substrate_m2", "number"),
    Column("cullet_share", "number"),
    Column("abated_share", "number"),
)
