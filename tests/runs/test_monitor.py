from dataclasses import replace

import pytest

from tests.runs.towns import ACTIONS, EFFECTS, ENERGY, planned
from vatra.plans.engine import Base, Model, evaluate
from vatra.runs.measured import as_planned
from vatra.runs.monitor import monitor, net_by_year, why
from vatra.runs.risk import risk
from vatra.tables import FindingsError

T = 10**9
HEAD = "action,year,adoption_percent,spent_eur,status,source\n"
MEASURED = ENERGY + "\n2025,buildings,natural_gas,1,I.1,{gas},MWh,invented\n" \
    "2025,transport,diesel,1,II.1,{diesel},MWh,invented"  # fmt: skip
# The wood is left out, so that figures are round.
RETROFIT = "\n".join(ACTIONS.splitlines()[:2])
SAVES = "\n".join(EFFECTS.splitlines()[:2])


def built(folder, progress="", **tables):
    given = {"actions": RETROFIT, "action_effects": SAVES} | tables
    return planned(folder, **given, **({"progress": HEAD + progress} if progress else {}))


def test_without_reports_the_plan_is_expected(tmp_path):
    found = monitor(built(tmp_path), draws=None)
    assert found.last_year is None
    assert found.planned_mg[2030] == 1000 * T
    assert [found.target_mg(each) for each in found.expected] == [1000 * T, 1000 * T]
    assert found.alerts == ()


def test_reports_move_the_target_year(tmp_path):
    # A fifth a year from 2022 on was planned; 30 % by 2024 instead of 60 %.
    # Pace seen: 10 % a year, 90 % by 2030: 1,000 x (1 - 0.45) + 500 = 1,050 t.
    # Plan's pace: a year and a half late, all of it by 2028: 1,000 t.
    found = monitor(built(tmp_path, "R,2024,30,1000,started,invented"), draws=None)
    assert found.target_mg("pace_seen") == 1050 * T
    assert found.target_mg("plan_pace") == 1000 * T
    (late,) = found.expected["plan_pace"].forecasts
    assert late.delay_months == 18
    # 2025: planned 80 %, expected 50 % at the plan's pace: 150 t more
    expected = found.expected["plan_pace"].net_mg
    assert expected[2025] - found.planned_mg[2025] == 150 * T
    assert found.cut_ppm(found.target_mg("pace_seen")) == 300_000


def test_slip_cost_counts_from_the_year_after_the_last_report(tmp_path):
    found = monitor(built(tmp_path, "R,2024,30,,started,invented"), draws=None)
    year = next(each for each in found.slips if each.months == 12)
    # Expected 50, 70, 90, 100 %: a year later 30, 50, 70, 90, 100: 20+20+20+10 points of 500 t
    assert (year.target_mg, year.cumulative_mg) == (0, 350 * T)


def test_an_alert_below_the_threshold(tmp_path):
    # The promise of a half is out of reach: 1,000 of 1,500 t are left.
    progress = "R,2024,30,,started,invented"
    found = monitor(built(tmp_path, progress), draws=256)
    assert found.alerts == ("pace_seen", "plan_pace")
    assert found.expected["plan_pace"].chance.probability_ppm == 0
    assert monitor(built(tmp_path / "b", progress), draws=256, threshold_ppm=0).alerts == ()


def test_the_chance_is_that_of_risk(tmp_path):
    made = built(tmp_path)
    asked = risk(made, 1024, 5)
    found = monitor(made, draws=1024, seed=5)
    assert found.planned_chance.probability_ppm == asked.probability_ppm
    assert found.planned_chance.error_ppm == asked.probability_error_ppm


def test_what_has_begun_is_sure_to_be_there(tmp_path):
    unsure = RETROFIT.replace(",100,0,", ",40,2,")
    progress = "R,2024,60,,started,invented"
    found = monitor(built(tmp_path, progress, actions=unsure), draws=None)
    (action,) = found.expected["plan_pace"].scenario.model.actions
    assert (action.delivery_probability, action.delay_years.mean) == (1.0, 0.0)
    (still,) = monitor(built(tmp_path / "b", "R,2024,0,,delayed,invented", actions=unsure),
                       draws=None).expected["pace_seen"].scenario.model.actions  # fmt: skip
    assert still.delivery_probability == 0.4


