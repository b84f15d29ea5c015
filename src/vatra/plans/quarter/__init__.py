"""A quarter: one package for each of its blocks, and the order of the works."""

from vatra.plans.quarter.errors import QuarterError
from vatra.plans.quarter.menu import Menu

__all__ = ["Menu", "QuarterError"]
