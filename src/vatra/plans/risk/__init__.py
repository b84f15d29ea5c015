"""How sure a plan is: doubted numbers drawn together, and what the draws say."""

from vatra.plans.risk.correlation import Correlated, correlate, default_correlations
from vatra.plans.risk.defaults import Default, defaults
from vatra.plans.risk.drawing import Drawn, draw
from vatra.plans.risk.error import RiskError
from vatra.plans.risk.figures import LEVELS, Chance, Fan, chance, fan, left_share
from vatra.plans.risk.information import (
    Explained,
    Information,
    Loss,
    explained,
    information,
    variance_shares,
    verdicts,
)
from vatra.plans.risk.inputs import Assembly
from vatra.plans.risk.inventory_scales import inventory_scales
from vatra.plans.risk.points import DRAWS, SEED, Design, design
from vatra.plans.risk.quantities import Quantity, quantities, scale
from vatra.plans.risk.sampling import Sampled, evaluated, sample
from vatra.plans.risk.tornado import Tornado, tornado

__all__ = [
    "DRAWS",
    "LEVELS",
    "SEED",
    "Assembly",
    "Chance",
    "Correlated",
    "Default",
    "Design",
    "Drawn",
    "Explained",
    "Fan",
    "Information",
    "Loss",
    "Quantity",
    "RiskError",
    "Sampled",
    "Tornado",
    "chance",
    "correlate",
    "default_correlations",
    "defaults",
    "design",
    "draw",
    "evaluated",
    "explained",
    "fan",
    "information",
    "inventory_scales",
    "left_share",
    "quantities",
    "sample",
    "scale",
    "tornado",
    "variance_shares",
    "verdicts",
]
