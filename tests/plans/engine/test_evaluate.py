"""The engine: named cases with their arithmetic, and what holds for every model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.engine.models import (
    ACTIVITY,
    CELLS,
    YEARS,
    action,
    base,
    efficiency,
    models,
    one_cell,
)
from vatra.plans.distributions import fixed
from vatra.plans.engine import Adoption, Effect, Model, central, evaluate

T = 1e9  # mg


def total_t(model: Model) -> np.ndarray:
    return np.asarray(evaluate(model).total_mg / T)


def test_two_measures_of_half_on_one_cell_remove_three_quarters() -> None:
    halves = (action("a", efficiency(0.5)), action("b", efficiency(0.5)))
    # 100 t * (1 - 0.5) * (1 - 0.5) = 25 t: 75 % removed, not 100 %.
    assert total_t(Model(one_cell(100.0), halves)) == pytest.approx([25.0] * 3)


def test_exclusive_measures_serve_different_parts_and_add_up() -> None:
    halves = [
        action(name, efficiency(0.5, group="g", combine="exclusive"), reach_share=reach)
        for name, reach in (("a", 0.6), ("b", 0.4))
    ]
    # 60 % and 40 % of the flats, each half: 100 - 30 - 20.
    assert total_t(Model(one_cell(100.0), tuple(halves)))[0] == pytest.approx(50.0)


def test_nested_measures_give_the_larger_one() -> None:
    pair = [
        action(name, efficiency(share, group="g", combine="nested"))
        for name, share in (("lamps", 0.5), ("dimming", 0.2))
    ]
    assert total_t(Model(one_cell(100.0), tuple(pair)))[0] == pytest.approx(50.0)


def test_capped_measures_never_pass_the_technical_potential() -> None:
    def capped(share: float) -> Effect:
        return efficiency(share, group="g", combine="capped", potential_share=0.4)

    three = tuple(action(name, capped(0.3)) for name in "abc")
    # Each reaches 0.3 / 0.4 = 75 % of the potential: 100 (1 - 0.4 + 0.4 * 0.25^3) = 60.625.
    assert total_t(Model(one_cell(100.0), three))[0] == pytest.approx(60.625)
    assert total_t(Model(one_cell(100.0), three[:1]))[0] == pytest.approx(70.0)


def test_a_measure_does_nothing_before_the_one_it_requires() -> None:
    first = action("network", efficiency(0.1), start=2023)
    second = action("stations", efficiency(0.5), start=2021, requires=("network",))
    model = Model(one_cell(100.0), (second, first))
    assert total_t(model) == pytest.approx([100.0, 100.0, 100 * 0.9 * 0.5])
    assert total_t(model.only({"stations"})) == pytest.approx([100.0] * 3)


def test_heat_pumps_gain_year_by_year_on_a_grid_that_gets_cleaner() -> None:
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
    found = evaluate(Model(base(cleaner_grid=0.6), (pump,)))
    without = evaluate(Model(base(cleaner_grid=0.6), ()))
    cut_t = (without.total_mg - found.total_mg) / T
    # 800 GWh of gas, half of it moved: 400 GWh * 0.202 - 400 / 3 GWh * 0.300 in the first year,
    # 400 * 0.202 - 400 / 3 * 0.120 in the last.
    assert cut_t[0] == pytest.approx(400e3 * 0.202 - 400e3 / 3 * 0.300)
    assert cut_t[-1] == pytest.approx(400e3 * 0.202 - 400e3 / 3 * 0.120)
    assert bool((np.diff(cut_t) > 0).all())
    # The electricity of the pumps stands in the electricity cell: no second ledger.
    assert found.energy_wh("electricity")[0] - without.energy_wh("electricity")[0] == pytest.approx(
        4e11 / 3
    )


def test_a_bus_line_and_cycling_do_not_carry_the_same_passenger_twice() -> None:
    bus = action("bus", Effect("shift_activity", "cars", to_use="buses", strength=fixed(0.5)))
    bike = action("bike", Effect("shift_activity", "cars", to_use="active", strength=fixed(0.5)))
    found = evaluate(Model(base(), (bus, bike)))
    cars, buses = 5, 7
    # A quarter stays in the car; each of the two takes 0.5 - 0.5 * 0.25 = 0.375 of all.
    assert found.amount[cars, 0] == pytest.approx(4e11 * 0.25)
    moved_km = 9e8 * 0.375
    assert found.amount[buses, 0] == pytest.approx(0.5e11 * (1 + moved_km / 2e8))
    left_km = 9e8 * 0.25
    assert left_km + 2 * moved_km == pytest.approx(ACTIVITY["cars"])


def test_a_ban_on_landfilling_leaves_the_tail_of_what_lies_there() -> None:
    ban = action("ban", Effect("avoid", "landfill", strength=fixed(1.0)))
    found = evaluate(Model(base(), (ban,))).emission_mg[8] / 6e13
    assert found == pytest.approx(np.exp(-0.09 * np.arange(len(YEARS))))


def test_capturing_gas_acts_at_once() -> None:
    capture = action("capture", Effect("non_energy", "landfill", strength=fixed(0.4)), start=2024)
    found = evaluate(Model(base(), (capture,))).emission_mg[8] / 6e13
    assert found == pytest.approx([1.0] * 3 + [0.6] * 7)


def test_a_sink_counts_nothing_before_it_is_planted() -> None:
    curve = tuple(age * 1e9 for age in range(12))
    wood = action(
        "wood", Effect("sink", curve=curve), adoption=Adoption(2024, ramp_years=2, shape="linear")
    )
    taken = evaluate(Model(base(), (wood,))).sink_mg[0] / T
    # Half planted in 2024, half in 2025; t takes up age_1 / 2 + age_2 / 2.
    assert taken == pytest.approx([0, 0, 0, 0, -0.5, -1.5, -2.5, -3.5, -4.5, -5.5])


def test_own_generation_replaces_purchases_and_the_rest_is_a_memo() -> None:
    roofs = action(
        "pv",
        Effect("own_generation", "tertiary", amount=fixed(4e11), strength=fixed(0.3)),
    )
    found = evaluate(Model(base(), (roofs,)))
    # 400 GWh made, 120 used on site of 150 needed: 30 bought, 280 exported.
    assert found.amount[4, 0] == pytest.approx(0.3e11)
    assert found.exported_wh[0] == pytest.approx(2.8e11)
    assert not found.binding
    more = evaluate(Model(base(), (replace(roofs, code="pv"), replace(roofs, code="pv2"))))
    assert more.amount[4, 0] == pytest.approx(0.0)
    assert more.exported_wh[0] == pytest.approx(8e11 - 1.5e11)
    assert more.binding


def test_tonnes_known_only_as_printed_are_capped_at_what_is_there() -> None:
    def printed(code: str, mass_t: float) -> object:
        return action(code, Effect("observed_tonnes", "buildings", amount=fixed(mass_t * T)))

    there_t = evaluate(Model(base(), ())).by_sector()["buildings"][0] / T
    within = evaluate(Model(base(), (printed("a", 1000.0), printed("b", 500.0))))  # type: ignore[arg-type]
    assert within.by_sector()["buildings"][0] / T == pytest.approx(there_t - 1500.0)
    over = evaluate(Model(base(), (printed("a", there_t), printed("b", 5.0))))  # type: ignore[arg-type]
    assert over.by_sector()["buildings"][0] == pytest.approx(0.0)
    assert over.binding and not within.binding


def test_moving_activity_of_an_unknown_use_says_which() -> None:
    freight = replace(CELLS[5], use="freight")
    cells = (*CELLS[:5], freight, *CELLS[6:])
    model = Model(
        replace(base(), cells=cells),
        (action("rail", Effect("shift_activity", "freight", to_use="buses")),),
    )
    with pytest.raises(ValueError, match="the activity of freight is not known"):
        evaluate(model)


@given(models())
@settings(max_examples=60, deadline=None)
def test_all_off_is_the_base(model: Model) -> None:
    off = replace(model, actions=tuple(replace(each, level=0.0) for each in model.actions))
    assert evaluate(off).emission_mg == pytest.approx(model.base.emission_mg)
    assert evaluate(model.only(())).emission_mg == pytest.approx(model.base.emission_mg)


@given(models(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_actions_does_not_matter(model: Model, random: object) -> None:
    shuffled = list(model.actions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = evaluate(model), evaluate(replace(model, actions=tuple(shuffled)))
    assert first.emission_mg == pytest.approx(second.emission_mg, rel=1e-12)


@given(models())
@settings(max_examples=60, deadline=None)
def test_no_cell_is_negative_and_useful_energy_is_conserved(model: Model) -> None:
    found = evaluate(model)
    assert bool((found.emission_mg >= 0).all())
    assert bool((found.amount >= 0).all())


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=6),
    st.lists(st.floats(0, 1), min_size=1, max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_person_kilometres_are_conserved(to_bus: list[float], to_bike: list[float]) -> None:
    shifts = [("buses", share) for share in to_bus] + [("active", share) for share in to_bike]
    actions = tuple(
        action(f"s{n}", Effect("shift_activity", "cars", to_use=use, strength=fixed(share)))
        for n, (use, share) in enumerate(shifts)
    )
    found = evaluate(Model(base(), actions))
    in_cars = ACTIVITY["cars"] * found.amount[5, 0] / 4e11
    in_buses = ACTIVITY["buses"] * found.amount[7, 0] / 0.5e11
    gone = np.prod([1.0 - share for _, share in shifts])
    assert in_cars == pytest.approx(ACTIVITY["cars"] * gone, abs=1e-3)
    # What reached neither car nor bus is on a bicycle, never more and never less than there was.
    on_bikes = ACTIVITY["cars"] + ACTIVITY["buses"] - in_cars - in_buses
    assert -1e-3 <= on_bikes <= ACTIVITY["cars"] + 1e-3
    if not any(to_bike):
        assert on_bikes == pytest.approx(0.0, abs=1e-3)


@given(models(), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_draws_side_by_side_are_the_runs_one_by_one(model: Model, draws: int) -> None:
    rng = np.random.default_rng(draws)
    one = central(model)
    scale = rng.uniform(0.5, 1.0, (len(model.actions), draws))
    many = replace(
        one,
        adoption=np.repeat(one.adoption[:, None, :], draws, axis=1),
        strength=[
            [np.asarray(value) * scale[i] for value in values]
            for i, values in enumerate(one.strength)
        ],
    )
    together = evaluate(model, many)
    for d in range(draws):
        alone = replace(
            one,
            strength=[
                [float(np.asarray(value)) * scale[i, d] for value in values]
                for i, values in enumerate(one.strength)
            ],
        )
        assert together.emission_mg[:, d] == pytest.approx(evaluate(model, alone).emission_mg)
