"""What moves: as much as stays of what was avoided, at the occupancy of where it goes; memory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.engine.models import ACTIVITY, YEARS, action, base
from vatra.plans.distributions import fixed
from vatra.plans.engine import Effect, Model, evaluate

CARS, BUSES, LANDFILL = 5, 7, 8
DECAY = 0.09


def test_what_is_avoided_cannot_move() -> None:
    stay = action("stay", Effect("avoid", "cars", strength=fixed(0.2)))
    bus = action("bus", Effect("shift_activity", "cars", to_use="buses", strength=fixed(0.5)))
    found = evaluate(Model(base(), (stay, bus)))
    # A fifth of the trips is not made; half of the other four fifths takes the bus.
    assert found.amount[CARS, 0] == pytest.approx(4e11 * 0.8 * 0.5)
    moved_km = ACTIVITY["cars"] * 0.8 * 0.5
    assert found.amount[BUSES, 0] == pytest.approx(0.5e11 * (1 + moved_km / ACTIVITY["buses"]))


def test_what_moves_is_counted_as_its_destination_counts_it() -> None:
    # A car-kilometre carries 1.6 passengers, who need 1.6 passenger-kilometres of the bus.
    bus = action(
        "bus",
        Effect(
            "shift_activity", "cars", to_use="buses", strength=fixed(0.1), conversion=fixed(1.6)
        ),
    )
    found = evaluate(Model(base(), (bus,)))
    moved = ACTIVITY["cars"] * 0.1 * 1.6
    assert found.amount[BUSES, 0] == pytest.approx(0.5e11 * (1 + moved / ACTIVITY["buses"]))
    assert found.amount[CARS, 0] == pytest.approx(4e11 * 0.9)


@given(st.integers(1, len(YEARS) - 1), st.floats(0.0, 1.0))
@settings(max_examples=20, deadline=None)
def test_a_stream_remembers_year_by_year_what_was_deposited(later: int, share: float) -> None:
    less = action(
        "less", Effect("avoid", "landfill", strength=fixed(share)), start=YEARS[0] + later
    )
    found = evaluate(Model(base(), (less,))).emission_mg[LANDFILL] / 6e13
    deposits = np.where(np.arange(len(YEARS)) >= later, 1.0 - share, 1.0)
    # E(t) / E0 = e^-kt + sum over x < t of q(x) (1 - e^-k) e^-k(t-1-x): first-order decay, where
    # the deposits of a year begin to decay in the next.
    expected = [
        np.exp(-DECAY * t)
        + sum(deposits[x] * (1 - np.exp(-DECAY)) * np.exp(-DECAY * (t - 1 - x)) for x in range(t))
        for t in range(len(YEARS))
    ]
    assert found == pytest.approx(expected)
    # Nothing changes in the year itself in which less is deposited.
    assert found[later] == pytest.approx(1.0)
