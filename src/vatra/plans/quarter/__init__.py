"""A quarter: one package for each of its blocks, and the order of the works."""

from vatra.plans.quarter.aim import FIGURES, MONEY, OBJECTIVES, Aim
from vatra.plans.quarter.choose import EXACT, GAP_SHARE, METHODS, PLAIN, QUICK, Impossible, choose
from vatra.plans.quarter.chosen import Chosen
from vatra.plans.quarter.errors import QuarterError
from vatra.plans.quarter.menu import Menu
from vatra.plans.quarter.shortfall import Shortfall, shortfall_words, shortfalls

__all__ = [
    "EXACT",
    "FIGURES",
    "GAP_SHARE",
    "METHODS",
    "MONEY",
    "OBJECTIVES",
    "PLAIN",
    "QUICK",
    "Aim",
    "Chosen",
    "Impossible",
    "Menu",
    "QuarterError",
    "Shortfall",
    "choose",
    "shortfall_words",
    "shortfalls",
]
