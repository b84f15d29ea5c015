import pytest

from tests.plans.monitoring.models import MG_PER_T, YEARS, action, model
from vatra.plans.monitoring import forecast_adoption, slips
from vatra.plans.monitoring.progress import Progress, Report


def test_slip_cost_by_hand():
    # Half of 1,000 t over ten years from 2024 on: 50 t more every year until all 500 in 2033.
    # A year later costs 50 t in each of 2024 to 2033, 500 t in all, and nothing in 2035.
    year, target = slips(model(action()), 2035, months=(12,)), 2030
    assert (year[0].target_mg, year[0].cumulative_mg) == (0, 500 * MG_PER_T)
    # Seen from 2030: 7 years of 50 t, 50 of them in 2030 itself; half a year costs half of it.
    full, half = slips(model(action()), target, months=(12, 6))
    assert (full.target_mg, full.cumulative_mg) == (50 * MG_PER_T, 350 * MG_PER_T)
    assert (half.target_mg, half.cumulative_mg) == (25 * MG_PER_T, 175 * MG_PER_T)


def test_only_what_is_still_to_come_can_slip():
    # From 2030 on: a year later, 2030 stays at the 6 tenths of 2029: 50 t in 2030 to 2033 each.
    (found,) = slips(model(action()), 2035, months=(12,), first_year=2030)
    assert found.cumulative_mg == 200 * MG_PER_T


def test_the_expected_curve_slips_not_the_planned_one():
    plan = model(action())
    adoption, _ = forecast_adoption(
        plan, Progress({"R": (Report(2025, "started", 0.1),)}), "plan_pace"
    )
    # A year late already: all of it by 2034, so a further year is felt in 2034.
    (found,) = slips(plan, 2034, adoption, (12,), 2026)
    assert found.target_mg == pytest.approx(50 * MG_PER_T)


def test_every_action_and_delay_in_order():
    plan = model(action("B"), action("A", start=2026))
    assert [(each.code, each.months) for each in slips(plan, 2035)] == [
        (code, months) for code in "BA" for months in (1, 6, 12, 24)
    ]
    assert slips(model(), 2035) == []


def test_what_requires_the_late_action_waits_with_it():
    plan = model(action("A", shape="step"), action("B", shape="step", requires=("A",)))
    # 2024 without A and B: 1,000 t instead of 250.
    late_a, late_b = slips(plan, 2035, months=(12,))
    assert late_a.cumulative_mg == 750 * MG_PER_T
    assert late_b.cumulative_mg == 250 * MG_PER_T
    assert YEARS[-1] == 2035
