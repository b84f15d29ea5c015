import csv
import io
import json
import shutil

import pytest
from typer.testing import CliRunner

from tests.runs.packs import pack
from tests.runs.towns import ACTIONS, CITY, EFFECTS, ENERGY, FACTORS
from vatra.cli import app
from vatra.runs.monitor_report import report_is_whole

HEAD = "action,year,adoption_percent,spent_eur,status,source\n"


@pytest.fixture
def town(tmp_path):
    progress = HEAD + "R,2024,30,1000,started,invented"
    return pack(tmp_path / "town", CITY, energy=ENERGY, factors=FACTORS, actions=ACTIONS,
                action_effects=EFFECTS, progress=progress)  # fmt: skip


def run(*words):
    return CliRunner().invoke(app, ["monitor", *map(str, words), "--draws", "256"])


def test_the_answer_in_both_languages(town):
    english = run(town, "--lang", "en")
    assert english.exit_code == 0, english.output
    assert "with what was reported up to 2024" in english.stdout
    assert "ALERT" in english.stdout
    assert "What a further delay costs" in english.stdout
    assert "--report FILE freezes the annual report" in english.stdout
    assert "net zero" not in english.stdout
    romanian = run(town, "--lang", "ro", "--balance")
    assert "Ce se așteaptă pentru 2030" in romanian.stdout
    assert "Bugete de carbon" in romanian.stdout


def test_json_is_in_tonnes_and_shares(town):
    data = json.loads(run(town, "--format", "json").stdout)
    assert data["target"]["planned"]["target_t"] < 1000
    assert data["target"]["threshold_share"] == 0.5
    assert data["actions"][0]["spent_eur"] == 1000.0
    assert data["actions"][0]["delay_months"] == 18
    assert data["pathway"]["planned_t"]["2021"] == 1500.0
    assert data["year"] == 2024


@pytest.mark.slow
def test_any_table_as_csv(town):
    for name in ("target", "actions", "slips", "why", "residual", "sinks", "budgets", "net_zero"):
        result = run(town, "--format", "csv", "--table", name)
        assert list(csv.DictReader(io.StringIO(result.stdout))), name


def test_a_report_is_frozen_once(town, tmp_path):
    file = tmp_path / "out" / "report.json"
    assert "frozen" in run(town, "--report", file, "--lang", "en").stdout
    assert report_is_whole(json.loads(file.read_text("utf-8"))) == []
    assert run(town, "--report", file).exit_code == 0
    before = file.read_bytes()
    (town / "progress.csv").write_text(HEAD + "R,2025,70,1000,started,invented\n", "utf-8")
    refused = run(town, "--report", file, "--lang", "en")
    assert refused.exit_code == 1
    assert "frozen once it is written" in refused.stderr
    assert file.read_bytes() == before


def test_a_report_as_pdf(town, tmp_path):
    file = tmp_path / "report.pdf"
    assert run(town, "--report", file).exit_code == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_a_place_that_cannot_be_written_is_said(town, tmp_path):
    (tmp_path / "file").write_text("x")
    result = run(town, "--report", tmp_path / "file" / "report.json", "--lang", "en")
    assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)


def test_why_since_an_earlier_pack(town, tmp_path):
    earlier = tmp_path / "earlier"
    shutil.copytree(town, earlier)
    (earlier / "progress.csv").unlink()
    (town / "factors.csv").write_text(
        (town / "factors.csv").read_text("utf-8").replace(",0.25,", ",0.3,"), "utf-8"
    )
    data = json.loads(run(town, "--since", earlier, "--format", "json").stdout)["why"]
    kinds = {each["kind"] for each in data["causes"] if each["effect_t"]}
    assert "factors" in kinds
    change = sum(each["effect_t"] for each in data["causes"])
    assert change == pytest.approx(data["after_t"] - data["before_t"])
    # 2,000 MWh x 0.05 = 100 t
    assert sum(e["effect_t"] for e in data["causes"] if e["kind"] == "factors") == pytest.approx(
        100
    )


def test_faults_are_named_with_their_rows(town):
    (town / "progress.csv").write_text(HEAD + "Z,2024,30,,started,invented\n", "utf-8")
    result = run(town, "--lang", "en")
    assert result.exit_code == 1
    assert "the plan has no action 'Z'" in result.stderr
    assert run(town, "--since", town / "nowhere").exit_code == 1