# Measured years


def test_a_measured_year_is_no_part_of_the_plan(tmp_path):
    rows = MEASURED.format(gas=4000, diesel=2000)
    made = built(tmp_path, ",2025,,,measured,invented", energy=rows)
    plan = as_planned(made, [2025])
    assert net_by_year(plan.model)[2030] == 1000 * T
    assert plan.inventory.years == (2021, 2030)


def test_the_plan_is_brought_to_what_was_measured(tmp_path):
    # By 2025 80 % of the retrofit: 5,000 x 0.6 = 3,000 MWh; 3,300 were measured, a tenth more.
    # The tenth stays: 2030 has 1,000 x 0.5 x 1.1 + 500 = 1,050 t instead of 1,000.
    rows = MEASURED.format(gas=3300, diesel=2000)
    progress = "R,2025,80,,started,invented\n,2025,,,measured,invented"
    found = monitor(built(tmp_path, progress, energy=rows), draws=None)
    each = found.expected["plan_pace"]
    assert each.net_mg[2025] == found.measured_mg[2025] == pytest.approx(1160 * T)
    assert each.net_mg[2030] == pytest.approx(1050 * T, abs=10)
    assert each.reported_mg == 1000 * T
    assert (found.planned_mg[2025], each.gap_mg) == (1100 * T, 0)
    # Halfway between the base year and 2025 the scale is halfway: 5 % on 60 % saved of half
    assert each.net_mg[2023] == pytest.approx((1000 * 0.8 * 1.05 + 500) * T)


def test_a_carrier_that_only_the_measured_year_has(tmp_path):
    rows = MEASURED.format(gas=3000, diesel=2000) + (
        "\n2025,transport,natural_gas,1,II.1,100,MWh,invented"
    )
    progress = "R,2025,80,,started,invented\n,2025,,,measured,invented"
    found = monitor(built(tmp_path, progress, energy=rows), draws=None)
    each = found.expected["plan_pace"]
    # 100 MWh x 0.2 = 20 t more in 2025, and from then on
    assert each.net_mg[2025] == pytest.approx(1120 * T, abs=10)
    assert each.net_mg[2030] == pytest.approx(1020 * T, abs=10)
    assert each.net_mg[2024] == found.planned_mg[2024]


@pytest.mark.parametrize("year", [2021, 2030])
def test_base_and_target_year_are_not_measured_years(tmp_path, year):
    with pytest.raises(FindingsError) as error:
        monitor(built(tmp_path, f",{year},,,measured,invented"), draws=None)
    assert [each.code for each in error.value.findings] == ["runs.measured-outside"]


# Why


def test_why_the_expected_figure_is_not_the_planned_one(tmp_path):
    found = monitor(built(tmp_path, "R,2024,30,,started,invented"), draws=None)
    said = why(found.planned, found.expected["pace_seen"].scenario)
    assert [(each.change.name, each.effect_mg) for each in said.causes] == [("choice:R", 50 * T)]


def test_why_between_two_packs(tmp_path):
    before = built(tmp_path / "a")
    more = ENERGY.replace("2021,transport,diesel,1,II.1,2000", "2021,transport,diesel,1,II.1,2400")
    after = built(
        tmp_path / "b",
        energy=more,
        action_effects=SAVES.replace("0.5", "0.6"),
        actions=RETROFIT.replace(",2022,5,", ",2027,5,"),
    )
    said = why(before, after)
    assert {each.change.name for each in said.causes} == {
        "inventory", "drivers", "choice:R", "strength:R"
    }  # fmt: skip
    change = sum(each.effect_mg for each in said.causes)
    assert change == said.change_mg
    totals = [round(float(evaluate(each.model).total_mg[-1])) for each in (before, after)]
    assert change == totals[1] - totals[0]


def test_versions_that_cannot_be_compared_say_so(tmp_path):
    first = built(tmp_path / "a")
    with pytest.raises(FindingsError) as error:
        why(first, first, 2050)
    assert error.value.findings[0].code == "runs.why-year"
    base = first.model.base
    later = Base(base.years[1:], base.cells, base.amount[:, 1:], base.factor[:, 1:])
    with pytest.raises(FindingsError) as error:
        why(first, replace(first, model=Model(later, ())))
    assert error.value.findings[0].code == "runs.why-base-year"
