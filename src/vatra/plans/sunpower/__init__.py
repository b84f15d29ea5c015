"""Sun power: panels, batteries, sharing, and rain kept for green space."""

from vatra.plans.sunpower.balance import Balance, balance
from vatra.plans.sunpower.balance_reference import Flow, flow
from vatra.plans.sunpower.battery import Rating, usual_battery
from vatra.plans.sunpower.panels import (
    EAST_WEST,
    SOUTH,
    TERRACE,
    Losses,
    panel_w,
    usual_losses,
)
from vatra.plans.sunpower.reading import Figure, SunpowerError, figures

__all__ = [
    "EAST_WEST",
    "SOUTH",
    "TERRACE",
    "Balance",
    "Figure",
    "Flow",
    "Losses",
    "Rating",
    "SunpowerError",
    "balance",
    "figures",
    "flow",
    "panel_w",
    "usual_battery",
    "usual_losses",
]
