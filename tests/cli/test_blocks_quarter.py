"""The command that plans a quarter and puts a blueprint on another."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.runs.quarters import write_quarter
from vatra.cli import app

FUNDED = (
    "--programme", "oug_18_2009", "--applicant", "city", "--association", "yes", "--design-year",
    "1980", "--region", "nord_vest", "--rank", "municipality", "--seismic-class", "RsIII",
    "--eu-funds", "no", "--date", "2026-11-22",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_quarter(tmp_path / "north", "north")


def run(*words: Any) -> Result:
    return CliRunner().invoke(app, ["blocks", "quarter", *map(str, words)])


def test_a_plan_in_both_languages(folder: Path) -> None:
    english = run(folder, "--climate", "cluj", "--target-percent", 30, "--lang", "en", *FUNDED)
    assert english.exit_code == 0, english.output
    assert "with a probability of 80%" in english.stdout.replace("\n", " ")
    assert "SYNTHETIC buildings" in english.stdout
    romanian = run(folder, "--climate", "cluj", "--target-percent", 30, "--lang", "ro", *FUNDED)
    assert "Cine plătește" in romanian.stdout and "proprietari" in romanian.stdout


def test_machines_get_every_block(folder: Path) -> None:
    table = run(folder, "--format", "csv", *FUNDED)
    rows = list(csv.DictReader(io.StringIO(table.stdout)))
    assert len(rows) == 10
    data = json.loads(run(folder, "--format", "json", *FUNDED).stdout)
    assert len(data["blocks"]) == 10
    whole = sum(int(each["cost_cents"]) for each in rows)
    assert data["totals"]["cost_cents"] == whole
    # Forty per cent where nothing else is asked.
    cut = 1 - data["totals"]["after_co2_g"] / data["totals"]["before_co2_g"]
    assert cut == pytest.approx(0.4, abs=0.05) and cut >= 0.4 - 1e-9


def test_a_budget_bounds_the_money_and_neighbours_may_be_parted(folder: Path) -> None:
    told = run(
        folder, "--budget", 300_000, "--of", "heating", "--priority", "cheapest", "--apart",
        "--keep-heat", "--yearly-budget", 100_000, "--format", "json", *FUNDED,
    )  # fmt: skip
    data = json.loads(told.stdout)
    assert data["totals"]["cost_cents"] <= 300_000_00
    assert all(each["cost_cents"] <= 100_000_00 for each in data["years"])
    assert not any("heat_pump" in each["package"] for each in data["blocks"])


@pytest.mark.slow
def test_files_are_written_and_the_blueprint_is_applied(tmp_path: Path, folder: Path) -> None:
    out = tmp_path / "plan"
    made = run(folder, "--climate", "cluj", "--target-percent", 30, "--out", out, *FUNDED)
    assert made.exit_code == 0, made.output
    assert {"plan.json", "blocks.csv", "report-ro.pdf", "report-en.docx", "blueprint.zip"} <= {
        each.name for each in out.iterdir()
    }
    south = write_quarter(tmp_path / "south", "south")
    told = run(south, "--climate", "iasi", "--apply", out / "blueprint.zip", "--lang", "ro",
               *FUNDED)  # fmt: skip
    assert told.exit_code == 0, told.output
    assert "Ce trebuie măsurat din nou" in told.stdout
    data = json.loads(
        run(south, "--apply", out / "blueprint.zip", "--format", "json", *FUNDED).stdout
    )
    assert {each["level"] for each in data["applied"]["matches"]} >= {"near"}
    assert data["applied"]["measure"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--budget", 1, "--target-percent", 60), 1, "would do"),
        (("--class", "Q"), 2, "Not known here: Q"),
        (("--package", "gold"), 2, "gold"),
        (("--date", "yesterday"), 2, "is not a day"),
        (("--climate", "atlantis"), 1, "atlantis"),
        (("--heat", "volcano"), 2, "volcano"),
        (("--programme", "lottery"), 2, "lottery"),
        (("--apply", "nowhere.zip"), 2, "no blueprint"),
        (("--payer-budget", "bank=5"), 2, "bank"),
        (("--payer-budget", "city"), 2, "city=2000000"),
    ],
)
def test_what_cannot_be_is_said(folder: Path, words: tuple[Any, ...], code: int, said: str) -> None:
    told = run(folder, *words, "--lang", "en")
    assert told.exit_code == code, told.output
    assert said in told.output.replace("\n", " ")
    assert "Traceback" not in told.output


def test_what_one_payer_bears_is_bounded(folder: Path) -> None:
    words = ("--target-percent", 25, "--keep-heat", "--format", "json", *FUNDED)
    free = json.loads(run(folder, *words).stdout)["totals"]["payers_cents"]
    assert free["city"] > 0
    most = free["city"] // 100 - 1_000
    told = run(folder, "--payer-budget", f"city={most}", "--gap", 0.001, *words)
    data = json.loads(told.stdout)["totals"]
    assert data["payers_cents"]["city"] <= most * 100
    assert data["proved"] and data["gap_share"] <= 1e-5 + 1e-9


def test_nothing_is_chosen_that_does_not_fit_into_the_years(folder: Path) -> None:
    words = ("--keep-heat", "--format", "json", *FUNDED)
    told = run(folder, "--years", 3, "--yearly-budget", 100_000, *words)
    data = json.loads(told.stdout)
    assert data["totals"]["cost_cents"] <= 3 * 100_000_00
    assert len(data["years"]) <= 3 and not data["totals"]["left_buildings"]
    area = run(folder, "--years", 2, "--area-per-year", 1_500, "--of", "heating",
               "--target-percent", 10, *words)  # fmt: skip
    done = [each for each in json.loads(area.stdout)["blocks"] if each["package"] != "kept"]
    assert 0 < sum(each["floor_m2"] for each in done) <= 3_000 + 1e-6


def test_other_uses_are_left_out_and_said(tmp_path: Path) -> None:
    heading = "building,quarter,use,archetype,built,storeys_count,flats_count,heated_m2,source\n"
    block = "b1,q,block,block_t744r_p4_1973_1982,1978,5,20,1600,survey\n"
    school = "s1,q,school,block_t744r_p4_1973_1982,1978,3,0,2400,survey\n"
    (tmp_path / "buildings.csv").write_text(heading + block + school, encoding="utf-8")
    told = run(tmp_path, "--format", "json")
    data = json.loads(told.stdout)
    assert [each["building"] for each in data["blocks"]] == ["b1"]
    assert any("s1" in each["message"] for each in data["findings"])
    (tmp_path / "buildings.csv").write_text(heading + school, encoding="utf-8")
    assert run(tmp_path, "--lang", "en").exit_code == 1


def test_a_folder_without_buildings_is_refused(tmp_path: Path) -> None:
    told = run(tmp_path, "--lang", "en")
    assert told.exit_code == 1 and "buildings.csv" in told.output
