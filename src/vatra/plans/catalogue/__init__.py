"""Measures a city can take, with mechanism, cost, side effects and source, ready for a plan.

Costs are in EUR of 2024 without VAT and without energy; bills follow from the energy itself.
"""

from vatra.plans.catalogue.entry import CoBenefit, EffectRow, Entry, Relation
from vatra.plans.catalogue.load import catalogue, co_benefits, curve, curves, relations
from vatra.plans.catalogue.vocabulary import (
    BENEFITS,
    DOUBTS,
    PAYERS,
    PRICE_YEAR,
    STOCKS,
    UNITS,
    label,
)

__all__ = [
    "BENEFITS",
    "DOUBTS",
    "PAYERS",
    "PRICE_YEAR",
    "STOCKS",
    "UNITS",
    "CoBenefit",
    "EffectRow",
    "Entry",
    "Relation",
    "catalogue",
    "co_benefits",
    "curve",
    "curves",
    "label",
    "relations",
]
