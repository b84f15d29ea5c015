"""A quarter: one package for each of its blocks, and the order of the works."""

from vatra.plans.quarter.aim import FIGURES, MONEY, OBJECTIVES, Aim
from vatra.plans.quarter.choose import EXACT, GAP_SHARE, METHODS, PLAIN, QUICK, Impossible, choose
from vatra.plans.quarter.chosen import Chosen
from vatra.plans.quarter.errors import QuarterError
from vatra.plans.quarter.frontier import Point, frontier
from vatra.plans.quarter.menu import Menu
from vatra.plans.quarter.neighbours import neighbours
from vatra.plans.quarter.offer import kept_place, package_code, packages_of, quarter_packages
from vatra.plans.quarter.published import Figure, jobs_per_eur_million, published
from vatra.plans.quarter.shortfall import Shortfall, shortfall_words, shortfalls
from vatra.plans.quarter.works import PRIORITIES, Capacity, Order, order_of_works

__all__ = [
    "EXACT",
    "FIGURES",
    "GAP_SHARE",
    "METHODS",
    "MONEY",
    "OBJECTIVES",
    "PLAIN",
    "PRIORITIES",
    "QUICK",
    "Aim",
    "Capacity",
    "Chosen",
    "Figure",
    "Impossible",
    "Menu",
    "Order",
    "Point",
    "QuarterError",
    "Shortfall",
    "choose",
    "frontier",
    "jobs_per_eur_million",
    "kept_place",
    "neighbours",
    "order_of_works",
    "package_code",
    "packages_of",
    "published",
    "quarter_packages",
    "shortfall_words",
    "shortfalls",
]
