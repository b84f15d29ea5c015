"""Grid energy: energy bought x factor of the network."""

from vatra.methods.base import Method
from vatra.methods.grid_energy.formulas import emission_mg
from vatra.tables.vocabulary import GRID_CARRIERS

METHOD = Method(
    name="grid_energy",
    applies=lambda sector, carrier: carrier in GRID_CARRIERS,
    emission_mg=emission_mg,
    source="GPC 1.1, Section 6.3; GHG Protocol Scope 2 Guidance, Section 4",
)
