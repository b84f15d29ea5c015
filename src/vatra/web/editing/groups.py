"""The tables of a pack under the questions that people bring to them."""

from __future__ import annotations

from vatra.tables import Table, tables

# Question -> tables, in the order in which a person fills them in.
GROUPS: dict[str, tuple[str, ...]] = {
    "emits": (
        "energy", "vehicle_activity", "trips", "line_transport", "flights", "off_road_machines",
        "street_lighting", "chp_plants", "network_losses", "notations", "recalculations",
    ),
    "waste": (
        "solid_waste", "waste_composition", "incineration", "biological_treatment", "wastewater",
        "industrial_wastewater",
    ),
    "industry": (
        "industrial_production", "product_use", "refrigerants", "gas_systems", "coal_mining",
    ),
    "land": ("land_use", "livestock", "soil_inputs", "urban_trees", "carbon_stocks", "sinks"),
    "plans": (
        "actions", "action_effects", "measures", "measures_energy", "relations", "uses", "stocks",
        "drivers", "residuals", "carbon_budgets",
    ),
    "costs": ("financing", "funding", "budgets"),
    "buildings": (
        "buildings", "building_elements", "building_systems", "building_meters", "building_counts",
        "heat_pipes", "heat_substations",
    ),
    "achieved": ("progress", "indicators", "indicator_values"),
    "agreed": ("commitments", "participation"),
    "assumed": ("factors", "parameters"),
    "printed": ("published_emissions", "published_energy"),
}  # fmt: skip
OTHER = "other"


def grouped() -> list[tuple[str, list[Table]]]:
    """Every table under its question; one that no question names stands at the end."""
    known = tables()
    named = {name for each in GROUPS.values() for name in each}
    found = [(key, [known[name] for name in names if name in known])
             for key, names in GROUPS.items()]  # fmt: skip
    rest = [each for name, each in known.items() if name not in named]
    return [(key, each) for key, each in [*found, (OTHER, rest)] if each]
