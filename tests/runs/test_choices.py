"""Choices of a plan as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from vatra.plans.engine import Choice
from vatra.runs.choices import read_choices, write_choices
from vatra.runs.scenario import Scenario, open_scenario
from vatra.tables import FindingsError


@pytest.fixture(scope="module")
def built() -> Scenario:
    return open_scenario(Path("examples/cluj"))


def test_what_is_written_reads_back(built: Scenario, tmp_path: Path) -> None:
    choices = {"5.1": Choice(2026, 0.5), "1.1": Choice(2025, 1.0), "2.2": Choice(2027, 0.0)}
    file = tmp_path / "choices.csv"
    file.write_text(write_choices(choices), "utf-8")
    assert file.read_text("utf-8").splitlines() == [
        "code,start_year,level_percent",
        "1.1,2025,100",
        "2.2,2027,0",
        "5.1,2026,50",
    ]
    assert read_choices(file, built) == choices


def test_romanian_headings_read_too(built: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "choices.csv"
    file.write_text("cod,start_year,level_percent\n5.1,2026,50\n", "utf-8")
    assert read_choices(file, built) == {"5.1": Choice(2026, 0.5)}


def test_all_faults_at_once(built: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "choices.csv"
    file.write_text("code,start_year,level_percent\n9.9,2026,50\n5.1,1990,120\n", "utf-8")
    with pytest.raises(FindingsError) as refused:
        read_choices(file, built)
    assert [(each.code, each.lines) for each in refused.value.findings] == [
        ("runs.choice-unknown", (2,)),
        ("runs.choice-level", (3,)),
        ("runs.choice-year", (3,)),
    ]


def test_one_action_twice_is_refused(built: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "choices.csv"
    file.write_text("code,start_year,level_percent\n5.1,2026,50\n5.1,2027,60\n", "utf-8")
    with pytest.raises(FindingsError) as refused:
        read_choices(file, built)
    assert "Rows 2, 3" in str(refused.value) or "Row 3" in str(refused.value)


def test_levels_above_the_highest_and_measures_that_exclude_each_other_are_refused(
    tmp_path: Path, built: Scenario
) -> None:
    file = tmp_path / "choices.csv"
    # Cluj-Napoca's own renovation (5.1) and its option by mechanism (A1) serve the same flats.
    file.write_text("code,start_year,level_percent\n5.1,2025,80\nA1,2025,40\n", "utf-8")
    with pytest.raises(FindingsError) as refused:
        read_choices(file, built)
    (found,) = refused.value.findings
    assert found.code == "runs.exclusive-levels"
    assert "120" in found.message("en") and found.file == "choices.csv"
    file.write_text("code,start_year,level_percent\n5.1,2025,60\nA1,2025,40\n", "utf-8")
    assert len(read_choices(file, built)) == 2
    narrow = replace(
        built,
        model=replace(
            built.model,
            actions=tuple(replace(each, most_level=0.5) for each in built.model.actions),
        ),
    )
    with pytest.raises(FindingsError, match="above the highest level of 50 %"):
        read_choices(file, narrow)
