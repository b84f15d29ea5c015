"""The closed lists of codes the tables share; their labels stand in ``texts.toml``."""

# The five sectors of a Climate City Contract, in the order its tables print them.
SECTORS = ("buildings", "transport", "waste", "industry", "land")
SCOPES = (1, 2, 3)

# Seven gases; CO2E is a mixture published only as CO2-equivalent, CO2_BIOGENIC is a memo item.
GASES = ("CO2", "CH4", "N2O", "HFC", "PFC", "SF6", "NF3")
MIXTURE = "CO2E"
BIOGENIC = "CO2_BIOGENIC"
FACTOR_GASES = (*GASES, MIXTURE, BIOGENIC)

# Stages of the target year in a contract's emission tables.
STAGES = ("base", "before_measures", "after_measures")

# Fields and levers of the action outlines (Climate City Contract, table B-2.2).
FIELDS = (
    "energy_systems",
    "mobility_transport",
    "waste_circular",
    "green_nature",
    "built_environment",
)
LEVERS = (
    "technology",
    "governance_policy",
    "social_innovation",
    "democracy_participation",
    "finance_funding",
    "learning_capabilities",
)

# Carriers bought from a network; their emissions arise where they are generated (scope 2).
GRID_CARRIERS = ("electricity", "electricity_green", "district_heat")

# How good a figure is (GPC 1.1, Table 5.3): high, medium, low; for activity and factor apart.
QUALITIES = ("H", "M", "L")

# Climate zones of the IPCC that waste and soil methods tell apart (IPCC 2006, Volume 5, Table 3.3).
CLIMATES = ("boreal_temperate_dry", "boreal_temperate_wet", "tropical_dry", "tropical_wet")

# Where a fuel is burnt: decides CH4 and N2O, which depend on the appliance.
END_USES = ("any", "buildings", "industry", "energy_industries", "agriculture", "road", "off_road")
END_USE_OF_SECTOR = {
    "buildings": "buildings",
    "transport": "road",
    "waste": "industry",
    "industry": "industry",
    "land": "agriculture",
}
