"""Traffic: vehicles, passengers and goods moved over a distance, and the energy a kilometre takes.

``TRAFFIC`` counts kilometres; the unit says of what: vehicles, passengers or tonnes.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from vatra.units import GJ_PER_MWH, Quantity

CARRIED = ("vehicle", "passenger", "tonne")
_SIZES = (("", 1.0), ("thousand ", 1e3), ("million ", 1e6))

TRAFFIC = Quantity(
    name="traffic",
    canonical="km",
    suffix="_km",
    accepted=MappingProxyType(
        {f"{many}{what}-km": size for what in CARRIED for many, size in _SIZES}
    ),
)

# Unit of consumption -> the energy or fuel unit it counts, and how much of it one kilometre takes.
_CONSUMPTIONS = MappingProxyType(
    {
        "l/100 km": ("l", 0.01),
        "kg/100 km": ("kg", 0.01),
        "g/km": ("kg", 0.001),
        "kWh/100 km": ("MWh", 0.01 * 1e-3),
        "kWh/km": ("MWh", 1e-3),
        "MJ/km": ("MWh", 1e-3 / GJ_PER_MWH),
    }
)
CONSUMPTION_UNITS = tuple(_CONSUMPTIONS)


def carried(unit: str) -> str:
    """What a unit of traffic counts: ``million passenger-km`` -> ``passenger``."""
    wanted = unit.strip().casefold()
    return next(each for each in CARRIED if wanted.endswith(f"{each}-km"))


def energy_mwh_per_km(
    consumption: float, unit: str, fuel_size: Callable[[str], float | None]
) -> float | None:
    """Energy that one kilometre takes [MWh/km].

    Parameters
    ----------
    consumption : in ``unit``, one of ``CONSUMPTION_UNITS``
    fuel_size : MWh (net calorific value) in one ``l`` or ``kg`` of the carrier, None if not known

    Returns
    -------
    None when the unit is not known, or needs a property of the carrier that is not known.
    """
    counted, size = _CONSUMPTIONS.get(unit, ("", 0.0))
    mwh = 1.0 if counted == "MWh" else fuel_size(counted)
    return consumption * size * mwh if counted and mwh else None
