"""Bulk: the physics of many zones in many states at once."""

from vatra.plans.blocks.bulk.changes import Changes, Kind
from vatra.plans.blocks.bulk.renovated import renovated
from vatra.plans.blocks.bulk.states import States, simulate_states

__all__ = ["Changes", "Kind", "States", "renovated", "simulate_states"]
