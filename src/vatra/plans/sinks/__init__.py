"""Sinks: what is planted, what of it lives, what it takes up, what is kept back, for how long."""

from vatra.plans.sinks.growth import (
    Growth,
    GrowthError,
    ParameterUsed,
    default_growth,
    own_growth,
    sink_curve,
)
from vatra.plans.sinks.land import Land, land_findings, read_land
from vatra.plans.sinks.ledger import Reversal, SinkLedger, SinkLine, sink_ledger
from vatra.plans.sinks.net_zero import Condition, NetZero, net_zero
from vatra.plans.sinks.read import CurveOf, read_sinks
from vatra.plans.sinks.sink import Sink, Survival

__all__ = [
    "Condition",
    "CurveOf",
    "Growth",
    "GrowthError",
    "Land",
    "NetZero",
    "ParameterUsed",
    "Reversal",
    "Sink",
    "SinkLedger",
    "SinkLine",
    "Survival",
    "default_growth",
    "land_findings",
    "net_zero",
    "own_growth",
    "read_land",
    "read_sinks",
    "sink_curve",
    "sink_ledger",
]
