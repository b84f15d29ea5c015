"""Services: what is bought so that a building is warm, lit, aired and its water hot.

Figures are rows in ``data/`` with source and doubt; ``bought`` computes many states at once.
"""

from vatra.plans.services.buy import bought, bought_by
from vatra.plans.services.explain import Explained, explain
from vatra.plans.services.heat_pump import cop
from vatra.plans.services.hours import electricity_w, heat_pump_shape, heat_pump_w
from vatra.plans.services.meter import billed
from vatra.plans.services.reading import Figure, ServicesError, figure, figures
from vatra.plans.services.served import CERTIFIED, Bought, Served
from vatra.plans.services.systems import (
    System,
    Systems,
    systems_of,
    usual_heats,
    usual_systems,
    with_heat,
)

__all__ = [
    "CERTIFIED",
    "Bought",
    "Explained",
    "Figure",
    "Served",
    "ServicesError",
    "System",
    "Systems",
    "billed",
    "bought",
    "bought_by",
    "cop",
    "electricity_w",
    "explain",
    "figure",
    "figures",
    "heat_pump_shape",
    "heat_pump_w",
    "systems_of",
    "usual_heats",
    "usual_systems",
    "with_heat",
]
