"""The command that asks what blocks need."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from tests.plans.blocks.cases import ZONES
from vatra.cli import app, options_blocks

BLOCK = ZONES / "t744r.yaml"


def run(*words):
    return CliRunner().invoke(app, ["blocks", "simulate", *map(str, words)])


def test_a_block_in_both_languages():
    english = run(BLOCK, "--engine", "seasonal", "--reference", "--lang", "en")
    assert english.exit_code == 0, english.output
    assert "kWh/m² of heat a year in Iași (SYNTHETIC data)" in english.stdout
    assert "Synthetic: the climate" in english.stdout
    romanian = run(BLOCK, "--engine", "seasonal", "--reference", "--lang", "ro", "--climate", "V")
    assert "în Miercurea Ciuc (date SINTETICE)" in romanian.stdout
    assert "Sintetic:" in romanian.stdout


def test_json_tells_what_is_not_known_as_null():
    data = json.loads(run(BLOCK, "--engine", "seasonal", "--reference", "--format", "json").stdout)
    assert data["synthetic"] is True
    assert 130 < data["zones"][0]["heating_kwh_m2"] < 200
    assert data["zones"][0]["cooling_wh"] is None
    assert len(data["months"]) == 12
    assert data["degree_days_kd"] == pytest.approx(3510, rel=0.02)


def test_csv_by_month_and_a_warmer_climate():
    rows = [
        list(csv.DictReader(io.StringIO(run(
            BLOCK, "--engine", "rc5", "--reference", "--format", "csv", "--warmer-k", warmer,
        ).stdout)))
        for warmer in (0, 3)
    ]  # fmt: skip
    now, later = ([int(each["heating_wh"]) for each in year] for year in rows)
    assert len(now) == 12
    assert sum(later) < 0.9 * sum(now)
    assert {each["synthetic"] for each in rows[0]} == {"True"}


def test_hours_go_to_a_file(tmp_path):
    file = tmp_path / "out" / "hours.csv"
    result = run(BLOCK, "--engine", "rc5", "--reference", "--hours", file, "--lang", "en")
    assert "hours.csv" in result.stdout
    rows = list(csv.DictReader(io.StringIO(file.read_text())))
    assert len(rows) == 8760
    assert float(rows[0]["heating_w"]) > 0


def test_the_load_is_drawn(tmp_path):
    file = tmp_path / "load.svg"
    result = run(BLOCK, "--engine", "rc5", "--reference", "--picture", file, "--lang", "ro")
    assert "load.svg" in result.stdout
    svg = file.read_text("utf-8")
    assert svg.startswith("<svg") and "kW de căldură" in svg
    assert "SINTETIC" in svg.upper()
    # 365 steps of heat; this block is never cooled.
    assert svg.count("H") >= 365 and "kW de frig" not in svg


def test_the_seasonal_engine_says_that_it_has_no_hours(tmp_path):
    file = tmp_path / "hours.csv"
    words = (BLOCK, "--engine", "seasonal", "--reference", "--hours", file, "--lang", "en")
    assert "knows no hours" in run(*words).stdout
    assert not file.exists()


def test_faults_of_all_files_at_once(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(BLOCK.read_text().replace("u_w_m2k: 0.56", "u_w_m2k: 50"))
    result = run(wrong, BLOCK, "--climate", "atlantis", "--lang", "en", "--reference")
    assert result.exit_code == 1
    assert "between 0.01 and 10" in result.stderr
    assert "'atlantis' is neither a weather file nor a place" in result.stderr
    assert run(BLOCK, "--climate", tmp_path / "none.epw", "--reference").exit_code == 1


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(options_blocks, "missing_packages", lambda: ["numba", "pvlib"])
    result = run(BLOCK, "--lang", "en")
    assert result.exit_code == 2
    assert 'pip install "vatra[buildings]"' in result.stderr
    assert run(BLOCK, "--engine", "seasonal", "--reference").exit_code == 0


def test_the_compiled_engines_answer():
    pytest.importorskip("numba")
    pytest.importorskip("pvlib")
    data = json.loads(run(BLOCK, "--format", "json").stdout)
    assert data["engine"] == "modal"
    assert 130 < data["zones"][0]["heating_kwh_m2"] < 200
    assert data["zones"][0]["coldest_c"] < data["zones"][0]["warmest_c"]
