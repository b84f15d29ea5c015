"""What a substation asks of the network."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans.heatnet.nets import one_pipe
from vatra.plans.heatnet.decay import decay_of
from vatra.plans.heatnet.emitters import flow_kg_s, hot_water, served_share, wish
from vatra.plans.heatnet.network import stations

WATER = 4187


@given(st.floats(0.02, 8.0))
def test_the_decay_solves_its_equation(ratio):
    u = float(decay_of(np.array(ratio)))
    found = -np.expm1(-u) / u if u else 1.0
    assert found == pytest.approx(ratio, rel=1e-11)


def test_the_mean_difference_is_that_of_en_442():
    # 75/65/20: (75 - 65) / ln(55 / 45) = 49.83 K, which EN 442 calls 50.
    known = stations(one_pipe(supply_c=75.0, return_c=65.0))
    assert known.mean_k[0] == pytest.approx(49.83, abs=0.005)
    # 90/70/20: 20 / ln(70 / 50) = 59.44 K
    assert stations(one_pipe()).mean_k[0] == pytest.approx(59.44, abs=0.005)


def test_at_design_a_radiator_sends_back_its_design_return():
    known = stations(one_pipe())
    asked = wish(known, np.array([100e3]))
    flow, share = flow_kg_s(asked, np.array([90.0]), known)
    # 100,000 W / (4,187 J/kgK x 20 K) = 1.19417 kg/s
    assert flow[0] == pytest.approx(100e3 / WATER / 20, rel=1e-9)
    assert share[0] == 1.0


def test_half_the_heat_by_hand():
    """LMTD = 59.44 x 0.5^(1/1.3) = 34.876 K; with supply 70 above 20 that leaves a return of
    45.4 - 20 = ... : (50 - y) / ln(50 / y) = 34.876 gives y = 23.2, so 43.2 degC."""
    known = stations(one_pipe())
    asked = wish(known, np.array([50e3]))
    assert asked.mean_k[0] == pytest.approx(59.44 * 0.5 ** (1 / 1.3), rel=1e-4)
    flow, _ = flow_kg_s(asked, np.array([70.0]), known)
    back = 70 - 50e3 / (WATER * flow[0])
    assert (70 - back) / np.log(50 / (back - 20)) == pytest.approx(asked.mean_k[0], rel=1e-9)
    assert back == pytest.approx(43.2, abs=0.3)


@given(st.floats(0.06, 1.0), st.floats(0.0, 60.0), st.booleans())
def test_less_supply_never_gives_more_heat(load, cooler_k, behind):
    known = stations(one_pipe(supply_c=80.0, return_c=60.0, exchanger_k=6.0 if behind else None))
    asked = wish(known, np.array([load * 100e3]))
    warm = served_share(asked, asked.needed_c)
    cool = served_share(asked, asked.needed_c - cooler_k)
    assert warm[0] == 1.0
    assert 0 <= cool[0] <= 1.0
    assert cool[0] <= served_share(asked, asked.needed_c - cooler_k / 2)[0] + 1e-9


@given(st.floats(0.1, 1.0), st.floats(0.3, 0.95), st.booleans())
def test_what_falls_short_obeys_the_radiator(load, part, behind):
    """At the most flow the served heat asks for exactly the supply there is."""
    net = one_pipe(supply_c=80.0, return_c=60.0, exchanger_k=6.0 if behind else None)
    known = stations(net)
    whole = wish(known, np.array([load * 100e3]))
    supply = 20 + (whole.needed_c - 20) * part
    share = served_share(whole, supply)[0]
    less = wish(known, np.array([load * share * 100e3]))
    if load * share > 0.05:
        assert less.needed_c[0] == pytest.approx(supply[0], abs=1e-3)


def test_hot_water_needs_its_temperature():
    flow, share = hot_water(np.array([42e3, 42e3, 42e3, 0.0]), np.array([70.0, 37.5, 15.0, 70.0]))
    # 42,000 / (4,187 x (70 - 30)); 37.5 degC heats 10 to 32.5 of 55 degC: half of it
    assert flow[0] == pytest.approx(42e3 / WATER / 40)
    # Too cool: the valve is open as for the coolest water that would do, 60 degC.
    assert flow[1] == flow[2] == pytest.approx(42e3 / WATER / 30)
    assert share.tolist() == pytest.approx([1.0, 0.5, 0.0, 1.0])
    assert flow[3] == 0.0
