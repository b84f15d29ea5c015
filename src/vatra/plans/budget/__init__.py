"""Carbon budget: what may be emitted in all, how much is used, when it will be gone."""

from vatra.plans.budget.budget import BudgetUse, CarbonBudget, budget_use, read_budgets
from vatra.plans.budget.exhaustion import Exhaustion, exhaustion, exhaustion_years
from vatra.plans.budget.world import (
    SHARINGS,
    Remaining,
    World,
    fair_share,
    remaining_budgets,
    world,
)

__all__ = [
    "SHARINGS",
    "BudgetUse",
    "CarbonBudget",
    "Exhaustion",
    "Remaining",
    "World",
    "budget_use",
    "exhaustion",
    "exhaustion_years",
    "fair_share",
    "read_budgets",
    "remaining_budgets",
    "world",
]
