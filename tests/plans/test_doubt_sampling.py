"""Sampling against what is known exactly: the spreads, correlation, seeds and threads."""

from math import exp, log

import numpy as np
import polars as pl
import pytest

from tests.plans.doubts import MG_PER_T, NO_TERMS, rows, terms
from vatra.plans.doubt import approach_1, contributions
from vatra.plans.doubt_sampling import approach_2, drawn_totals, sample
from vatra.plans.doubt_terms import sources

DRAWS = 100_000


def one(frame):
    assert len(frame) == 1
    return frame.row(0, named=True)


def tonnes(found, name):
    return found[name] / MG_PER_T


def test_small_normal_doubts_give_what_approach_1_gives():
    table = rows(
        (2021, "a", 100, "x", 0.05), (2021, "b", 200, "y", 0.03), (2021, "b", -40, "z", 0.1)
    )
    known = terms((0, "f", 0.93, 1.07), (1, "f", 0.96, 1.04), (2, "g", 0.9, 1.1))
    exact, found = one(approach_1(table, known)), one(approach_2(table, known, draws=DRAWS))
    # Percentiles of 100,000 draws: a standard error of about 0.4 % of the half-width
    half_mg = exact["half_width_share"] * exact["total_mg"]
    assert found["p2_5_mg"] == pytest.approx(exact["low_mg"], abs=0.03 * half_mg)
    assert found["p97_5_mg"] == pytest.approx(exact["high_mg"], abs=0.03 * half_mg)
    assert found["mean_mg"] == pytest.approx(exact["total_mg"], abs=0.01 * half_mg)


def test_uneven_ends_stand_where_they_were_published():
    # 100 to 900 around 300: lognormal, the middle sqrt(100 x 900) = 300
    found = one(
        approach_2(rows((2021, "a", 300, "x", 0)), terms((0, "f", 1 / 3, 3.0)), draws=DRAWS)
    )
    assert tonnes(found, "p2_5_mg") == pytest.approx(100, rel=0.02)
    assert tonnes(found, "p50_mg") == pytest.approx(300, rel=0.02)
    assert tonnes(found, "p97_5_mg") == pytest.approx(900, rel=0.02)
    # exp(sigma^2 / 2) with sigma = ln(9) / (2 x 1.96): the long tail lifts the mean
    assert tonnes(found, "mean_mg") == pytest.approx(
        300 * exp((log(9) / 3.919928) ** 2 / 2), rel=0.01
    )


def test_a_wide_figure_never_turns_negative():
    # +- 150 %: the value stays the median, the upper end 2.5 times is kept
    found = one(approach_2(rows((2021, "a", 100, "x", 1.5)), NO_TERMS, draws=DRAWS))
    assert found["p2_5_mg"] > 0
    assert tonnes(found, "p50_mg") == pytest.approx(100, rel=0.02)
    assert tonnes(found, "p97_5_mg") == pytest.approx(250, rel=0.02)


@pytest.mark.parametrize(
    ("low", "high"), [(0.01, 4.8), (0.125, 2.0), (0.97, 1.04), (2.0, 0.4), (-0.5, 4.0)]
)
def test_the_value_is_the_middle_and_both_ends_are_kept(low, high):
    # Perfluorocarbons of aluminium, growth of forests, gas, a divisor, a sink that may be a source
    found = one(approach_2(rows((2021, "a", 100, "x", 0)), terms((0, "f", low, high)), draws=DRAWS))
    ends = sorted((100 * low, 100 * high))
    assert tonnes(found, "p50_mg") == pytest.approx(100, abs=2)
    assert tonnes(found, "p2_5_mg") == pytest.approx(ends[0], rel=0.05)
    assert tonnes(found, "p97_5_mg") == pytest.approx(ends[1], rel=0.05)


def test_ends_on_one_side_of_the_value_are_kept():
    # A table that prints 3 with an interval of 4 to 9 contradicts itself: the interval holds
    found = one(approach_2(rows((2021, "a", 3, "x", 0)), terms((0, "f", 4 / 3, 3.0)), draws=DRAWS))
    assert tonnes(found, "p2_5_mg") == pytest.approx(4, rel=0.02)
    assert tonnes(found, "p97_5_mg") == pytest.approx(9, rel=0.02)


