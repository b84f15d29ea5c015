"""Sun power: panels, batteries, sharing, and rain kept for green space."""

from vatra.plans.sunpower.balance import Balance, balance
from vatra.plans.sunpower.balance_reference import Flow, flow
from vatra.plans.sunpower.battery import Rating, usual_battery
from vatra.plans.sunpower.green import drinks_mm, irrigation_mm
from vatra.plans.sunpower.meters import meters_w
from vatra.plans.sunpower.panels import (
    EAST_WEST,
    SOUTH,
    TERRACE,
    Losses,
    panel_w,
    usual_losses,
)
from vatra.plans.sunpower.prosumer import (
    Income,
    Prices,
    Rule,
    income,
    prosumer_rules,
    rule_for,
    settled,
    usual_prices,
    worth_cents,
)
from vatra.plans.sunpower.rainfall import Rainfall, monthly_rain, read_rain, synthetic_rain
from vatra.plans.sunpower.reading import Figure, SunpowerError, figures
from vatra.plans.sunpower.roof import (
    LAYOUTS,
    MOUNTS,
    PLANES,
    Layout,
    ground_share,
    roof_kwp,
    row_pitch_m,
)
from vatra.plans.sunpower.share import Community, Shared, community, shared
from vatra.plans.sunpower.tank import COVERS, Cover, Tanks, runoff_m3, tanks, usual_sizes_m3

__all__ = [
    "COVERS",
    "EAST_WEST",
    "LAYOUTS",
    "MOUNTS",
    "PLANES",
    "SOUTH",
    "TERRACE",
    "Balance",
    "Community",
    "Cover",
    "Figure",
    "Flow",
    "Income",
    "Layout",
    "Losses",
    "Prices",
    "Rainfall",
    "Rating",
    "Rule",
    "Shared",
    "SunpowerError",
    "Tanks",
    "balance",
    "community",
    "drinks_mm",
    "figures",
    "flow",
    "ground_share",
    "income",
    "irrigation_mm",
    "meters_w",
    "monthly_rain",
    "panel_w",
    "prosumer_rules",
    "read_rain",
    "roof_kwp",
    "row_pitch_m",
    "rule_for",
    "runoff_m3",
    "settled",
    "shared",
    "synthetic_rain",
    "tanks",
    "usual_battery",
    "usual_losses",
    "usual_prices",
    "usual_sizes_m3",
    "worth_cents",
]
