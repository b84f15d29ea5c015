"""What a number explains and what knowing it is worth, against closed forms."""

import numpy as np
import pytest

from tests.plans.risk.models import T, model, savings, tonnes
from vatra.plans.distributions import parse
from vatra.plans.risk import (
    Assembly,
    Correlated,
    Loss,
    Quantity,
    design,
    draw,
    explained,
    information,
    quantities,
    tornado,
    variance_shares,
    verdicts,
)  # fmt: skip


def normals(*deviations, correlations=(), draws=8192, seed=3):
    found = [
        Quantity("strength", f"x{n}", parse(f"normal(0; {each})"), effects=(0,))
        for n, each in enumerate(deviations)
    ]
    return draw(found, design(draws, seed), correlations)


def test_shares_of_a_sum_are_shares_of_its_variance():
    drawn = normals(3, 4, 0.1)
    # 9 / 25.01, 16 / 25.01, 0.01 / 25.01
    found = variance_shares(drawn, drawn.values.sum(axis=0))
    assert found == pytest.approx([9 / 25.01, 16 / 25.01, 0.01 / 25.01], abs=0.01)


def test_shares_of_the_ishigami_function():
    # Ishigami and Homma 1990, a = 7, b = 0.1: S1 = 0.3139, S2 = 0.4424, S3 = 0
    wide = parse("uniform(-3.141592653589793; 3.141592653589793)")
    drawn = draw(
        [Quantity("strength", each, wide, effects=(0,)) for each in "abc"], design(16384, 1)
    )
    x, y, z = drawn.values
    found = variance_shares(drawn, np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))
    assert found[0] == pytest.approx(0.3139, abs=0.02)
    assert found[2] == pytest.approx(0, abs=0.01)
    # Two humps of sin^2 need more than a polynomial of degree 4: most of the share, never more
    assert 0.15 < found[1] < 0.4424 + 0.02


def test_a_number_without_influence_explains_nothing():
    drawn = normals(1, 1)
    assert variance_shares(drawn, drawn.values[0])[1] == pytest.approx(0, abs=0.002)
    assert variance_shares(drawn, np.full(8192, 3.0)).tolist() == [0, 0]


def test_a_correlated_number_explains_what_its_companion_does():
    drawn = normals(1, 1, correlations=[Correlated("g", ("x0/strength", "x1/strength"), 0.8)])
    assert variance_shares(drawn, drawn.values[0]) == pytest.approx([1, 0.64], abs=0.02)


@pytest.mark.parametrize("ratio", [0.25, 1.0, 3.0])
def test_knowing_one_of_two_numbers_behind_a_verdict(ratio):
    # met when r x + y > 0: given x it is met with Phi(r x); E |Phi(r X) - 1/2| = atan(r) / pi
    drawn = normals(ratio, 1)
    met = (drawn.values.sum(axis=0) > 0).astype(float)
    found = information(drawn, verdicts(met))
    assert found.value[0] == pytest.approx(np.arctan(ratio) / np.pi, abs=0.02)
    assert found.value[1] == pytest.approx(np.arctan(1 / ratio) / np.pi, abs=0.02)
    assert found.whole == pytest.approx(0.5, abs=0.01)


def test_noise_is_not_information():
    drawn = normals(1, *[0.001] * 30)
    met = (drawn.values.sum(axis=0) > 0).astype(float)
    found = information(drawn, verdicts(met))
    assert found.value[0] == pytest.approx(0.5, abs=0.01)
    assert (found.value[1:] < 0.02).all()


def test_a_sure_verdict_leaves_nothing_to_learn():
    drawn = normals(1, 1)
    found = information(drawn, verdicts(np.ones(8192)))
    assert found.value.tolist() == [0, 0]
    assert found.whole == 0


def test_delivery_is_all_there_is_to_know():
    chance = Quantity("delivery", "a", parse("discrete(0: 0.3; 1: 0.7)"))
    drawn = draw([chance, Quantity("delay", "a", parse("uniform(0; 1)"))], design(4096))
    found = information(drawn, verdicts(drawn.values[0]))
    # Saying "met" is right in 70 %; knowing is right always
    assert found.value == pytest.approx([0.3, 0], abs=1e-3)
    assert variance_shares(drawn, drawn.values[0]) == pytest.approx([1, 0], abs=1e-3)


def test_the_value_of_knowing_a_shortfall_in_euros():
    # 0 or 100 t short with equal chance; reserve 30 EUR/t, missed 100 EUR/t. Without knowing:
    # min(100 x 30, 0.5 x 100 x 100) = 3,000 EUR; knowing: 0.5 x 3,000 = 1,500 EUR
    chance = Quantity("delivery", "a", parse("discrete(0: 0.5; 1: 0.5)"))
    drawn = draw([chance], design(4096))
    loss = Loss(missed_eur_per_t=100, reserve_eur_per_t=30)
    found = information(drawn, loss.benefits(100 * (1 - drawn.values[0])))
    assert found.value[0] == pytest.approx(1500, rel=0.01)
    assert found.whole == pytest.approx(1500, rel=0.01)


def test_a_tornado_by_hand():
    plan = model(tonnes("a", "uniform(100; 300)"), savings("b", "0.5", probability=0.8))
    found = quantities(plan, with_defaults=False)
    bars = tornado(Assembly(plan, found, 2035), 2035)
    assert [each.key for each in found] == ["a/amount", "b/delivery"]
    # All at their mean: 1,000 x (1 - 0.5 x 0.8) - 200 = 400
    assert bars.middle_mg / T == pytest.approx(400)
    assert bars.middle_left_share == pytest.approx(0.4)
    # P10 and P90 of the claim are 120 and 280 t; the savings are not there, or all there
    assert bars.low_mg / T == pytest.approx([480, 800])
    assert bars.high_mg / T == pytest.approx([320, 300])
    assert bars.low[1] == 0 and bars.high[1] == 1
    assert bars.low_left_share == pytest.approx([0.48, 0.8])


def test_the_error_of_a_share_covers_the_truth():
    inside = 0
    for seed in range(60):
        drawn = normals(3, 4, draws=1024, seed=seed)
        found = explained(drawn, drawn.values.sum(axis=0))
        inside += abs(found.share[0] - 0.36) <= found.error[0] + 0.005
    assert inside >= 53
