"""A Gaussian copula: ranks tied, margins kept, the impossible refused."""

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import spearmanr

from vatra.plans.distributions import parse
from vatra.plans.risk import Correlated, Quantity, RiskError, default_correlations, design, draw


def four(kind="strength", **more):
    return [
        Quantity(kind, code, parse(text), effects=(0,), **more)
        for code, text in zip(
            "abcd",
            ("uniform(0; 1)", "pert(0; 1; 4)", "lognormal(1; 3)", "normal(0; 1)"),
            strict=True,
        )
    ]


def ranks(drawn):
    return np.asarray(spearmanr(drawn.values, axis=1).statistic)


def test_rank_correlation_is_that_of_a_gaussian_copula():
    group = Correlated("g", ("a/strength", "b/strength", "c/strength"), 0.6)
    found = ranks(draw(four(), design(16384), [group]))
    # Spearman of a bivariate normal: 6 / pi asin(rho / 2) = 0.5818 at 0.6
    expected = 6 / np.pi * np.arcsin(0.3)
    assert found[0, 1] == pytest.approx(expected, abs=0.01)
    assert found[0, 2] == pytest.approx(expected, abs=0.01)
    assert found[1, 2] == pytest.approx(expected, abs=0.01)
    assert found[0, 3] == pytest.approx(0, abs=0.01)


def test_a_negative_correlation():
    found = ranks(
        draw(four(), design(16384), [Correlated("g", ("a/strength", "d/strength"), -0.9)])
    )
    assert found[0, 3] == pytest.approx(6 / np.pi * np.arcsin(-0.45), abs=0.01)


def test_margins_stay_as_stated():
    tied = draw(four(), design(8192), [Correlated("g", ("a/strength", "b/strength"), 0.8)])
    for row, each in enumerate(four()):
        expected = each.distribution.quantile(np.linspace(0.05, 0.95, 19))
        found = np.percentile(tied.values[row], np.linspace(5, 95, 19))
        assert found == pytest.approx(expected, abs=0.03)


def test_probabilities_follow_the_values():
    tied = draw(four(), design(512), [Correlated("g", ("a/strength", "d/strength"), 0.8)])
    assert tied.values[3] == pytest.approx(ndtri(tied.probability[3]), abs=1e-6)
    assert tied.values[0] == pytest.approx(tied.probability[0], abs=1e-8)


def refused(*groups):
    with pytest.raises(RiskError) as caught:
        draw(four(), design(64), list(groups))
    assert caught.value.text("ro")
    return caught.value.code.removeprefix("plans.risk."), str(caught.value)


def test_groups_that_cannot_hold_are_refused():
    keys = ("a/strength", "b/strength", "c/strength")
    assert refused(Correlated("g", ("a/strength", "z/delay"), 0.5)) == (
        "correlation-unknown",
        "the correlation names numbers that the plan does not doubt: z/delay. "
        "Correct the names, or state a doubt for these numbers.",
    )
    assert refused(Correlated("g", keys, 1.0))[0] == "correlation-range"
    assert refused(Correlated("g", keys, float("nan")))[0] == "correlation-range"
    code, said = refused(Correlated("weather", keys, -0.6))
    assert code == "correlation-negative"
    assert "3 numbers" in said and "−0.5" in said and "weather" in said
    assert (
        refused(Correlated("g", keys[:2], 0.5), Correlated("h", keys[:2], 0.4))[0]
        == "correlation-twice"
    )
    # a with b and b with c at 0.9 each cannot leave a and c opposed
    pairs = [(keys[0], keys[1], 0.9), (keys[1], keys[2], 0.9), (keys[0], keys[2], -0.5)]
    groups = [Correlated(f"pair {n}", (a, b), rho) for n, (a, b, rho) in enumerate(pairs)]
    code, said = refused(*groups)
    assert code == "correlation-impossible"
    assert "pair 0, pair 1, pair 2" in said


def test_defaults_tie_delays_and_shares_delivered():
    delays = [Quantity("delay", code, parse("pert(0; 1; 4)"), is_default=True) for code in "ab"]
    shares = four("amount", is_default=True)
    stated = [Quantity("strength", "e", parse("uniform(0; 1)"), effects=(0,))]
    groups = {each.name: each for each in default_correlations([*delays, *shares, *stated])}
    assert groups["delay"].keys == ("a/delay", "b/delay")
    assert groups["delivered"].keys == tuple(f"{code}/amount" for code in "abcd")
    assert all(each.is_default and 0 < each.rho < 1 and each.source for each in groups.values())
    assert default_correlations([delays[0], *stated]) == ()
