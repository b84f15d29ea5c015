"""A panel block of 1978 with twenty flats, and energy that is simple enough to follow by hand."""

from __future__ import annotations

from datetime import date

import numpy as np

from vatra.plans.retrofit import Block, Energy, Packages

DAY = date(2026, 11, 1)
# A day on which the regional call took applications.
IN_CALL = date(2026, 3, 1)

BLOCK = Block(
    kind="block",
    built_year=1978,
    design_year=1976,
    region="nord_est",
    seismic_class="RsIII",
    has_association=True,
    has_eu_funds=False,
    floor_m2=1200.0,
    built_m2=1500.0,
    flat_m2=(72.0, 60.0, 48.0) * 6 + (60.0, 60.0),
)

QUANTITIES = {
    "wall_m2": 850.0,
    "roof_m2": 380.0,
    "basement_m2": 380.0,
    "window_m2": 320.0,
    "floor_m2": 1200.0,
    "flat_count": 20.0,
}

# Heat for rooms, hot water and power of the block as it stands: 150, 30 and 30 kWh/m2.
BEFORE = Energy(
    {"district_heat": np.array([180 * 1200.0]), "electricity": np.array([30 * 1200.0])},
    np.array([150 * 1200.0]),
    np.array([100.0]),
)


def energy_of(packages: Packages) -> Energy:
    """Each measure cuts heating by a fixed share; a heat pump has a COP of 3; PV gives 800 kWh."""
    kept = np.ones(packages.count)
    shares = {"wall": 0.65, "roof": 0.9, "basement": 0.92, "windows": 0.8, "ventilation": 0.7}
    for axis, share in shares.items():
        kept *= np.where(packages.touches([axis]), share, 1.0)
    heating = 150 * 1200.0 * kept
    heat = heating + 30 * 1200.0
    has_pump = packages.heat_carriers() == "electricity"
    power = 30 * 1200.0 + np.where(has_pump, heat / 3, 0.0)
    power -= np.minimum(power, 800 * packages.amounts("pv"))
    return Energy(
        {"district_heat": np.where(has_pump, 0.0, heat), "electricity": power},
        heating,
        100 * kept,
    )
