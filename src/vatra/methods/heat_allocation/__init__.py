"""Cogeneration: the emissions of a plant, shared between its electricity and its heat."""

from vatra.methods.base import ActivityMethod
from vatra.methods.heat_allocation.compute import Allocated, allocated_factors, emissions

METHOD = ActivityMethod(
    name="heat_allocation",
    table="chp_plants",
    gases=("CO2", "CH4", "N2O"),
    categories=("I.4.1", "I.4.4"),
    emissions=emissions,
    source=(
        "GPC 1.1, Chapter 6; GHG Protocol, Allocation of emissions from a CHP plant (2006); "
        "Regulation (EU) 2015/2402"
    ),
)

__all__ = ["METHOD", "Allocated", "allocated_factors"]
