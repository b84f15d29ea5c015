"""The modal zone's own sun, where it shares none with others."""

from __future__ import annotations

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.groups import SUN_COLUMNS, plain_planes
from vatra.plans.blocks.engines.loads import loads
from vatra.plans.blocks.engines.modal_elements import chains
from vatra.plans.blocks.engines.modal_network import absorbed_w
from vatra.plans.blocks.zone.zone import Zone


def fits(zone: Zone) -> bool:
    """Whether the kernel has a column for each sun of a zone: those of its planes, or, where it
    shares none, of its glass and of each outer construction."""
    if plain_planes(zone) is not None:
        return True
    return sum(each.outside for each in chains(zone)) < SUN_COLUMNS


def own_sun(zone: Zone, around: Surroundings) -> Floats:
    """Sun through glass and on each outer construction as columns [W]."""
    walls = [absorbed_w(each, around) for each in chains(zone) if each.outside]
    return np.stack([loads(zone, around).glass_w, *walls], axis=1)
