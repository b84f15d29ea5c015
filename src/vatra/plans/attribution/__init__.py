"""Who did it: what each action, driver or change contributes to a figure, adding up exactly."""

from vatra.plans.attribution.capped import ENUMERATED_MAX, PAIRS, SEED
from vatra.plans.attribution.chains import Chains, Part, chains
from vatra.plans.attribution.contributions import Contributions, contributions, shapley
from vatra.plans.attribution.groups import GROUPS_MAX, AttributedChange, attribute_change
from vatra.plans.attribution.products import Products
from vatra.plans.attribution.wedges import BASELINE, Wedges, wedges

__all__ = [
    "BASELINE",
    "ENUMERATED_MAX",
    "GROUPS_MAX",
    "PAIRS",
    "SEED",
    "AttributedChange",
    "Chains",
    "Contributions",
    "Part",
    "Products",
    "Wedges",
    "attribute_change",
    "chains",
    "contributions",
    "shapley",
    "wedges",
]
