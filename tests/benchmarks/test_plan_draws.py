"""The benchmark of a plan's draws draws what it says."""

from benchmarks.plan_draws import ACTION_COUNT, YEAR_COUNT, floor, plan, sample
from vatra.plans.engine import evaluate


def test_40_actions_30_years_and_every_action_is_doubted() -> None:
    model, found = plan()
    assert (len(model.actions), len(model.base.years)) == (ACTION_COUNT, YEAR_COUNT)
    for action in model.actions:
        kinds = {each.kind for each in found if each.of == action.code}
        assert {"delivery", "delay"} < kinds
        assert kinds & {"strength", "amount"}
    assert {each.kind for each in found} >= {"activity", "factor", "factor_path"}


def test_every_action_bites_and_the_draws_stay_above_the_plan() -> None:
    model, _ = plan()
    base, planned = model.base.emission_mg[:, -1].sum(), evaluate(model).total_mg[-1]
    # Late, undelivered and half delivered actions leave more than the plan, less than nothing done
    assert planned < sample(500) < base
    for action in model.actions:
        alone = evaluate(model.only({action.code})).total_mg[-1]
        assert alone < base * (1 - 1e-4)
    assert floor(500) > 0
