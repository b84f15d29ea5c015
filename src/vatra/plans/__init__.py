"""Where methods meet: reconciliation with print, measures, the pathway and its split."""

from vatra.plans.measures import Measure, read_measures
from vatra.plans.pathway import Aim, Plan, left_shares, overclaimed, plan, sums_by_sector
from vatra.plans.reconcile import Difference, differences
from vatra.plans.split import DRIVERS, Cell, Driver, Game, Split, games, in_order, steps, symmetric

__all__ = [
    "DRIVERS",
    "Aim",
    "Cell",
    "Difference",
    "Driver",
    "Game",
    "Measure",
    "Plan",
    "Split",
    "differences",
    "games",
    "in_order",
    "left_shares",
    "overclaimed",
    "plan",
    "read_measures",
    "steps",
    "sums_by_sector",
    "symmetric",
]
