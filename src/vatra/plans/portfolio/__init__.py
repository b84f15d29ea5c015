"""The best plan under limits: which actions, from when, how far, and how sure that is.

The solver is loaded when a search begins, not before.
"""

from vatra.plans.portfolio.best import TIME_LIMIT_S, optimise
from vatra.plans.portfolio.costs import Costs, costs_of
from vatra.plans.portfolio.frontier import FrontierPoint, frontier
from vatra.plans.portfolio.limits import LEVELS, OBJECTIVES, Fund, GroupShare, Limits
from vatra.plans.portfolio.milp import GAP_SHARE
from vatra.plans.portfolio.optimum import Binding, Objective, Optimum, Relaxation
from vatra.plans.portfolio.options import Options, possible
from vatra.plans.portfolio.search import Progress

__all__ = [
    "GAP_SHARE",
    "LEVELS",
    "OBJECTIVES",
    "TIME_LIMIT_S",
    "Binding",
    "Costs",
    "FrontierPoint",
    "Fund",
    "GroupShare",
    "Limits",
    "Objective",
    "Optimum",
    "Options",
    "Progress",
    "Relaxation",
    "costs_of",
    "frontier",
    "optimise",
    "possible",
]
