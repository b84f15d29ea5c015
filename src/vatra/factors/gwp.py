"""Global warming potentials over 100 years, by set; a set id, never an edition's name."""

from __future__ import annotations

from collections.abc import Mapping
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


def potentials(set_id: str) -> dict[str, float]:
    """Potential by gas (kg CO2e per kg), CO2 and mixtures published as CO2e being 1.

    Biogenic CO2 has 1 too, as a memo item; it enters no total. A gas the set does not know is
    absent. Raises ``KeyError`` naming the sets that exist.
    """
    if set_id not in SETS:
        raise KeyError(f"GWP set '{set_id}' is not known. Use {', '.join(SETS)}.")
    import globalwarmingpotentials

    values = globalwarmingpotentials.data[SETS[set_id]]
    found = {gas: float(values[gas]) for gas in _SPECIES if values.get(gas) is not None}
    return {"CO2": 1.0, MIXTURE: 1.0, BIOGENIC: 1.0, **found}
