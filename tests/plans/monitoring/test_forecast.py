import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans.monitoring.models import YEARS, action, model
from vatra.plans.engine import Adoption, adoption_curve
from vatra.plans.monitoring import METHODS, Progress, Report, forecast, forecast_adoption


def reports(**shares) -> tuple[Report, ...]:
    return tuple(
        Report(int(year[1:]), "started", share, line=line)
        for line, (year, share) in enumerate(shares.items(), 2)
    )


def by_year(found) -> dict[int, float]:
    return dict(zip(YEARS, np.round(found.adoption, 6).tolist(), strict=True))


@pytest.mark.parametrize("method", METHODS)
def test_without_a_report_the_plan_stands(method):
    found = forecast(action(), YEARS, (), method)
    assert np.array_equal(found.adoption, adoption_curve(action(), YEARS))
    assert (found.last_year, found.delay_months, found.full_year) == (None, None, 2033)


def test_keeping_the_pace_seen_by_hand():
    # Planned a tenth a year from 2024 on; 10 % in two years is 5 % a year: 45 % by 2032.
    found = by_year(forecast(action(), YEARS, reports(y2024=0.05, y2025=0.1), "pace_seen"))
    assert found[2023] == 0
    assert (found[2024], found[2025], found[2026]) == (0.05, 0.1, 0.15)
    assert found[2035] == 0.6


def test_keeping_the_plans_pace_after_a_delay_by_hand():
    # 10 % at the end of 2025 is where the plan stood at the end of 2024: 12 months late.
    found = forecast(action(), YEARS, reports(y2025=0.1), "plan_pace")
    assert found.delay_months == 12
    assert by_year(found)[2026] == pytest.approx(0.2)
    assert (by_year(found)[2034], found.full_year) == (1.0, 2034)


def test_months_are_counted():
    # 15 % is where the plan stands in the middle of 2025: 6 months late at its end
    assert forecast(action(), YEARS, reports(y2025=0.15), "plan_pace").delay_months == 6


def test_what_has_not_begun_begins_next_year():
    # Two years of nothing: what the plan had for 2024 comes in 2026.
    found = forecast(action(), YEARS, reports(y2025=0.0), "plan_pace")
    assert found.delay_months == 24
    assert [by_year(found)[y] for y in (2025, 2026, 2027)] == pytest.approx([0, 0.1, 0.2])
    still = forecast(action(), YEARS, reports(y2025=0.0), "pace_seen")
    assert by_year(still)[2035] == 0


def test_an_action_ahead_of_its_plan_stays_ahead():
    found = forecast(action(), YEARS, reports(y2025=0.4), "plan_pace")
    assert found.delay_months == -24
    assert by_year(found)[2026] == pytest.approx(0.5)
    assert forecast(action(), YEARS, reports(y2025=0.4), "pace_seen").full_year == 2028


def test_a_plan_kept_is_the_plan():
    kept = reports(y2024=0.1, y2025=0.2)
    for method in METHODS:
        found = forecast(action(), YEARS, kept, method)
        assert found.delay_months == 0
        assert found.adoption == pytest.approx(adoption_curve(action(), YEARS))


def test_what_is_done_is_done_whole_and_what_is_cancelled_stays():
    done = (Report(2025, "done"),)
    assert by_year(forecast(action(), YEARS, done, "plan_pace"))[2025] == 1
    stopped = (*reports(y2024=0.1), Report(2025, "cancelled", 0.15))
    for method in METHODS:
        assert by_year(forecast(action(), YEARS, stopped, method))[2035] == 0.15


def test_the_report_counts_from_what_the_plan_does_in_all():
    # Half of an action planned at level 0.6 is 0.3 of all there is.
    found = forecast(action(level=0.6), YEARS, reports(y2028=0.5), "pace_seen")
    assert by_year(found)[2028] == 0.3
    assert max(by_year(found).values()) == 0.6


def test_what_ends_ends_however_late_it_was():
    ending = action(adoption=Adoption(2024, 10.0, "linear", end_year=2030))
    for method in METHODS:
        found = by_year(forecast(ending, YEARS, reports(y2025=0.1), method))
        assert (found[2029] > 0, found[2030], found[2035]) == (True, 0, 0)


def test_what_requires_a_late_action_waits():
    # B needs A; A has not begun by 2026, so B does nothing before 2027 even though it was built.
    plan = model(action("A"), action("B", requires=("A",)))
    seen = Progress({"A": reports(y2026=0.0), "B": reports(y2026=0.3)})
    adoption, found = forecast_adoption(plan, seen, "plan_pace")
    at = YEARS.index(2026)
    assert adoption[:, at].tolist() == [0, 0]
    assert adoption[1, at + 1] > 0.3
    assert [each.delay_months for each in found] == [36, 0]


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=6),
    st.sampled_from(METHODS),
    st.sampled_from(["linear", "logistic", "step", "cohort"]),
    st.floats(0.05, 1),
    st.integers(2022, 2030),
)
def test_a_forecast_is_a_share_that_passes_through_the_reports(shares, method, shape, level, start):
    planned = action(start=start, shape=shape, level=level)
    seen = tuple(Report(2022 + n, "started", share) for n, share in enumerate(shares))
    found = forecast(planned, YEARS, seen, method)
    assert (found.adoption >= 0).all() and (found.adoption <= 1).all()
    after = found.adoption[YEARS.index(seen[-1].year) :]
    assert (np.diff(after) >= -1e-9).all()
    for each in seen:
        assert found.adoption[YEARS.index(each.year)] == pytest.approx(each.adoption_share * level)
