"""Who did it: what each action, driver or change contributes to a figure, adding up exactly."""

from vatra.plans.attribution.capped import ENUMERATED_MAX, PAIRS, SEED, total_mg
from vatra.plans.attribution.caps import Cap
from vatra.plans.attribution.chains import Chains, chains
from vatra.plans.attribution.contributions import Contributions, contributions, shapley
from vatra.plans.attribution.costs import ActionCost, annual_costs, eur_per_t, recovery_factor
from vatra.plans.attribution.curves import (
    GROUNDS,
    BestPlan,
    CurveStep,
    FrontierStep,
    optimal_curve,
    sequential_curve,
    static_curve,
)
from vatra.plans.attribution.groups import GROUPS_MAX, AttributedChange, attribute_change
from vatra.plans.attribution.parts import Part
from vatra.plans.attribution.products import Products
from vatra.plans.attribution.wedges import BASELINE, Wedges, wedges
from vatra.plans.attribution.whole import steady_mg, whole_parts

__all__ = [
    "BASELINE",
    "ENUMERATED_MAX",
    "GROUNDS",
    "GROUPS_MAX",
    "PAIRS",
    "SEED",
    "ActionCost",
    "AttributedChange",
    "BestPlan",
    "Cap",
    "Chains",
    "Contributions",
    "CurveStep",
    "FrontierStep",
    "Part",
    "Products",
    "Wedges",
    "annual_costs",
    "attribute_change",
    "chains",
    "contributions",
    "eur_per_t",
    "optimal_curve",
    "recovery_factor",
    "sequential_curve",
    "shapley",
    "static_curve",
    "steady_mg",
    "total_mg",
    "wedges",
    "whole_parts",
]
