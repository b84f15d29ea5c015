"""The verb ``plan`` as a person types it: the path by year and its actions."""

import csv
import io
import json

import pytest

from tests.cli.command import plain, vatra

CLUJ = "examples/cluj"


def rows(*arguments: str):
    return list(csv.DictReader(io.StringIO(vatra("plan", CLUJ, "--format", "csv", *arguments))))


@pytest.fixture(scope="module")
def cluj():
    return json.loads(vatra("plan", CLUJ, "--format", "json"))


def test_the_path_runs_from_the_published_base_to_the_published_target_year(cluj):
    path = {each["year"]: each for each in cluj["path"]}
    assert list(path) == list(range(2021, 2031))
    assert round(path[2021]["total_t"]) == 1_167_223
    assert round(path[2030]["baseline_t"]) == 537_366
    parts = sum(value for key, value in path[2030].items() if key in SECTORS)
    assert parts == pytest.approx(path[2030]["total_t"])


SECTORS = ("buildings_t", "transport_t", "waste_t", "industry_t", "land_t")


def test_parts_of_the_actions_add_up_to_the_joint_cut(cluj):
    target = cluj["path"][-1]
    joint = sum(each["shapley_t"] for each in cluj["actions"])
    assert joint == pytest.approx(target["baseline_t"] - target["total_t"])
    printed = next(each for each in cluj["actions"] if each["code"] == "5.1")
    assert printed["printed_t"] == 70_000


def test_what_no_measure_explains_is_named_by_sector(cluj):
    found = {each["sector"]: round(each["unexplained_t"]) for each in cluj["unexplained"]}
    assert found == {"buildings": 13_400, "transport": 3_640, "waste": 0, "industry": 0, "land": 0}


def test_people_read_the_path_in_both_languages():
    text = plain(vatra("plan", CLUJ))
    assert "Year by year, t CO2e" in text
    assert "What each action costs and cuts in 2030" in text
    assert "with its 17 actions, Cluj-Napoca emits 234,506 t in 2030" in text
    romanian = plain(vatra("plan", CLUJ, "--lang", "ro"))
    assert "cu cele 17 acțiuni, Cluj-Napoca emite 234.506 t în 2030" in romanian
    assert "nicio măsură nu explică" in romanian


@pytest.mark.slow
def test_each_table_can_be_had_as_csv():
    assert rows()[0]["sector"] == "buildings"
    assert [each["year"] for each in rows("--table", "path")][-1] == "2030"
    assert rows("--table", "actions")[0]["code"] == "1.1"
    assert rows("--table", "unexplained")[0]["unexplained_t"] == "13400.0"


def test_other_choices_give_another_path(tmp_path):
    file = tmp_path / "choices.csv"
    file.write_text("code,start_year,level_percent\n5.1,2024,0\n", "utf-8")
    found = json.loads(vatra("plan", CLUJ, "--choices", str(file), "--format", "json"))
    assert "5.1" not in {each["code"] for each in found["actions"]}
    # 234,506.18 t with it; its 70,000 t stay.
    assert found["path"][-1]["total_t"] == pytest.approx(304_506.18, abs=0.01)


def test_faults_of_choices_are_all_said(tmp_path):
    file = tmp_path / "choices.csv"
    file.write_text("code,start_year,level_percent\nZZ,2024,120\n", "utf-8")
    text = plain(vatra("plan", CLUJ, "--choices", str(file), code=1))
    assert "the plan has no action 'ZZ'" in text
    assert "a level of 120 % is not possible" in text


def test_a_year_outside_the_plan_is_refused():
    text = plain(vatra("plan", CLUJ, "--year", "2050", code=1))
    assert "2050 lies outside the plan. Choose a year from 2021 to 2030." in text


def test_actions_are_weighed_in_another_year():
    found = json.loads(vatra("plan", CLUJ, "--year", "2026", "--format", "json"))
    assert found["actions_year"] == 2026
    renovation = next(each for each in found["actions"] if each["code"] == "5.1")
    # 3 of 7 years in place: 70,000 x 3 / 7
    assert renovation["shapley_t"] == pytest.approx(30_000, abs=0.01)
