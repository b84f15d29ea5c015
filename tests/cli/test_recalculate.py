"""The verb ``recalculate`` as a person types it."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.command import plain, vatra
from vatra.cli.verbs.recalculate import Reason
from vatra.contract import pretty
from vatra.plans.recalculation import TRIGGERS
from vatra.runs.contract import run
from vatra.tables.recalculations import REASONS


@pytest.fixture(scope="module")
def contract(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("sealed") / "contract.json"
    file.write_bytes(pretty(run(Path("examples/cluj")).contract))
    return file


@pytest.fixture
def city(tmp_path) -> Path:
    """Cluj-Napoca with 0.65 t/MWh of electricity in 2021."""
    folder = Path(shutil.copytree("examples/cluj", tmp_path / "city"))
    text = (folder / "factors.csv").read_text("utf-8")
    assert text.count("0.701") == 1
    (folder / "factors.csv").write_text(text.replace("0.701", "0.65"), "utf-8")
    return folder


def arguments(city: Path, contract: Path, *more: str) -> list[str]:
    asked = ["--reason", "factor", "--note", "Grid factor", "--date", "2026-03-31"]
    return ["recalculate", str(city), "--against", str(contract), *asked, *more]


def test_every_trigger_can_be_named():
    assert tuple(each.value for each in Reason) == TRIGGERS == REASONS


@pytest.mark.slow
def test_then_now_and_what_the_policy_says(city, contract):
    # 637,208 MWh x (0.701 - 0.65) = 32,498 t, which is 2.78 % of 1,167,223 t.
    text = plain(vatra(*arguments(city, contract)))
    assert "sealed as 1,167,223 t and is 1,134,725 t now, −32,498 t (−2.78%)." in text
    assert "The threshold is 5.00%: no recalculation is asked for." in text
    assert "factor book" in text
    assert not (city / "recalculations.csv").exists()


def test_the_threshold_is_the_city_s(city, contract):
    with (city / "city.yaml").open("a", encoding="utf-8") as file:
        file.write("recalculation_threshold_percent: 2.5\n")
    text = plain(vatra(*arguments(city, contract, "--lang", "ro")))
    assert "Pragul este de 2,50 %: anul de bază trebuie recalculat" in text


@pytest.mark.slow
def test_json_names_what_differs(city, contract):
    found = json.loads(vatra(*arguments(city, contract, "--format", "json")))
    assert round(found["moved_t"]) == -32_498
    assert [(each["kind"], each["name"]) for each in found["differing"]] == [
        ("factor_book", ""),
        ("file", "factors.csv"),
    ]
    assert found["written"] is None


def test_csv_has_a_row_for_each_sector(city, contract):
    rows = list(csv.DictReader(io.StringIO(vatra(*arguments(city, contract, "--format", "csv")))))
    assert [each["sector"] for each in rows] == [
        "buildings", "transport", "waste", "industry", "land"
    ]  # fmt: skip


@pytest.mark.slow
def test_write_adds_one_row_that_check_reads(city, contract):
    assert "A row was added" in plain(vatra(*arguments(city, contract, "--write")))
    checked = json.loads(vatra("check", str(city), "--format", "json"))
    rows = {each["file"]: each["rows"] for each in checked["files"]}
    assert rows["recalculations.csv"] == 1
    assert "says the same already" in plain(vatra(*arguments(city, contract, "--write"), code=1))


def test_an_altered_contract_is_no_measure(tmp_path, city, contract):
    forged = json.loads(contract.read_text("utf-8"))
    forged["totals"]["all"]["2021"] -= 1
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(forged), "utf-8")
    assert "does not hold" in vatra(*arguments(city, file), code=1)


def test_another_base_year_is_said(city, contract):
    text = (city / "city.yaml").read_text("utf-8")
    (city / "city.yaml").write_text(text.replace("base_year: 2021", "base_year: 2020"), "utf-8")
    rows = (city / "energy.csv").read_text("utf-8")
    (city / "energy.csv").write_text(rows.replace("\n2021,", "\n2020,"), "utf-8")
    assert "base year 2021, the pack 2020" in vatra(*arguments(city, contract), code=1)


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"format": "x"}'])
def test_rubbish_is_said(tmp_path, city, content):
    file = tmp_path / "contract.json"
    file.write_text(content, "utf-8")
    assert "Traceback" not in vatra(*arguments(city, file), code=1)


@pytest.mark.parametrize(
    "wrong", [("--date", "31.03.2026"), ("--note", "  "), ("--reason", "weather")]
)
def test_wrong_use_is_exit_code_2(city, contract, wrong):
    vatra(*arguments(city, contract, *wrong), code=2)