def test_a_sink_that_may_be_a_source_changes_its_sign():
    found = one(
        approach_2(rows((2021, "a", -100, "x", 0)), terms((0, "soil", -0.5, 2.5)), draws=DRAWS)
    )
    assert tonnes(found, "p97_5_mg") == pytest.approx(50, rel=0.05)
    assert tonnes(found, "p2_5_mg") == pytest.approx(-250, rel=0.05)


def test_one_draw_moves_all_rows_of_a_source():
    # Ten rows of one factor: +- 20 % of the sum; of ten factors: 20 % / sqrt(10)
    table = rows(*((2021, "a", 10, f"m{each}", 0) for each in range(10)))
    shared = terms(*((each, "f", 0.8, 1.2) for each in range(10)))
    apart = terms(*((each, f"f{each}", 0.8, 1.2) for each in range(10)))
    assert tonnes(one(approach_2(table, shared, draws=DRAWS)), "p97_5_mg") == pytest.approx(
        120, abs=0.5
    )
    assert tonnes(one(approach_2(table, apart, draws=DRAWS)), "p97_5_mg") == pytest.approx(
        100 + 20 / 10**0.5, abs=0.3
    )


def test_groups_of_one_sampling_move_together():
    # Years that share a factor: the total of both lies as far out as each of them
    table = rows((2021, "a", 100, "x", 0), (2030, "a", 50, "y", 0))
    shared = terms((0, "f", 0.8, 1.2), (1, "f", 0.8, 1.2))
    by_year, total = sample(table, shared, (("year",), ()), DRAWS)
    assert total["p97_5_mg"][0] == pytest.approx(by_year["p97_5_mg"].sum(), rel=1e-6)


def test_the_seed_decides_and_the_threads_do_not():
    table = rows(*((2021, "a", 10 + each, f"m{each}", 0.1) for each in range(30)))
    found = [approach_2(table, NO_TERMS, draws=9_001, seed=5, threads=each) for each in (1, 2, 7)]
    assert found[0].equals(found[1])
    assert found[0].equals(found[2])
    assert not found[0].equals(
        approach_2(table, NO_TERMS, draws=9_001, seed=6).with_columns(seed=5)
    )
    assert found[0]["seed"].to_list() == [5]
    assert found[0]["draws_count"].to_list() == [9_001]


def test_the_order_of_rows_decides_nothing():
    table = rows((2021, "a", 100, "x", 0.05), (2021, "b", 200, "y", 0.5))
    known = terms((0, "f", 0.5, 1.9), (1, "f", 0.5, 1.9))
    turned = approach_2(table.reverse(), known.reverse())
    assert turned.equals(approach_2(table, known))


def test_rows_without_a_known_doubt_stand_still():
    found = one(approach_2(rows((2021, "a", 7, "x", None)), NO_TERMS, draws=100))
    assert found["p2_5_mg"] == found["p97_5_mg"] == 7 * MG_PER_T
    assert found["unknown_share"] == 1


def test_no_draws_are_refused():
    with pytest.raises(ValueError, match="at least one"):
        approach_2(rows((2021, "a", 7, "x", 0.1)), NO_TERMS, draws=0)


@pytest.mark.parametrize("fixed", ["x", "y", "f", "g"])
def test_a_contribution_is_the_variance_that_goes_when_its_source_is_known(fixed):
    table = rows((2021, "a", 100, "x", 0.25), (2021, "b", 80, "y", 0.2), (2021, "b", 30, "z", 0))
    known = terms((0, "f", 0.8, 1.2), (1, "f", 0.9, 1.1), (2, "g", 1 / 3, 3.0))
    shares = {
        row["source"]: row["variance_share"] for row in contributions(table, known).to_dicts()
    }
    all_draws = _variance(table, known)
    is_fixed = pl.col("activity_id") == fixed
    without = table.with_columns(
        pl.when(is_fixed)
        .then(0.0)
        .otherwise(pl.col("activity_doubt_ratio"))
        .alias("activity_doubt_ratio")
    )
    gone = all_draws - _variance(without, known.filter(pl.col("term_id") != fixed))
    assert shares[fixed] == pytest.approx(gone / all_draws, abs=0.02)


def _variance(table, known):
    found = sources(table, known)
    return float(np.var(drawn_totals(found, np.zeros((len(table), 1), np.int64), 1, 400_000)))
