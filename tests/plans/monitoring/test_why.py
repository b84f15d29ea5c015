from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.monitoring.models import MG_PER_T, YEARS, action, model
from vatra.plans.distributions import fixed
from vatra.plans.engine import Action, Adoption, Base, Cell, Choice, Effect, Model, evaluate
from vatra.plans.monitoring import why


def effects(found) -> dict[str, int]:
    return {each.change.name: each.effect_mg for each in found.causes}


def total(of: Model, year: int = 2035) -> int:
    return round(float(evaluate(of).total_mg[of.base.at(year)]))


def scaled(of: Model, amount=1.0, factor=1.0, growth=0.0, cleaner=0.0) -> Model:
    """The same model with other rows, drivers and factors."""
    ramp = np.linspace(0, 1, len(of.base.years))
    base = of.base
    changed = Base(
        base.years,
        base.cells,
        base.amount * amount * (1 + growth * ramp),
        base.factor * factor * (1 - cleaner * ramp),
    )
    return replace(of, base=changed)


def test_nothing_changed_and_nothing_is_why():
    found = why(model(action()), model(action()), 2035)
    assert (found.change_mg, found.causes) == (0, ())


def test_one_cause_by_hand():
    # The action removes half of 1,000 t; without it 500 t more.
    found = why(model(action()), model(), 2035)
    assert effects(found) == {"removed:R": 500 * MG_PER_T}
    assert found.is_exact


def test_two_causes_by_hand():
    # 1,500 t. Twice the energy: 3,000. The action on 1,000: -500, on 2,000: -1,000.
    # inventory (1500 + 1000) / 2 = 1250; action (-500 - 1000) / 2 = -750; together 500
    found = why(model(), scaled(model(action()), amount=2.0), 2035)
    assert effects(found) == {"inventory": 1250 * MG_PER_T, "added:R": -750 * MG_PER_T}
    assert {each.change.name: each.alone_mg for each in found.causes} == {
        "inventory": 1500 * MG_PER_T,
        "added:R": -500 * MG_PER_T,
    }


def test_each_kind_of_change_is_told_apart():
    before = model(action("A"), action("B"), action("C"), action("D"), action("E"))
    moved = before.with_choices({"A": Choice(2028, 0.5)})
    half = Effect("efficiency", "residential", "natural_gas", strength=fixed(0.25))
    cars = Effect("avoid", "cars", strength=fixed(0.25))
    actions = [
        replace(each, effects=(half,)) if each.code == "B"
        else replace(each, effects=(cars,)) if each.code == "C"
        else each
        for each in moved.actions
        if each.code != "D"
    ]  # fmt: skip
    after = scaled(replace(moved, actions=(*actions, action("F"))), 1.1, 0.9, 0.2, 0.3)
    found = why(before, after, 2035)
    assert set(effects(found)) == {
        "inventory", "drivers", "factors", "factor_path",
        "choice:A", "strength:B", "mechanism:C", "removed:D", "added:F",
    }  # fmt: skip
    assert sum(effects(found).values()) == found.change_mg == total(after) - total(before)


def test_another_requirement_is_another_mechanism():
    late = action(
        "L", start=2034, ramp=1.0, effects=(Effect("avoid", "cars", strength=fixed(0.1)),)
    )
    before = model(action("A"), late)
    after = model(action("A", requires=("L",)), late)
    found = why(before, after, 2033)
    # Without L, which begins in 2034, A does nothing in 2033: 500 t more.
    assert effects(found) == {"mechanism:A": 500 * MG_PER_T}


def test_a_cell_that_one_version_lacks_is_inventory():
    gas = Cell("residential", "buildings", "I.1", "natural_gas", "1")
    small = Base(YEARS, (gas,), np.full((1, 15), 5e9), np.full((1, 15), 200.0))
    found = why(Model(small, (action(),)), model(action()), 2035)
    assert effects(found) == {"inventory": 500 * MG_PER_T}


def test_another_base_year_is_refused_and_a_year_beyond():
    later = model()
    base = Base(YEARS[1:], later.base.cells, later.base.amount[:, 1:], later.base.factor[:, 1:])
    with pytest.raises(ValueError, match="2021 and 2022"):
        why(model(), Model(base, ()), 2035)
    with pytest.raises(ValueError, match="2040"):
        why(model(), model(action()), 2040)


def many(count: int, strength: float) -> list[Action]:
    return [
        action(f"M{n:02}", effects=(Effect("avoid", "cars", strength=fixed(strength + n / 100)),))
        for n in range(count)
    ]


def test_too_many_changes_are_sampled_and_still_add_up():
    before = model(*many(16, 0.05))
    after = scaled(before.with_choices({each.code: Choice(2030, 0.5) for each in before.actions}),
                   1.2)  # fmt: skip
    found = why(before, after, 2032)
    assert not found.is_exact
    assert len(found.causes) == 17
    assert (
        sum(effects(found).values()) == found.change_mg == total(after, 2032) - total(before, 2032)
    )
    assert why(before, after, 2032) == found
    assert all(each.error_mg >= 0 for each in found.causes)


def test_sampling_agrees_with_all_sets_within_its_error():
    before = model(*many(8, 0.05))
    after = scaled(before.with_choices({each.code: Choice(2030, 0.5) for each in before.actions}),
                   1.2)  # fmt: skip
    exact = why(before, after, 2032)
    sampled = why(before, after, 2032, exact_to=3)
    assert exact.is_exact and not sampled.is_exact
    for one, other in zip(exact.causes, sampled.causes, strict=True):
        assert abs(one.effect_mg - other.effect_mg) <= 4 * other.error_mg + 2


@settings(max_examples=25, deadline=None)
@given(
    st.floats(0.5, 2), st.floats(0.5, 2), st.floats(-0.5, 0.5), st.floats(0, 0.9),
    st.integers(2022, 2034), st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_the_causes_always_add_up_and_turn_round(amount, factor, growth, cleaner, start, level, x):
    before = model(action("A"), action("B", effects=(Effect("avoid", "cars", strength=fixed(x)),)))
    after = scaled(
        before.with_choices({"A": Choice(start, level)}), amount, factor, growth, cleaner
    )
    found = why(before, after, 2035)
    assert sum(effects(found).values()) == found.change_mg == total(after) - total(before)
    back = effects(why(after, before, 2035))
    for name, effect in effects(found).items():
        # Rounding to whole milligrams and of floats, on a thousand tonnes.
        assert back[name] == pytest.approx(-effect, abs=1e-9 * 1500 * MG_PER_T + 2)


def test_landfill_and_sinks_are_followed_too():
    cells = (Cell("landfill", "waste", "III.1", "", "1", "solid_waste", decay_per_year=0.05),)
    base = Base(YEARS, cells, np.full((1, 15), 300.0 * MG_PER_T), np.ones((1, 15)))
    less = Action("W", "W", "W", "waste", "waste_circular",
                  (Effect("avoid", "landfill", strength=fixed(0.8)),),
                  Adoption(2024, 1.0, "step"))  # fmt: skip
    trees = Action("T", "T", "T", "land", "green_nature",
                   (Effect("sink", curve=(0.0, *[5.0 * MG_PER_T] * 30)),),
                   Adoption(2025, 1.0, "step"))  # fmt: skip
    before, after = Model(base, ()), Model(base, (less, trees))
    found = why(before, after, 2035)
    assert effects(found)["added:T"] == -5 * MG_PER_T
    assert sum(effects(found).values()) == total(after) - total(before)
