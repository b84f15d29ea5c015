"""Money by year: the plan's capital as actions are put in place, beside what was reported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vatra.runs.monitor_spending import Spending, spending
from vatra.runs.scenario import open_scenario

IASI = Path(__file__).resolve().parents[2] / "examples" / "iasi"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Spending:
    pack = tmp_path_factory.mktemp("pack")
    shutil.copytree(IASI, pack, dirs_exist_ok=True)
    (pack / "progress.csv").write_text(
        "action,year,adoption_percent,spent_eur,committed_eur,status,source\n"
        "1.1,2026,4,62000000,80000000,started,made up\n"
        "1.1,2027,9,1000,,started,made up\n"
        "1.5,2026,12,500,,started,made up\n"
        "3.1,2026,0,,,delayed,made up\n",
        "utf-8",
    )
    return spending(open_scenario(pack))


def test_spent_and_committed_add_up_over_actions(found: Spending) -> None:
    # 62,000,000 + 500 EUR in 2026, 1,000 EUR in 2027, in cents.
    assert found.spent() == {2026: 6_200_050_000, 2027: 100_000}
    assert found.committed() == {2026: 8_000_000_000}
    assert found.last_year == 2027


def test_what_nobody_reported_is_no_zero(found: Spending) -> None:
    late = next(each for each in found.actions if each.code == "3.1")
    assert late.spent == {}
    assert late.committed == {}


def test_the_plan_falls_due_as_it_is_put_in_place(found: Spending) -> None:
    deep = next(each for each in found.actions if each.code == "1.1")
    assert min(deep.planned) == 2026
    assert deep.planned_until(2025) == 0
    assert deep.planned_until(2035) == sum(deep.planned.values())
    assert all(cents % 100 == 0 and cents > 0 for cents in deep.planned.values())
    assert found.planned_until(2026) == sum(each.planned.get(2026, 0) for each in found.actions)


def test_the_capital_is_that_of_the_annual_report(found: Spending) -> None:
    from vatra.runs.monitor import monitor
    from vatra.runs.monitor_report import _capital_cents

    planned = monitor(open_scenario(IASI), draws=None).planned
    for action, each in zip(planned.model.actions, found.actions, strict=True):
        whole = _capital_cents(action)
        if whole is not None and each.is_planned:
            # What is not in place by the last year is not due by then.
            assert sum(each.planned.values()) <= whole + 100
