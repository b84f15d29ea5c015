"""Numbers nobody knows exactly: typed distributions and the text that spells them."""

from vatra.plans.distributions.error import DistributionError
from vatra.plans.distributions.families import (
    Beta,
    Discrete,
    Distribution,
    Fixed,
    Floats,
    LogNormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from vatra.plans.distributions.parse import FORMS, fixed, parse

__all__ = [
    "FORMS",
    "Beta",
    "Discrete",
    "Distribution",
    "DistributionError",
    "Fixed",
    "Floats",
    "LogNormal",
    "Normal",
    "Pert",
    "Triangular",
    "Uniform",
    "fixed",
    "parse",
]
