"""The closed lists of codes that the tables of waste share."""

# Kinds of waste that rot (IPCC 2006, Volume 5, Tables 2.4 and 2.5).
ROTTING = ("food", "garden", "paper", "wood", "textiles", "nappies", "sludge", "industrial")
# Kinds that do not, but burn or take up room.
LASTING = ("rubber", "plastics", "metal", "glass", "inert")
SORTED = (*ROTTING, *LASTING)
# Waste as collected, of which only a composition or one mean value is known.
BULK = "bulk"
# Kinds that are burnt only.
BURNT_ONLY = ("clinical", "hazardous", "fossil_liquid")

SITES = (
    "managed_anaerobic",
    "semi_aerobic",
    "unmanaged_deep",
    "unmanaged_shallow",
    "uncategorised",
)
MODELS = ("fod", "commitment")

PROCESSES = ("compost", "digestion")
BASES = ("wet", "dry")

OPEN_BURNING = "open_burning"
TECHNOLOGIES = (
    "continuous_stoker",
    "continuous_fluidised_bed",
    "semi_continuous_stoker",
    "semi_continuous_fluidised_bed",
    "batch_stoker",
    "batch_fluidised_bed",
    OPEN_BURNING,
)

# How wastewater ends (IPCC 2006, Volume 5, Table 6.3).
TREATMENTS = (
    "aerobic_managed",
    "aerobic_overloaded",
    "sludge_digester",
    "anaerobic_reactor",
    "lagoon_shallow",
    "lagoon_deep",
    "septic",
    "latrine_family",
    "latrine_communal",
    "latrine_wet",
    "latrine_sediment",
    "discharge",
    "sewer_stagnant",
    "sewer_flowing",
)
INDUSTRIAL_TREATMENTS = (
    "aerobic_managed",
    "aerobic_overloaded",
    "sludge_digester",
    "anaerobic_reactor",
    "lagoon_shallow",
    "lagoon_deep",
    "discharge",
)
INDUSTRIES = (
    "alcohol",
    "beer",
    "coffee",
    "dairy",
    "fish",
    "fruits",
    "meat",
    "organic_chemicals",
    "paper",
    "petroleum",
    "plastics",
    "soap",
    "starch",
    "sugar",
    "vegetable_oils",
    "wine",
    "other",
)
