"""What goes in comes out: supply meets demand, carriers share a use, cohorts of sinks add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.engine.models import MG_PER_WH, action, base
from vatra.plans.distributions import fixed
from vatra.plans.engine import Adoption, Base, Cell, Effect, Model, evaluate

shares = st.floats(0.0, 1.0)


@given(st.lists(st.tuples(st.floats(0, 6e11), shares), min_size=1, max_size=4), shares)
@settings(max_examples=60, deadline=None)
def test_what_is_made_is_used_or_exported_and_what_is_needed_is_made_or_bought(
    roofs: list[tuple[float, float]], most: float
) -> None:
    actions = tuple(
        action(
            f"pv{n}",
            Effect(
                "own_generation",
                "buildings",
                amount=fixed(made),
                strength=fixed(used),
                potential_share=most,
            ),
        )
        for n, (made, used) in enumerate(roofs)
    )
    without = evaluate(Model(base(), ())).energy_wh("electricity")
    found = evaluate(Model(base(), actions))
    bought = found.energy_wh("electricity")
    made = sum(each for each, _ in roofs)
    met = without - bought
    # Made = used on site + exported; needed = bought + made and used on site.
    assert met + found.exported_wh == pytest.approx(np.full_like(met, made), abs=1.0)
    in_buildings = 2e11 + 1.5e11
    assert bool((met <= most * in_buildings + 1.0).all())


@given(st.lists(shares, min_size=1, max_size=3), st.lists(shares, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_useful_energy_of_a_use_is_conserved_by_shifts_of_carriers(
    pumps: list[float], networks: list[float]
) -> None:
    ratio = {"electricity": 3.0, "district_heat": 0.9}
    wanted = [("electricity", each) for each in pumps] + [
        ("district_heat", each) for each in networks
    ]
    actions = tuple(
        action(
            f"s{n}",
            Effect(
                "shift_carrier",
                "residential",
                "natural_gas",
                to_carrier=carrier,
                strength=fixed(share),
                ratio=fixed(ratio[carrier]),
            ),
        )
        for n, (carrier, share) in enumerate(wanted)
    )
    before, after = evaluate(Model(base(), ())), evaluate(Model(base(), actions))
    gas, power, heat = 0, 1, 2
    change = after.amount[:, 0] - before.amount[:, 0]
    # Shares of the use sum to 1: what gas no longer serves, the other two serve at their ratios.
    served = ratio["electricity"] * change[power] + ratio["district_heat"] * change[heat]
    assert served == pytest.approx(-change[gas], rel=1e-9, abs=1.0)


def test_a_better_boiler_goes_with_the_boiler_and_a_better_wall_stays_with_the_house() -> None:
    def pack(*actions: object) -> np.ndarray:
        return evaluate(Model(base(), actions)).amount[:, 0]  # type: ignore[arg-type]

    def on_gas(code: str, share: float, acts_on: str) -> object:
        effect = Effect(
            "efficiency",
            "residential",
            "natural_gas",
            strength=fixed(share),
            acts_on=acts_on,  # type: ignore[arg-type]
        )
        return action(code, effect)

    pump = action(
        "pump",
        Effect(
            "shift_carrier",
            "residential",
            "natural_gas",
            to_carrier="electricity",
            strength=fixed(0.5),
            ratio=fixed(3.0),
        ),
    )
    gas, power = 0, 1
    # Gas: 800 GWh * 0.5 stays * 0.8; electricity: 200 + 400 / 3, no matter how good the boiler is.
    boiler = pack(on_gas("boiler", 0.2, "device"), pump)
    assert boiler[gas] == pytest.approx(8e11 * 0.5 * 0.8)
    assert boiler[power] == pytest.approx(2e11 + 4e11 / 3)
    # A wall lowers the heat that is needed, so the pump needs less power too; what lamps use stays.
    wall = pack(on_gas("wall", 0.25, "service"), pump)
    assert wall[gas] == pytest.approx(8e11 * 0.5 * 0.75)
    assert wall[power] == pytest.approx(2e11 + 4e11 / 3 * 0.75)


def test_cleaner_supply_cleans_what_measures_moved_to_it() -> None:
    cell = (
        Cell("residential", "buildings", "I.1", "natural_gas", "1"),
        Cell("residential", "buildings", "I.1", "electricity", "2"),
    )
    amount = np.array([[90e6], [10e6]])
    factor = np.array([[0.2 * MG_PER_WH], [0.3 * MG_PER_WH]])
    pump = action(
        "pump",
        Effect(
            "shift_carrier",
            "residential",
            "natural_gas",
            to_carrier="electricity",
            strength=fixed(1.0),
            ratio=fixed(3.0),
        ),
    )
    green = action("green", Effect("clean_supply", "", "electricity", strength=fixed(0.5)))
    found = evaluate(Model(Base((2021,), cell, amount, factor, {}), (pump, green)))
    # (10 + 90 / 3) MWh * 0.3 * 0.5 = 6 t.
    assert found.total_mg[0] / 1e9 == pytest.approx(6.0)


@given(st.floats(0.0, 1.0), st.integers(2021, 2029), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_a_sink_that_has_grown_takes_up_every_years_cohort_at_its_age(
    level: float, start: int, ramp: int
) -> None:
    curve = (0.0, 2e9, 5e9, 7e9, 6e9)
    wood = action("wood", Effect("sink", curve=curve), adoption=Adoption(start, ramp), level=level)
    taken = evaluate(Model(base(), (wood,))).sink_mg[0]
    expected = np.zeros(10)
    for planted in range(ramp):
        for age, each in enumerate(curve):
            year = start - 2021 + planted + age
            if year < 10:
                expected[year] -= level / ramp * each
    assert taken == pytest.approx(expected, abs=1.0)
    assert bool((taken[: max(start - 2021, 0)] == 0).all())
