"""The benchmark of blocks runs what it says."""

import pytest

pytest.importorskip("numba")
pytest.importorskip("pvlib")

from benchmarks.blocks import (
    MODAL_MULTIPLICATIONS,
    RC5_MULTIPLICATIONS,
    block,
    building_years,
    multiplications,
    rows,
)
from vatra.plans.blocks import simulate, synthetic_climate
from vatra.plans.blocks.engines import modal_kernel, rc5_kernel


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["rc5", "modal"])
def test_what_is_timed_is_what_simulate_gives(engine):
    # Eight blocks of 512 repeated: the mean of their months.
    needs = simulate([block(n) for n in range(8)], synthetic_climate("iasi"), engine,
                     free_float=False)  # fmt: skip
    assert building_years(engine, 8) == pytest.approx(needs.heating_wh.mean(), rel=1e-4)


def test_the_floor_does_no_more_than_the_engines():
    # Of an hour: all numbers of a zone but setpoints, capacities and additions alone.
    assert rc5_kernel.COEFFICIENTS >= RC5_MULTIPLICATIONS
    assert modal_kernel.COEFFICIENTS >= MODAL_MULTIPLICATIONS
    assert multiplications("rc5", 1) == pytest.approx(9504 * 20 * 1e-3, rel=1e-2)


def test_rows_are_needs_per_area():
    assert 10 < rows(1000) < 300
