"""What each action contributes: the closed form is the definition, and its axioms hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.attribution.pathways import by_every_set, pathways, total_mg
from tests.plans.engine.models import NAMES, action, base, effects_of, efficiency, one_cell
from vatra.plans.attribution import Contributions, shapley
from vatra.plans.distributions import fixed
from vatra.plans.engine import Action, Effect, Inputs, Model, central, evaluate


def tonnes(values: np.ndarray) -> list[float]:
    return (values[:, 0] / 1e9).tolist()


def test_two_halves_of_one_cell() -> None:
    # 100 t: the first to act cuts 50, the second 25; together 75, not 100
    model = Model(one_cell(100.0), (action("a", efficiency(0.5)), action("b", efficiency(0.5))))
    found = shapley(model)
    assert tonnes(found.first_in_mg) == pytest.approx([50, 50])
    assert tonnes(found.last_in_mg) == pytest.approx([25, 25])
    assert tonnes(found.shapley_mg) == pytest.approx([37.5, 37.5])
    assert found.joint_mg / 1e9 == pytest.approx([75, 75, 75])
    assert found.exact


def test_three_unequal_shares_by_hand() -> None:
    # 100 t, shares 0.2, 0.3, 0.5. For a: first 20; after b 14; after c 10; last 7;
    # orders weigh 1/3, 1/6, 1/6, 1/3: (20 + 7) / 3 + (14 + 10) / 6 = 13
    # b: (30 + 12) / 3 + (24 + 15) / 6 = 20.5; c: (50 + 28) / 3 + (40 + 35) / 6 = 38.5; all 72
    actions = (action("a", efficiency(0.2)), action("b", efficiency(0.3)),
               action("c", efficiency(0.5)))  # fmt: skip
    assert tonnes(shapley(Model(one_cell(), actions)).shapley_mg) == pytest.approx([13, 20.5, 38.5])


def test_what_needs_another_shares_with_it() -> None:
    # b does nothing without a; a alone cuts nothing: the 40 t are cut by both or not at all
    model = Model(
        one_cell(),
        (action("a"), action("b", efficiency(0.4), requires=("a",))),
    )
    found = shapley(model)
    assert tonnes(found.shapley_mg) == pytest.approx([20, 20])
    assert tonnes(found.first_in_mg) == pytest.approx([0, 0])
    assert tonnes(found.last_in_mg) == pytest.approx([40, 40])


def test_a_cap_that_binds_is_shared() -> None:
    # Two claim 60 t each of 100 t: first in 60 each, last in 40 each, 50 each on average
    claims = [action(code, Effect("observed_tonnes", amount=fixed(60e9))) for code in ("a", "b")]
    found = shapley(Model(one_cell(), tuple(claims)))
    assert tonnes(found.first_in_mg) == pytest.approx([60, 60])
    assert tonnes(found.last_in_mg) == pytest.approx([40, 40])
    assert tonnes(found.shapley_mg) == pytest.approx([50, 50])
    assert found.joint_mg / 1e9 == pytest.approx([100] * 3)


def agrees(found: Contributions, model: Model) -> None:
    """The value by definition, the joint cut of the engine, first and last steps."""
    everyone = frozenset(range(len(model.actions)))
    scale = float(np.abs(model.base.emission_mg).sum(axis=0).max())
    assert found.shapley_mg == pytest.approx(by_every_set(model), rel=1e-9, abs=1e-12 * scale)
    whole, none = total_mg(model, everyone), total_mg(model, frozenset())
    assert found.joint_mg == pytest.approx(none - whole, rel=1e-9, abs=1e-12 * scale)
    assert found.shapley_mg.sum(axis=0) == pytest.approx(
        found.joint_mg, rel=1e-9, abs=1e-12 * scale
    )
    for i in everyone:
        first = none - total_mg(model, frozenset({i}))
        last = total_mg(model, everyone - {i}) - whole
        assert found.first_in_mg[i] == pytest.approx(first, rel=1e-9, abs=1e-12 * scale)
        assert found.last_in_mg[i] == pytest.approx(last, rel=1e-9, abs=1e-12 * scale)


@pytest.mark.slow
@given(pathways())
@settings(deadline=None, max_examples=60)
def test_the_closed_form_is_the_definition(model: Model) -> None:
    found = shapley(model)
    agrees(found, model)
    assert not found.standard_error_mg.any()


@given(pathways(most=5, room=3.0))
@settings(deadline=None, max_examples=60)
def test_caps_that_bind_are_exact_for_a_few_actions(model: Model) -> None:
    found = shapley(model)
    agrees(found, model)
    assert found.exact


def twelve() -> Model:
    """Twelve actions with every operator that multiplies, the last of them with several."""
    pool = effects_of(dict.fromkeys(NAMES, 0.3))
    count = min(len(pool), 10)
    actions = [action(f"m{n}", each) for n, each in enumerate(pool[:count])]
    actions += [action(f"m{n}", *pool[n - count :: 3]) for n in range(count, 12)]
    return Model(base((2021, 2022, 2023), cleaner_grid=0.5), tuple(actions))


@pytest.mark.slow
def test_twelve_actions_by_every_set() -> None:
    model = twelve()
    expected = by_every_set(model)
    assert shapley(model).shapley_mg == pytest.approx(expected, rel=1e-9)


@given(pathways(most=4), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_the_actions_moves_nothing(model: Model, chance: object) -> None:
    shuffled = list(model.actions)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    other = shapley(replace(model, actions=tuple(shuffled)))
    found = shapley(model)
    scale = float(model.base.emission_mg.sum(axis=0).max())
    for code, row in zip(found.codes, found.shapley_mg, strict=True):
        assert other.shapley_mg[other.codes.index(code)] == pytest.approx(
            row, rel=1e-9, abs=1e-12 * scale
        )


@given(pathways(most=4))
@settings(deadline=None, max_examples=40)
def test_who_does_nothing_gets_nothing_and_twins_get_the_same(model: Model) -> None:
    twin = replace(model.actions[0], code="twin")
    idle = action("idle", efficiency(0.0, "residential"))
    found = shapley(replace(model, actions=(*model.actions, twin, idle)))
    scale = float(model.base.emission_mg.sum(axis=0).max())
    # Something that requires the first one does not require its twin
    if not any("m0" in each.requires for each in model.actions):
        assert found.shapley_mg[0] == pytest.approx(
            found.shapley_mg[-2], rel=1e-9, abs=1e-12 * scale
        )
    assert not found.shapley_mg[-1].any()


def by_symmetric_polynomials(shares: list[Fraction]) -> list[Fraction]:
    """Shapley values of ``1 - prod (1 - x)``, exactly.

    ``x_i sum_k (-1)^k e_k(others) / (k + 1)``, ``e_k`` the elementary symmetric polynomials.
    """
    found = []
    for i, own in enumerate(shares):
        e = [Fraction(1)]
        for other in [*shares[:i], *shares[i + 1 :]]:
            e = [a + other * b for a, b in zip([*e, Fraction(0)], [Fraction(0), *e], strict=True)]
        found.append(
            own * sum(((-1) ** k * each / (k + 1) for k, each in enumerate(e)), Fraction(0))
        )
    return found


def test_forty_actions_on_one_cell_are_exact() -> None:
    shares = [Fraction(n, 100) for n in range(1, 41)]
    actions = [action(f"m{n:02d}", efficiency(float(x))) for n, x in enumerate(shares)]
    found = shapley(Model(one_cell(100.0, 1), tuple(actions))).shapley_mg[:, 0] / 100e9
    expected = [float(each) for each in by_symmetric_polynomials(shares)]
    assert found == pytest.approx(expected, rel=1e-12)
    # 1 - 0.99 x 0.98 x ... x 0.60
    assert found.sum() == pytest.approx(1 - np.prod([1 - float(x) for x in shares]), rel=1e-12)


def scaled(model: Model) -> Inputs:
    """Numbers of a run that scales every cell and year."""
    generator = np.random.default_rng(7)
    shape = model.base.amount.shape
    return replace(
        central(model),
        amount_scale=generator.uniform(0.5, 1.5, shape),
        factor_scale=generator.uniform(0.5, 1.5, shape),
    )


@given(pathways(most=4, room=3.0))
@settings(deadline=None, max_examples=40)
def test_other_numbers_than_the_means(model: Model) -> None:
    inputs = scaled(model)
    found = shapley(model, inputs)
    none = evaluate(model.only(()), replace(scaled(model.only(())), adoption=inputs.adoption[:0]))
    joint = none.total_mg - evaluate(model, inputs).total_mg
    scale = float(np.abs(model.base.emission_mg).sum(axis=0).max())
    assert found.joint_mg == pytest.approx(joint, rel=1e-9, abs=1e-12 * scale)
    assert found.shapley_mg.sum(axis=0) == pytest.approx(joint, rel=1e-9, abs=1e-12 * scale)


def many_claims(count: int) -> Model:
    """More claims on one cell than it emits, of different sizes."""
    actions: list[Action] = [
        action(f"m{n:02d}", Effect("observed_tonnes", amount=fixed((5.0 + n) * 1e9)))
        for n in range(count)
    ]
    return Model(one_cell(100.0), tuple(actions))


def test_many_actions_under_a_cap_are_sampled_with_their_error() -> None:
    # 14 claims of 5 to 18 t, 161 t together, on 100 t
    model = many_claims(14)
    found = shapley(model, years=[2022], pairs=200)
    assert not found.exact
    assert found.shapley_mg.sum() == pytest.approx(100e9, rel=1e-12)
    error = found.standard_error_mg[:, 0]
    assert (error > 0).all()
    assert error.max() < 1e9
    # Alone each takes what it claims; the cell is empty without any of them: last in is nothing
    assert found.first_in_mg[:, 0] / 1e9 == pytest.approx([5.0 + n for n in range(14)])
    assert found.last_in_mg[:, 0] == pytest.approx(np.zeros(14), abs=1.0)
    exact = claims_by_counting(5.0 + np.arange(14), 100.0) * 1e9
    within = np.abs(found.shapley_mg[:, 0] - exact) / error
    assert (within < 4).all()
    assert found.pairs_count == 200


def claims_by_counting(claims: np.ndarray, there: float) -> np.ndarray:
    """Shapley value of ``min(sum of claims, there)`` by counting sets of each size and sum."""
    count = len(claims)
    numbers = np.arange(2**count)
    sets = (numbers[:, None] >> np.arange(count) & 1).astype(bool)
    value = np.minimum(sets @ claims, there)
    size = sets.sum(axis=1)
    weight = np.array([1.0 / (count * comb(count - 1, s)) for s in range(count)])
    found = np.zeros(count)
    for p in range(count):
        without = numbers[~sets[:, p]]
        found[p] = (weight[size[without]] * (value[without | 1 << p] - value[without])).sum()
    return found


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, again = (shapley(many_claims(13), pairs=8) for _ in range(2))
    assert first.shapley_mg.tobytes() == again.shapley_mg.tobytes()
    other = shapley(many_claims(13), pairs=8, seed=1)
    assert first.shapley_mg.tobytes() != other.shapley_mg.tobytes()


def test_one_pair_has_no_error() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        shapley(many_claims(13), pairs=1)


def test_a_heat_pump_on_a_dirty_grid_may_raise_emissions() -> None:
    pump = Effect(
        "shift_carrier", "residential", "natural_gas", to_carrier="electricity",
        strength=fixed(0.5), ratio=fixed(1.2),
    )  # fmt: skip
    model = Model(base((2021,)), (action("pump", pump),))
    found = shapley(model)
    # 8e11 Wh x 0.5 x (202 - 300 / 1.2) mg/Wh
    assert found.shapley_mg[0, 0] == pytest.approx(4e11 * (202 - 250))
    assert found.joint_mg == pytest.approx(model.base.emission_mg.sum() - evaluate(model).total_mg)
