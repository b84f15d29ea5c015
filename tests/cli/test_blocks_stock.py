"""The command that asks what a stock needs."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from vatra.cli import app

QUARTER = "examples/quarters/iasi-like"
FAST = ("--engine", "seasonal", "--reference")


def run(*words):
    return CliRunner().invoke(app, ["blocks", "stock", *map(str, words)])


def test_a_quarter_in_both_languages():
    english = run(QUARTER, *FAST, "--lang", "en")
    assert english.exit_code == 0, english.output
    assert "Buildings: 315, flats: 11,230. In Iași they need" in english.stdout
    assert "SYNTHETIC buildings" in english.stdout
    romanian = run(QUARTER, *FAST, "--lang", "ro")
    assert "Clădiri: 315, apartamente: 11.230." in romanian.stdout
    assert "Clădiri SINTETICE" in romanian.stdout


def test_types_and_buildings_sum_to_the_same():
    data = json.loads(run(QUARTER, *FAST, "--format", "json").stdout)
    *types, whole = data["types"]
    assert data["synthetic"] is True
    assert whole["archetype"] == ""
    for name in ("buildings_count", "flats_count", "heating_wh"):
        assert sum(each[name] for each in types) == whole[name]
    assert sum(each["heating_wh"] for each in data["buildings"]) == whole["heating_wh"]
    assert whole["heated_m2"] == 593_000
    # GWh over 593,000 m2, by hand.
    assert whole["heating_kwh_m2"] == pytest.approx(whole["heating_wh"] / 1e3 / 593_000, abs=0.05)
    assert 100 < whole["heating_kwh_m2"] < 160


def test_csv_has_a_row_for_each_building():
    rows = list(csv.DictReader(io.StringIO(run(QUARTER, *FAST, "--format", "csv").stdout)))
    assert len(rows) == 315
    assert {row["synthetic"] for row in rows} == {"yes"}
    assert all(int(row["heating_wh"]) > 0 for row in rows)


def test_what_the_types_had_to_say_is_told(tmp_path):
    text = "building,built,flats_count,source\nb1,1978,20,survey\n"
    (tmp_path / "buildings.csv").write_text(text)
    result = run(tmp_path, *FAST, "--lang", "en")
    assert "Buildings: 1, flats: 20." in result.stdout
    assert "heated_m2" in result.stdout
    assert "SYNTHETIC buildings" not in result.stdout


def test_a_folder_without_buildings_and_a_call_that_cannot_be(tmp_path):
    assert run(tmp_path, *FAST).exit_code == 1
    assert run(tmp_path, "--climate", "atlantis", *FAST).exit_code == 1
    assert run(QUARTER, QUARTER, *FAST).exit_code == 2
    assert run(QUARTER, "--hours", tmp_path / "h.csv", *FAST).exit_code == 2
