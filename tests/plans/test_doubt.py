"""Propagation of error by hand: quadrature, correlation, uneven ends, gaps, trends."""

from math import exp, log
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans.doubts import MG_PER_T, NO_TERMS, rows, terms
from vatra.plans.doubt import approach_1, contributions, trend_1
from vatra.plans.doubt_terms import sources


def one(frame):
    assert len(frame) == 1
    return frame.row(0, named=True)


def test_a_product_adds_in_quadrature():
    # IPCC Equation 3.1: activity 5 %, factor 12 %: sqrt(25 + 144) = 13 % of 100 t
    found = one(approach_1(rows((2021, "a", 100, "meter", 0.05)), terms((0, "gas", 0.88, 1.12))))
    assert found["half_width_share"] == pytest.approx(0.13)
    assert (found["low_mg"], found["high_mg"]) == (87 * MG_PER_T, 113 * MG_PER_T)


def test_a_sum_of_independent_rows_adds_in_quadrature():
    # IPCC Equation 3.2: sqrt((0.3 x 100)^2 + (0.2 x 200)^2) = 50 t of 300 t
    found = one(
        approach_1(rows((2021, "a", 100, "x", 0.3), (2021, "b", 200, "y", 0.2)), NO_TERMS, ())
    )
    assert found["half_width_share"] == pytest.approx(50 / 300)
    assert found["high_mg"] == 350 * MG_PER_T


def test_rows_of_one_factor_add_linearly():
    # 10 % of 100 t + 10 % of 200 t = 30 t, not sqrt(10^2 + 20^2) = 22.4 t
    shared = terms((0, "grid", 0.9, 1.1), (1, "grid", 0.9, 1.1))
    found = one(approach_1(rows((2021, "a", 100, "x", 0), (2021, "b", 200, "y", 0)), shared))
    assert found["half_width_share"] == pytest.approx(30 / 300)


def test_a_factor_that_moves_two_rows_apart_cancels():
    # What is recycled is not landfilled: + 10 t here are - 10 t there.
    apart = terms((0, "share", 0.9, 1.1), (1, "share", 1.1, 0.9))
    found = one(approach_1(rows((2021, "a", 100, "x", 0), (2021, "b", 100, "y", 0)), apart))
    assert found["half_width_share"] == pytest.approx(0)


def test_uneven_ends_are_carried_apart():
    # Methane of wood fires, 100 to 900 around 300: 1/3 to 3 times the value
    found = one(approach_1(rows((2021, "a", 30, "x", 0)), terms((0, "wood", 1 / 3, 3.0))))
    assert (found["low_mg"], found["high_mg"]) == (10 * MG_PER_T, 90 * MG_PER_T)
    assert found["half_width_share"] == pytest.approx(80 / 60)


def test_a_sink_is_doubted_by_its_size():
    # 20 % of -50 t: from -60 to -40; 100 - 50 = 50 t +- 10 t
    found = one(approach_1(rows((2021, "a", 100, "x", 0), (2021, "b", -50, "y", 0.2)), NO_TERMS))
    assert (found["low_mg"], found["high_mg"]) == (40 * MG_PER_T, 60 * MG_PER_T)


def test_a_total_of_zero_has_no_share():
    found = one(approach_1(rows((2021, "a", 50, "x", 0.1), (2021, "b", -50, "y", 0.1)), NO_TERMS))
    assert found["half_width_share"] is None
    assert found["high_mg"] == round((2 * 5**2) ** 0.5 * MG_PER_T)


def test_what_nobody_stated_is_reported_and_not_zero():
    table = rows((2021, "a", 60, "x", 0.1), (2021, "a", 30, "y", None), (2021, "a", -10, "z", None))
    # 60 t: figure known, factor without interval; 30 t: nothing; the sink of 10 t: factor only.
    known = terms((0, "f", 1.0, 1.0), (1, "f", 1.0, 1.0), (2, "g", 0.5, 1.5))
    found = one(approach_1(table, known))
    assert found["unknown_share"] == pytest.approx(30 / 100)
    assert found["incomplete_share"] == pytest.approx(1)
    # sqrt(6^2 + 5^2) t
    assert found["high_mg"] == pytest.approx((80 + 61**0.5) * MG_PER_T, abs=1)


def test_a_figure_known_exactly_is_not_unknown():
    found = one(approach_1(rows((2021, "a", 60, "x", 0.0)), NO_TERMS))
    assert (found["unknown_share"], found["half_width_share"]) == (0, 0)


def test_groups_are_sorted_and_hold_rows_without_a_name():
    table = rows((2030, "b", 1, "x", 0.1), (2021, "a", 2, "y", 0.1), (2030, None, 4, "z", 0.1))
    found = approach_1(table, NO_TERMS, ("year", "sector"))
    assert found.select("year", "sector", "total_mg").rows() == [
        (2021, "a", 2 * MG_PER_T),
        (2030, None, 4 * MG_PER_T),
        (2030, "b", MG_PER_T),
    ]


