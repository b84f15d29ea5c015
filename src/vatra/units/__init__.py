"""What a number means: quantities, the units accepted at the door, one canonical unit each.

A number is converted once, at the check (``vatra.tables``), into the canonical unit of its
quantity; from there on the suffix of its name says the unit (``_wh``, ``_mg``, ``_cents``).
Units that need a property of the fuel (litres, tonnes, cubic metres, gross calorific value) are
converted with factors of the pinned factor book; they are listed in ``FUEL_UNITS`` here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# Exact by definition: 1 cal (thermochemical) = 4.184 J; 1 toe = 10 Gcal(IT) = 41.868 GJ (IEA).
GJ_PER_GCAL = 4.184
GJ_PER_TOE = 41.868
GJ_PER_MWH = 3.6

MG_PER_T = 1_000_000_000
MG_PER_KG = 1_000_000
WH_PER_MWH = 1_000_000
CENTS_PER_EUR = 100
# A factor in t/MWh in the small units that are counted: 1e9 mg per t / 1e6 Wh per MWh.
MG_PER_WH_AT_ONE_T_PER_MWH = MG_PER_T // WH_PER_MWH


@dataclass(frozen=True)
class Quantity:
    """A physical or monetary quantity.

    ``canonical`` is the unit rows are kept in; ``accepted`` maps each accepted spelling to the
    size of that unit in canonical units.
    """

    name: str
    canonical: str
    suffix: str
    accepted: Mapping[str, float]

    def size(self, unit: str) -> float | None:
        """Size of ``unit`` in canonical units, or ``None`` when the unit is not accepted.

        Spelling is exact up to case and surrounding space, so that ``mwh`` is read as ``MWh``; only
        ``Mt`` must be written so, since ``mt`` and ``MT`` are written for tonnes too.
        """
        wanted = unit.strip().casefold()
        if wanted == "mt":
            return self.accepted.get(unit.strip())
        for spelling, size in self.accepted.items():
            if spelling.casefold() == wanted:
                return size
        return None


ENERGY = Quantity(
    name="energy",
    canonical="MWh",
    suffix="_mwh",
    accepted=MappingProxyType(
        {
            "MWh": 1.0,
            "kWh": 1e-3,
            "GWh": 1e3,
            "GJ": 1.0 / GJ_PER_MWH,
            "TJ": 1e3 / GJ_PER_MWH,
            "Gcal": GJ_PER_GCAL / GJ_PER_MWH,
            "toe": GJ_PER_TOE / GJ_PER_MWH,
        }
    ),
)

MASS = Quantity(
    name="mass",
    canonical="t",
    suffix="_t",
    accepted=MappingProxyType({"t": 1.0, "kg": 1e-3, "kt": 1e3, "Mt": 1e6}),
)

AREA = Quantity(
    name="area",
    canonical="ha",
    suffix="_ha",
    accepted=MappingProxyType({"ha": 1.0, "km2": 100.0, "m2": 1e-4}),
)

VOLUME = Quantity(
    name="volume",
    canonical="m3",
    suffix="_m3",
    accepted=MappingProxyType({"m3": 1.0, "thousand m3": 1e3, "million m3": 1e6, "l": 1e-3}),
)

DISTANCE = Quantity(
    name="distance",
    canonical="km",
    suffix="_km",
    accepted=MappingProxyType({"km": 1.0, "thousand km": 1e3, "million km": 1e6}),
)

EMISSION = Quantity(
    name="emission",
    canonical="t CO2e",
    suffix="_t_co2e",
    accepted=MappingProxyType(
        {
            "t": 1.0,
            "t CO2": 1.0,
            "t CO2e": 1.0,
            "tCO2": 1.0,
            "tCO2e": 1.0,
            "kg": 1e-3,
            "kt": 1e3,
            "kt CO2e": 1e3,
            "ktCO2e": 1e3,
            "Mt": 1e6,
        }
    ),
)

MONEY = Quantity(
    name="money",
    canonical="EUR",
    suffix="_eur",
    accepted=MappingProxyType({"EUR": 1.0, "kEUR": 1e3, "MEUR": 1e6, "bn EUR": 1e9}),
)

SHARE = Quantity(
    name="share",
    canonical="share",
    suffix="_share",
    accepted=MappingProxyType({"share": 1.0, "%": 0.01}),
)

EMISSION_FACTOR = Quantity(
    name="emission factor",
    canonical="t/MWh",
    suffix="_t_per_mwh",
    accepted=MappingProxyType(
        {
            "t/MWh": 1.0,
            "kg/MWh": 1e-3,
            "kg/kWh": 1.0,
            "g/kWh": 1e-3,
            "kg/GJ": 1e-3 * GJ_PER_MWH,
            "kg/TJ": 1e-6 * GJ_PER_MWH,
            "t/TJ": 1e-3 * GJ_PER_MWH,
        }
    ),
)

COST_PER_TONNE = Quantity(
    name="cost per tonne",
    canonical="EUR/t",
    suffix="_eur_per_t",
    accepted=MappingProxyType({"EUR/t": 1.0}),
)

QUANTITIES = MappingProxyType(
    {
        each.name: each
        for each in (
            ENERGY,
            MASS,
            AREA,
            VOLUME,
            DISTANCE,
            EMISSION,
            MONEY,
            SHARE,
            EMISSION_FACTOR,
            COST_PER_TONNE,
        )
    }
)

# Units whose size depends on the fuel; the factor book gives MWh (net calorific value) per unit.
# A gross value must be named as such: gas is billed on the gross calorific value in Romania.
FUEL_UNITS = ("l", "t", "kg", "m3 NCV", "m3 GCV", "MWh GCV", "kWh GCV", "GJ GCV")

# Every numeric column of every table ends in one of these.
SUFFIXES = (
    "_mwh",
    "_wh",
    "_t",
    "_mg",
    "_t_co2e",
    "_eur",
    "_cents",
    "_share",
    "_percent",
    "_count",
    "_t_per_mwh",
    "_kg_per_tj",
    "_eur_per_t",
    "_kg",
    "_g",
    "_m3",
    "_l",
    "_ha",
    "_m2",
    "_km",
    "_vehicle_km",
    "_passenger_km",
    "_tonne_km",
    "_years",
    "_days",
    "_hours",
    "_kg_per_person_year",
    "_g_per_person_day",
    "_kwh_per_km",
    "_kw",
    "_w",
    "_degrees_c",
    "_degrees",
    "_m",
    "_mm",
    "_w_m2k",
    "_w_mk",
    "_kd",
    "_parameter",
    "_indicator",
)


def kilograms(mass_mg: float) -> int:
    """A mass [mg] rounded to whole kilograms, still in milligrams.

    What floating point does to a milligram is no figure, and differs between processors.
    """
    return round(float(mass_mg) / MG_PER_KG) * MG_PER_KG
