"""Transport: fuel sold x factor."""

from vatra.methods.base import Method
from vatra.methods.transport_fuel.formulas import emission_mg
from vatra.tables.vocabulary import GRID_CARRIERS

METHOD = Method(
    name="transport_fuel",
    applies=lambda sector, carrier: sector == "transport" and carrier not in GRID_CARRIERS,
    emission_mg=emission_mg,
    source="IPCC 2006 Guidelines, Volume 2, Chapter 3, Equations 3.2.1 and 3.2.3",
)
