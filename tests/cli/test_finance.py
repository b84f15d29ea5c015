"""The verb ``finance`` as a person types it."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.command import plain, vatra
from vatra.runs.finance_tables import TABLE_IDS

IASI, CLUJ = "examples/iasi", "examples/cluj"


def test_help_has_an_example():
    assert "Example: vatra finance" in plain(vatra("finance", "--help"))


def test_people_read_the_gap_first():
    text = plain(vatra("finance", CLUJ))
    # 6,090 million; EUR 800 million of each year between 2024 and 2029 are 765.5 of 2024.
    assert text.startswith(
        "Cluj-Napoca: the plan costs EUR 6.09 bn from 2024 to 2030 (EUR of 2024)."
    )
    assert "EUR 5.32 bn of it (87%) no source pays; money is missing from 2024 on." in text
    assert "Who pays: payer not stated 84%, city 16%." in text
    assert "nobody says how much there is in nrrp" in text


def test_synthetic_data_are_marked_and_romanian_reads_as_romanian():
    text = plain(vatra("finance", IASI, "--lang", "ro"))
    assert text.startswith("Iași (date SINTETICE): planul costă")
    assert "nu sunt plătiți de nicio sursă" in text
    assert "Împrumut-cadru al" in text
    assert "Cât valorează pentru fiecare, milioane EUR din 2024" in text


def test_csv_is_every_euro_once():
    rows = list(csv.DictReader(io.StringIO(vatra("finance", CLUJ, "--format", "csv"))))
    assert sum(round(float(row["amount_eur"]) * 100) for row in rows) == 609_000_000_000
    assert {row["source"] for row in rows} == {"capacity", "gap"}


def test_json_is_the_same_twice_and_names_its_money():
    first = vatra("finance", IASI, "--format", "json")
    assert first == vatra("finance", IASI, "--format", "json")
    data = json.loads(first)
    assert (data["nominal"], data["price_year"], data["discount_percent"]) == (False, 2024, 4.0)
    assert data["co_benefits"]["netted"] is False
    assert data["co_benefits"]["totals"]
    sources = sum(each["total_eur"] for each in data["sources"])
    assert sources + data["gap_eur"] == pytest.approx(data["total_eur"], abs=0.01)
    assert {each["actor"] for each in data["actors"]} == {
        "city", "households", "businesses", "utility", "state"
    }  # fmt: skip


@pytest.mark.slow
def test_nominal_costs_more_and_another_rate_is_worth_another_sum():
    real = json.loads(vatra("finance", IASI, "--format", "json"))
    nominal = json.loads(vatra("finance", IASI, "--nominal", "--format", "json"))
    dear = json.loads(vatra("finance", IASI, "--discount", "10", "--format", "json"))
    assert nominal["total_eur"] > real["total_eur"]
    assert dear["discount_percent"] == 10.0
    assert dear["actors"][0]["investment"] != real["actors"][0]["investment"]
    assert dear["society"] == real["society"]


@pytest.mark.parametrize("number", TABLE_IDS)
def test_every_table_can_be_asked_for(number):
    text = vatra("finance", CLUJ, "--table", number, "--lang", "ro")
    assert f"{number}. " in text
    data = json.loads(vatra("finance", CLUJ, "--table", number, "--format", "json"))
    assert (data["id"], bool(data["title"])) == (number, True)


def test_table_8_as_csv_has_years_and_stakeholders():
    rows = list(
        csv.DictReader(io.StringIO(vatra("finance", CLUJ, "--table", "T8", "--format", "csv")))
    )
    city = [row for row in rows if row["payer"] == "city"]
    assert [row["item"] for row in city] == ["to be paid", "found", "missing"]
    assert float(city[0]["total_eur"]) == pytest.approx(1_000_000_000)


def test_other_choices_cost_other_sums(tmp_path):
    file = tmp_path / "choices.csv"
    file.write_text("code,start_year,level_percent\n2.1,2024,0\n", "utf-8")
    data = json.loads(vatra("finance", CLUJ, "--choices", str(file), "--format", "json"))
    # Without metro, train and ring road: 6,090 - 4,351 million.
    assert data["total_eur"] == pytest.approx(1_739_000_000)


def test_faults_are_said_all_at_once_and_nothing_is_paid(tmp_path):
    folder = Path(shutil.copytree(CLUJ, tmp_path / "cluj"))
    rows = (folder / "financing.csv").read_text("utf-8")
    rows += (
        "5.2,,capacity,,700000000,signed,\n4.1,,capacity,,195000000,signed,\n9.9,city,,100,,x,\n"
    )
    (folder / "financing.csv").write_text(rows, "utf-8")
    answer = json.loads(vatra("finance", str(folder), "--format", "json", code=1))
    assert [each["code"] for each in answer["findings"]] == ["plans.finance.action-unknown"]
    (folder / "financing.csv").write_text(rows.replace("9.9,city,,100,,x,\n", ""), "utf-8")
    answer = json.loads(vatra("finance", str(folder), "--format", "json", code=1))
    assert {each["code"] for each in answer["findings"]} == {
        "plans.finance.spent-twice", "plans.finance.above-cost", "plans.finance.intensity-above"
    }  # fmt: skip


def test_a_rate_below_everything_is_wrong_use():
    vatra("finance", CLUJ, "--discount", "-100", code=2)
    vatra("finance", CLUJ, "--table", "T16", code=2)
