"""Global warming potentials over 100 years, by set; a set id, never an edition's name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from vatra.tables.vocabulary import BIOGENIC, MIXTURE

# Vatra's set id -> column of the package `globalwarmingpotentials`, which carries the sources.
SETS: Mapping[str, str] = MappingProxyType(
    {
        "SAR": "SARGWP100",
        "AR4": "AR4GWP100",
        "AR5": "AR5GWP100",
        "AR5_FEEDBACK": "AR5CCFGWP100",
        "AR6": "AR6GWP100",
    }
)
# HFC and PFC are families: their potential belongs to the species, so they have none here.
_SPECIES = ("CH4", "N2O", "SF6", "NF3")
_FAMILIES = (
    ("HFC", ("HFC",)),
    ("PFC", ("CF4", "C2F6", "C3F8", "cC4F8", "C4F10", "C5F12", "C6F14")),
)


def potentials(set_id: str) -> dict[str, float]:
    """Potential by gas (kg CO2e per kg), CO2 and mixtures published as CO2e being 1.

    Biogenic CO2 has 1 too, as a memo item; it enters no total. A gas the set does not know is
    absent. Raises ``KeyError`` naming the sets that exist.
    """
    values = _column(set_id)
    found = {gas: values.get(gas) for gas in _SPECIES}
    known = {gas: float(value) for gas, value in found.items() if value is not None}
    return {"CO2": 1.0, MIXTURE: 1.0, BIOGENIC: 1.0, **known}


@cache
def species_potentials(set_id: str) -> Mapping[str, float]:
    """Potential by species (``HFC134a``, ``CF4``, and the gases that are one species).

    Raises ``KeyError`` naming the sets that exist.
    """
    values = _column(set_id)
    species = {
        name: float(value)
        for name, value in values.items()
        if value is not None and family(name) is not None
    }
    return MappingProxyType({**species, **potentials(set_id)})


def family(species: str) -> str | None:
    """The gas of the seven that a species belongs to: ``HFC134a`` -> ``HFC``."""
    for gas, names in _FAMILIES:
        if species.startswith(names):
            return gas
    return species if species in ("CO2", *_SPECIES, MIXTURE, BIOGENIC) else None


def _column(set_id: str) -> Mapping[str, float | None]:
    if set_id not in SETS:
        raise KeyError(f"GWP set '{set_id}' is not known. Use {', '.join(SETS)}.")
    import globalwarmingpotentials

    values: Mapping[str, float | None] = globalwarmingpotentials.data[SETS[set_id]]
    return values
