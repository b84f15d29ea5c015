"""Who does the work in the example cities: wedges that add up, curves that say what they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from vatra.plans.engine import Choice, evaluate
from vatra.runs.attribution import Attribution, attribution
from vatra.runs.scenario import Scenario, open_scenario

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def city(name: str) -> Scenario:
    return open_scenario(EXAMPLES / name)


@cache
def found(name: str) -> Attribution:
    return attribution(city(name))


@pytest.mark.parametrize("name", ["cluj", "iasi"])
def test_wedges_add_up_to_the_milligram(name: str) -> None:
    rows = found(name).by_year
    left = pl.col("level_mg") - pl.sum_horizontal(
        "drivers_mg", "grid_mg", "factors_mg", "actions_mg"
    )
    assert rows.select((left == pl.col("total_mg")).all()).item()
    actions = found(name).by_action.group_by("year").agg(pl.col("shapley_mg").sum()).sort("year")
    assert actions["shapley_mg"].to_list() == rows["actions_mg"].to_list()
    outcome = evaluate(city(name).model).total_mg
    assert rows["total_mg"].to_list() == pytest.approx(outcome, rel=1e-11)
    assert rows["level_mg"][0] == pytest.approx(city(name).base_mg, rel=1e-9)


def test_what_cluj_prints_is_what_its_measures_cut() -> None:
    # Stated tonnes within what there is: first, last and shared are the same figure
    rows = (
        found("cluj")
        .by_action.filter((pl.col("year") == 2030) & (pl.col("code") == "1.1"))
        .row(0, named=True)
    )
    assert rows["first_in_mg"] == rows["shapley_mg"] == rows["last_in_mg"] == 45_243 * 10**9
    assert rows["standard_error_mg"] == 0


@pytest.mark.slow
def test_first_in_alone_would_promise_too_much() -> None:
    rows = found("iasi").by_action.filter(pl.col("year") == 2035)
    assert rows["first_in_mg"].sum() > 1.05 * rows["shapley_mg"].sum()


def test_errors_are_small_beside_the_cut() -> None:
    rows = found("iasi").by_action.filter(pl.col("year") == 2035)
    assert rows["standard_error_mg"].max() < 0.001 * rows["shapley_mg"].sum()  # type: ignore[operator]


@pytest.mark.parametrize("name", ["cluj", "iasi"])
def test_the_sequence_ends_at_the_joint_cut(name: str) -> None:
    steps = found(name).curve("sequential")
    joint = found(name).by_year.filter(pl.col("year") == found(name).year)["actions_mg"].item()
    assert steps["sum_cut_mg"][-1] == steps["cut_mg"].sum() == joint
    static = found(name).curve("static")
    assert static["sum_cut_mg"].null_count() == len(static) == len(steps)
    assert set(static["code"]) == set(steps["code"])


def test_savings_rank_by_worth_and_have_no_price() -> None:
    saves = found("iasi").curve("static").filter(pl.col("ground") == "saves")
    assert saves["eur_per_t"].null_count() == len(saves) > 0
    assert saves["npv_cents"].to_list() == sorted(saves["npv_cents"].to_list(), reverse=True)


def test_choices_move_it() -> None:
    code = str(found("cluj").curve("static")["code"][0])
    without = attribution(city("cluj"), {code: Choice(2024, 0.0)})
    rows = without.by_action.filter(pl.col("code") == code)
    assert rows["shapley_mg"].to_list() == [0] * len(rows)
    assert code not in without.curve("static")["code"].to_list()
    with pytest.raises(KeyError, match="nobody"):
        attribution(city("cluj"), {"nobody": Choice(2024, 1.0)})


def test_another_year_and_rate() -> None:
    other = attribution(city("cluj"), year=2027, discount=0.0)
    assert (other.year, other.discount_share) == (2027, 0.0)
    whole = found("cluj")
    assert whole.discount_share == 0.04
    before = {each.code: each.annual_cents for each in other.costs}
    after = {each.code: each.annual_cents for each in whole.costs}
    assert before != after
    with pytest.raises(ValueError, match="1999"):
        attribution(city("cluj"), year=1999)


def test_best_plans_make_the_optimal_curve() -> None:
    none = {each.code: Choice(2024, 0.0) for each in city("cluj").model.actions}
    # 3.1 cuts 16,000 t as printed, 5.2 another 5,000 t
    one = none | {"3.1": Choice(2024, 1.0)}
    two = one | {"5.2": Choice(2024, 1.0)}
    found_ = attribution(city("cluj"), best=[two, none, one])
    rows = found_.curve("optimal")
    assert rows["codes"].to_list() == [[], ["3.1"], ["3.1", "5.2"]]
    assert rows["cut_mg"].to_list() == [0, 16_000 * 10**9, 21_000 * 10**9]
    priced = {each.code: each.eur_per_t for each in found_.static}
    assert rows["eur_per_t"].to_list() == pytest.approx([None, priced["3.1"], priced["5.2"]])


def test_the_same_seed_gives_the_same_bytes() -> None:
    again = attribution(city("iasi"))
    assert again.by_action.write_csv() == found("iasi").by_action.write_csv()
    assert again.curve("sequential").write_csv() == found("iasi").curve("sequential").write_csv()


def test_the_joint_cut_is_the_engines() -> None:
    model = city("iasi").model
    joint = evaluate(model.only(())).total_mg - evaluate(model).total_mg
    assert np.asarray(found("iasi").found.joint_mg) == pytest.approx(joint, rel=1e-9)
