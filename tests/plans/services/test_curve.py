"""Heating curves."""

import numpy as np
import pytest

from vatra.plans.services import System
from vatra.plans.services.curve import Water, water

OUTDOOR = np.array([-18.0, 0.0, 10.0, 20.0, 25.0])


def of(emitter: str = "radiator", share: float = 1.0, **stated: float) -> Water:
    system = System("heating", "heat_pump_air", 1, "electricity", emitter, **stated)
    return water(system, OUTDOOR, -18.0, np.array(share))


def test_the_published_lines() -> None:
    # Radiator 40 - T, floor 30 - 0.5 T; none below the room.
    assert of().supply_c == pytest.approx([58, 40, 30, 20, 20])
    assert of("floor_heating").supply_c == pytest.approx([39, 30, 25, 20, 20])


def test_stated_water_at_the_design_temperature_and_half_load() -> None:
    found = of(supply_c=70.0, return_c=55.0)
    assert (found.supply_c[0], found.return_c[0]) == pytest.approx((70, 55))
    # At 0 degC, 20/38 of the load: 42.5 x (20/38)^(1/1.3) = 25.94; spread 15 x 20/38 = 7.89
    assert found.supply_c[1] == pytest.approx(20 + 25.94 + 3.95, abs=0.01)
    assert found.return_c[1] == pytest.approx(20 + 25.94 - 3.95, abs=0.01)


def test_water_is_cooler_where_the_load_fell() -> None:
    # Mean excess 33 K of 58/48 falls by 0.4^(1/1.3) = 0.4942 to 16.31, the half spread to 2.
    assert of(share=0.4).supply_c[0] == pytest.approx(20 + 16.31 + 2.0, abs=0.01)
    # EN 442: the emitter then gives 0.4942^1.3 = 0.4 of its power.
    mean = of(share=0.4).mean_c[0] - 20
    assert (mean / (of().mean_c[0] - 20)) ** 1.3 == pytest.approx(0.4)


def test_return_never_above_supply_nor_below_the_room() -> None:
    for emitter in ("radiator", "floor_heating", "convector"):
        for share in (0.05, 0.5, 1.0):
            found = of(emitter, share)
            assert (found.supply_c >= found.return_c).all()
            assert (found.return_c >= 20 - 1e-9).all()
