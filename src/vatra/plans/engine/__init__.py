"""The engine of a pathway: cells, actions, and all of them evaluated together."""

from vatra.plans.engine.actions import (
    ACTS_ON,
    COMBINES,
    OPERATORS,
    SHAPES,
    Action,
    Adoption,
    Choice,
    Economics,
    Effect,
    Model,
)
from vatra.plans.engine.adoption import adoption_curve
from vatra.plans.engine.base import Base, Cell, Floats
from vatra.plans.engine.combine import Combined, combined, competing
from vatra.plans.engine.evaluate import evaluate
from vatra.plans.engine.inputs import Inputs, central, with_required
from vatra.plans.engine.outcome import Outcome

__all__ = [
    "ACTS_ON",
    "COMBINES",
    "OPERATORS",
    "SHAPES",
    "Action",
    "Adoption",
    "Base",
    "Cell",
    "Choice",
    "Combined",
    "Economics",
    "Effect",
    "Floats",
    "Inputs",
    "Model",
    "Outcome",
    "adoption_curve",
    "central",
    "combined",
    "competing",
    "evaluate",
    "with_required",
]
