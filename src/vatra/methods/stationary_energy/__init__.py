"""Stationary energy: fuel x factor."""

from vatra.methods.base import Method
from vatra.methods.stationary_energy.formulas import emission_mg
from vatra.tables.vocabulary import GRID_CARRIERS

METHOD = Method(
    name="stationary_energy",
    applies=lambda sector, carrier: sector != "transport" and carrier not in GRID_CARRIERS,
    emission_mg=emission_mg,
    source="IPCC 2006 Guidelines, Volume 2, Chapter 2, Equation 2.1",
)
