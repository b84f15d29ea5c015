"""A peer's hours, run by an interpreter of its own (``benchmarks.outside`` makes it).

Prints as JSON how many seconds a building-year takes: 5R1C as the solver alone with everything
prepared, and its model of one capacity whole. Its packages need another pandas than ours.
"""

from __future__ import annotations

import json
import time
from statistics import median

YEARS = 3


def _weather():  # type: ignore[no-untyped-def]
    import numpy as np
    import pandas as pd

    hour = np.arange(8760)
    times = pd.date_range("2021-01-01", periods=8760, freq="h")
    celsius = 10 - 12 * np.cos(2 * np.pi * hour / 8760) - 4 * np.cos(2 * np.pi * hour / 24)
    return pd.DataFrame({"datetime": times, "air_temperature[C]": celsius})


ZONE = {
    "id": "block", "area[m2]": 1500.0, "height[m]": 2.55,
    "C_m[J K-1]": 3.9e8, "H_tr_is[W K-1]": 23_287.0, "H_tr_ms[W K-1]": 40_950.0,
    "H_tr_w[W K-1]": 832.0, "H_tr_em[W K-1]": 1600.0, "H_ve[W K-1]": 765.0,
    "resistance[K W-1]": 3e-4, "capacitance[J K-1]": 3.9e8, "ventilation[W K-1]": 765.0,
    "active_gains_solar": False, "gains_internal[W]": 5250.0,
    "temp_min[C]": 20.0, "temp_max[C]": 26.0, "weather": "weather",
}  # fmt: skip


def _seconds(call) -> float:  # type: ignore[no-untyped-def]
    call()
    taken = []
    for _ in range(YEARS):
        begin = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begin)
    return median(taken)


def main() -> None:
    """Measure what the installed version offers."""
    from entise.methods.hvac.R1C1 import R1C1
    from entise.methods.hvac.R5C1 import R5C1, calculate_timeseries_5r1c

    weather = _weather()
    five = R5C1()
    bundle = five._prepare_inputs(*five._get_input_data(ZONE, {"weather": weather}))
    found = {
        "rc5": _seconds(lambda: calculate_timeseries_5r1c(**bundle)),
        "rc": _seconds(lambda: R1C1().generate(ZONE, {"weather": weather})),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
