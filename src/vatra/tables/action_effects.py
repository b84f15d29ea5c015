"""What a city's own measure does, or where it departs from the catalogue: effect by effect."""

from vatra.tables.columns import Column, Table

EFFECT_OPERATORS = (
    "avoid",
    "shift_activity",
    "efficiency",
    "shift_carrier",
    "clean_supply",
    "non_energy",
    "own_generation",
    "sink",
    "observed_tonnes",
    "observed_energy",
)
EFFECT_ACTS_ON = ("service", "device")
EFFECT_COMBINES = ("product", "exclusive", "nested", "capped")

TABLE = Table(
    name="action_effects",
    file_name="action_effects.csv",
    columns=(
        Column("code", "text", required=True, key=True),
        Column("effect", "text", required=True, key=True),
        Column("operator", "choice", choices=EFFECT_OPERATORS, vocabulary="operator"),
        Column("use", "code", vocabulary="use"),
        Column("carrier", "code", vocabulary="carrier"),
        Column("to_use", "code", vocabulary="use"),
        Column("to_carrier", "code", vocabulary="carrier"),
        Column("strength", "text"),
        Column("ratio", "text"),
        Column("conversion", "text"),
        Column("amount_per_unit", "text"),
        Column("curve", "text"),
        Column("group", "text"),
        Column("combine", "choice", choices=EFFECT_COMBINES, vocabulary="combine"),
        Column("potential_percent", "number"),
        Column("acts_on", "choice", choices=EFFECT_ACTS_ON, vocabulary="acts_on"),
        Column("source", "text", required=True),
        Column("note", "text"),
    ),
)