def test_no_rows_give_no_groups():
    assert approach_1(rows(), NO_TERMS).rows() == []
    assert contributions(rows(), NO_TERMS).rows() == []


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (terms((7, "f", 0.9, 1.1)), r"rows \[7\] that do not exist"),
        (terms((0, "f", float("nan"), 1.1)), r"terms \['f'\] have an end that is no number"),
    ],
)
def test_terms_that_make_no_sense_are_named(bad, said):
    with pytest.raises(ValueError, match=said):
        approach_1(rows((2021, "a", 1, "x", 0.1)), bad)


def test_a_row_that_stands_twice_is_named():
    table = rows((2021, "a", 1, "x", 0.1))
    with pytest.raises(ValueError, match=r"rows \[0\] stand twice"):
        approach_1(table.vstack(table), NO_TERMS)


def test_contributions_are_ranked_by_variance():
    # 12 t and 5 t: 144 / 169 and 25 / 169
    found = contributions(rows((2021, "a", 100, "meter", 0.05)), terms((0, "gas", 0.88, 1.12)))
    assert found.select("rank", "kind", "source").rows() == [
        (1, "term", "gas"),
        (2, "activity", "meter"),
    ]
    assert found["variance_share"].to_list() == pytest.approx([144 / 169, 25 / 169])
    assert found["low_move_mg"].to_list() == [-12 * MG_PER_T, -5 * MG_PER_T]


def test_contributions_are_those_of_each_group():
    table = rows((2021, "a", 100, "x", 0.1), (2030, "a", 10, "y", 0.1), (2030, "a", 10, "z", 0.3))
    found = contributions(table, NO_TERMS)
    assert found.select("year", "rank", "source").rows() == [
        (2021, 1, "x"),
        (2030, 1, "z"),
        (2030, 2, "y"),
    ]
    assert found["variance_share"].to_list() == pytest.approx([1, 0.9, 0.1])


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(st.integers(-1000, 1000), st.floats(0, 0.9), st.sampled_from("pqr")),
        min_size=1,
        max_size=8,
    )
)
def test_correlation_never_leaves_the_linear_sum(entries):
    table = rows(*((2021, "a", tonnes, name, ratio) for tonnes, ratio, name in entries))
    found = one(approach_1(table, NO_TERMS))
    linear = sum(abs(tonnes) * ratio for tonnes, ratio, _ in entries) * MG_PER_T
    assert found["high_mg"] - found["total_mg"] <= linear + 1
    alone = rows(*((2021, "a", tonnes, None, ratio) for tonnes, ratio, _ in entries))
    quadrature = sum((tonnes * ratio) ** 2 for tonnes, ratio, _ in entries) ** 0.5 * MG_PER_T
    apart = one(approach_1(alone, NO_TERMS))
    assert apart["high_mg"] - apart["total_mg"] == pytest.approx(quadrature, abs=1)


def test_a_factor_of_both_years_leaves_a_fall_in_step_alone():
    # Gas 200 t -> 100 t, the factor 10 % too low in both years: still half.
    table = rows((1990, "a", 200, "x", 0), (2021, "a", 100, "y", 0))
    found = one(trend_1(table, terms((0, "gas", 0.9, 1.1), (1, "gas", 0.9, 1.1)), 1990, 2021))
    assert found["change_share"] == pytest.approx(-0.5)
    assert found["half_width_share"] == pytest.approx(0)


def test_trend_by_hand():
    # Base C = 100 + 100, later D = 50 + 100, D / C = 0.75.
    # Coal's factor 20 % (both years): (10 - 20 x 0.75) / 200 = -0.025 per end
    # Oil sold in the later year 10 %: 10 / 200 = 0.05; in the base year 4 %: 4 x 0.75 / 200 = 0.015
    table = rows(
        (1990, "coal", 100, "c90", 0),
        (1990, "oil", 100, "o90", 0.04),
        (2021, "coal", 50, "c21", 0),
        (2021, "oil", 100, "o21", 0.10),
    )
    found = one(trend_1(table, terms((0, "coal", 0.8, 1.2), (2, "coal", 0.8, 1.2)), 1990, 2021))
    expected = (0.025**2 + 0.05**2 + 0.015**2) ** 0.5
    assert found["half_width_share"] == pytest.approx(expected)
    assert found["low_share"] == pytest.approx(-0.25 - expected)


def test_a_group_without_a_base_has_no_trend():
    table = rows((1990, "coal", 100, "x", 0.1), (2021, "oil", 100, "y", 0.1))
    assert trend_1(table, NO_TERMS, 1990, 2021, ("sector",))["sector"].to_list() == ["coal"]


def test_the_mean_of_each_spread_is_that_of_its_distribution():
    table = rows(*((2021, "a", 1, name, 0.2) for name in "xyz"))
    found = sources(table, terms((1, "even", 1 / 3, 3.0), (2, "uneven", 0.5, 3.0)))
    # Lognormal on both sides with sigma s below and t above the middle:
    # exp(s^2 / 2) Phi(-s) + exp(t^2 / 2) Phi(t), at s = t: exp(s^2 / 2)
    normal = NormalDist()
    s, t = log(2) / normal.inv_cdf(0.975), log(3) / normal.inv_cdf(0.975)
    both = exp(s * s / 2) * normal.cdf(-s) + exp(t * t / 2) * normal.cdf(t)
    assert sorted(found.means().tolist()) == pytest.approx(
        sorted([1, 1, 1, exp(t * t / 2), both]), rel=1e-9
    )
