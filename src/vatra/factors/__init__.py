"""Numbers looked up, never typed into code: dated, sourced, versioned by content."""

from vatra.factors.book import (
    DEFAULT_SETS,
    Factor,
    FactorBook,
    Missing,
    fuel_size,
    grid_set,
    known_sets,
    open_book,
    shipped,
)
from vatra.factors.gwp import SETS as GWP_SETS
from vatra.factors.gwp import family, potentials, species_potentials
from vatra.factors.parameters import (
    MissingParameter,
    Parameter,
    ParameterBook,
    known_parameter_sets,
    open_parameters,
    shipped_parameters,
)

__all__ = [
    "DEFAULT_SETS",
    "GWP_SETS",
    "Factor",
    "FactorBook",
    "Missing",
    "MissingParameter",
    "Parameter",
    "ParameterBook",
    "family",
    "fuel_size",
    "grid_set",
    "known_parameter_sets",
    "known_sets",
    "open_book",
    "open_parameters",
    "potentials",
    "shipped",
    "shipped_parameters",
    "species_potentials",
]
