"""Buildings as columns need what the zones of the same buildings need."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest

from tests.plans.blocks.cases import wave_climate
from vatra.plans.blocks import Engine, simulate
from vatra.plans.blocks.bulk.stream import MONTHS, building_zone, need_of
from vatra.plans.stock.archetypes import archetypes
from vatra.plans.stock.building import Building
from vatra.plans.stock.generate import Count, generate
from vatra.plans.stock.zone import zone_of

pytest.importorskip("numba")


def made() -> list[Building]:
    """Four buildings of every type, some of them wall to wall."""
    counts = [
        Count("q", code, 4, max(4, int(4 * each.of("flats_count"))), 4 * each.flat_m2
              * max(1.0, each.of("flats_count")))
        for code, each in archetypes().items()
    ]  # fmt: skip
    return generate(counts)


def framed(buildings: Sequence[Building]) -> pl.DataFrame:
    sides = [each.shape.facades for each in buildings]
    return pl.DataFrame(
        {
            "building": [each.code for each in buildings],
            "archetype": [each.archetype for each in buildings],
            "heated_m2": [each.heated_m2 for each in buildings],
            "footprint_m2": [each.shape.footprint_m2 for each in buildings],
            "storeys_count": [each.shape.storeys_count for each in buildings],
            "storey_height_m": [each.shape.storey_height_m for each in buildings],
            "flats_count": [each.flats_count for each in buildings],
            "facade_azimuth_deg": [[side.azimuth_deg for side in each] for each in sides],
            "facade_outer_m2": [[side.outer_m2 for side in each] for each in sides],
        }
    )


@pytest.mark.parametrize("engine", ["rc5", "seasonal", "modal"])
def test_columns_need_what_zones_need(engine: Engine):
    buildings = made()
    zones = [zone_of(each, (), archetypes()[each.archetype]) for each in buildings]
    needs = simulate(zones, wave_climate(), engine, sky="isotropic", free_float=False)
    found = need_of(framed(buildings), wave_climate(), engine, sky="isotropic", single=False)
    # Both are rounded to whole watt-hours, out of up to a hundred million.
    assert abs(found.select(MONTHS).to_numpy() - needs.heating_wh).max() <= 1
    if engine == "seasonal":
        assert found["peak_heating_w"].null_count() == len(buildings)
    else:
        assert abs(found["peak_heating_w"].to_numpy() - needs.peak_heating_w).max() <= 1


def test_own_figures_and_odd_corners_are_those_of_their_zones():
    buildings = made()[:8]
    frame = framed(buildings).with_columns(
        pl.Series("wall_u_w_m2k", [0.3, None, 0.25, None, None, None, None, None]),
        pl.Series("window_u_w_m2k", [1.1, 0.9, None, None, None, None, None, None]),
        pl.Series("elements", [[], [], [], [{"code": "w", "kind": "wall", "area_m2": 120.0,
                  "u_w_m2k": 0.4, "azimuth_deg": 90.0}], None, [], [], []]),
        pl.Series("facade_azimuth_deg", [*framed(buildings)["facade_azimuth_deg"].to_list()[:7],
                  [0.0, 22.5, 180.0, 202.5]]),
    )  # fmt: skip
    zones = [building_zone(row) for row in frame.iter_rows(named=True)]
    needs = simulate(zones, wave_climate(), "rc5", sky="isotropic", free_float=False)
    found = need_of(frame, wave_climate(), sky="isotropic", single=False, threads=2)
    assert abs(found.select(MONTHS).to_numpy() - needs.heating_wh).max() <= 1
    assert found["heating_wh"][0] < need_of(framed(buildings), wave_climate(), sky="isotropic")[
        "heating_wh"
    ][0] * 0.9  # fmt: skip


def test_thirty_two_bits_stay_within_a_ten_thousandth():
    frame = framed(made())
    single, double = (
        need_of(frame, wave_climate(), sky="isotropic", single=each)["heating_wh"].to_numpy()
        for each in (True, False)
    )
    assert np.abs(single / double - 1).max() < 1e-4
