"""The benchmark of packages runs what it says."""

import pytest

pytest.importorskip("numba")
pytest.importorskip("pvlib")

from benchmarks.packages import changes, packages, quarter
from vatra.plans.blocks import simulate, synthetic_climate
from vatra.plans.blocks.bulk import renovated


def test_what_is_timed_is_the_need_of_a_renovated_block():
    from benchmarks.blocks import block

    states = changes(20)
    plain = simulate(
        [renovated(block(0), states, place) for place in range(20)],
        synthetic_climate("iasi"),
        "rc5",
        free_float=False,
    )
    assert packages("rc5", 20) == pytest.approx(plain.heating_wh.sum(axis=1).min(), rel=1e-4)
    # More blocks hold a better one.
    assert quarter("rc5", 3, 5) <= packages("rc5", 5) * (1 + 1e-6)
