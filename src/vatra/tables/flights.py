"""Flights that leave the airport of the city, by type of aircraft."""

from vatra.tables.activity import activity_table, category
from vatra.tables.columns import Column
from vatra.units import MASS

CARRIERS = ("jet_kerosene", "aviation_gasoline")
AIRCRAFT = (
    "A319",
    "A320",
    "A321",
    "A330",
    "ATR72",
    "B737-300",
    "B737-600",
    "B737-700",
    "B737-800",
    "B757",
    "B767",
    "BAE146",
    "CRJ100",
    "DHC8",
    "ERJ145",
    "F100",
)

TABLE = activity_table(
    "flights",
    category("II.4.3", "II.4.1"),
    Column("aircraft", "choice", key=True, choices=AIRCRAFT),
    Column("carrier", "choice", key=True, choices=CARRIERS, vocabulary="carrier",
           default="jet_kerosene"),
    # Departures; each stands for one landing and one take-off.
    Column("flights", "number", becomes="flights_count"),
    # Fuel of all these flights, landing and take-off within it.
    Column("fuel", "number", quantity=MASS, unit_column="fuel_unit", becomes="fuel_t"),
    Column("fuel_unit", "text"),
    # Part of the passengers or goods that belong to the city.
    Column("city_percent", "number", required=True),
)  # fmt: skip
