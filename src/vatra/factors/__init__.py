"""Numbers looked up, never typed into code: dated, sourced, versioned by content."""

from vatra.factors.book import (
    DEFAULT_SETS,
    Factor,
    FactorBook,
    Missing,
    fuel_size,
    known_sets,
    open_book,
    shipped,
)
from vatra.factors.gwp import SETS as GWP_SETS
from vatra.factors.gwp import potentials

__all__ = [
    "DEFAULT_SETS",
    "GWP_SETS",
    "Factor",
    "FactorBook",
    "Missing",
    "fuel_size",
    "known_sets",
    "open_book",
    "potentials",
    "shipped",
]
