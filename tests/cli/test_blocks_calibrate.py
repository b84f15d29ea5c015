"""The command that holds meters against the model."""

from __future__ import annotations

import csv
import json

import pytest
from typer.testing import CliRunner

from tests.runs.test_calibrate import folder_of, heated
from vatra.cli import app

pytest.importorskip("numba")
pytest.importorskip("pvlib")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    # The second block's meter serves two.
    meters = (*heated("b1", 330), *heated("b2", 700))
    return folder_of(tmp_path_factory.mktemp("stock"), *meters)


def run(folder, *words):
    arguments = ["blocks", "calibrate", str(folder), "--draws", "512", *words]
    return CliRunner().invoke(app, arguments)


def test_all_blocks_in_both_languages(folder):
    english = run(folder, "--lang", "en")
    assert english.exit_code == 0, english.output
    wanted = [
        "By their own meters are known: 1",
        "do not fit the model: 1",
        "air change",
        "not fitted, see below",
        "serves two blocks or more",
        "Rows 5, 6, 7",
    ]
    for words in wanted:
        assert words in " ".join(english.stdout.split())
    romanian = " ".join(run(folder, "--lang", "ro").stdout.split())
    assert "după cele ale tipului lor din cartier: 2" in romanian and "schimb de aer" in romanian


def test_one_block_parameter_by_parameter(folder):
    plain = run(folder, "--building", "b1", "--lang", "en").stdout
    for words in ("walls, U", "inside temperature", "What is known of the block", "2022, 2023"):
        assert words in " ".join(plain.split())
    learned = run(folder, "--building", "b3", "--lang", "en").stdout
    assert "By those of its type in the quarter" in " ".join(learned.split())


def test_json_and_csv_hold_the_same(folder):
    data = json.loads(run(folder, "--format", "json").stdout)
    rows = list(csv.DictReader(run(folder, "--format", "csv").stdout.splitlines()))
    assert [each["building"] for each in data["blocks"]] == ["b1", "b2", "b3"]
    assert [each["known_by"] for each in rows] == ["own_meters", "type_meters", "type_meters"]
    assert [each["fitted"] for each in data["meters"]] == [True, False]
    assert data["meters"][1]["check"][0] == "two-blocks"
    assert data["limits"]["cv_rmse_percent"] == 15
    parameters = list(csv.DictReader(
        run(folder, "--building", "b1", "--format", "csv").stdout.splitlines()
    ))  # fmt: skip
    assert len(parameters) == 11 and all(each["source"] for each in parameters)


def test_the_same_bytes_every_time(folder):
    first, again = (run(folder, "--format", "json").stdout for _ in range(2))
    assert first == again


def test_a_picture_is_drawn_where_something_is_metered(folder, tmp_path):
    file = tmp_path / "out" / "meters.svg"
    result = run(folder, "--picture", str(file), "--lang", "en")
    assert "meters.svg" in result.stdout.replace("\n", "") and "<svg" in file.read_text("utf-8")
    (tmp_path / "bare").mkdir()
    bare = folder_of(tmp_path / "bare", codes=("b1",))
    result = run(bare, "--picture", str(tmp_path / "none.svg"), "--lang", "en")
    assert "Nothing is metered" in result.stdout and not (tmp_path / "none.svg").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--building", "b9"), 1, "b9"),
        (("--engine", "seasonal"), 2, "no peak loads"),
        (("--heat", "coal"), 2, "coal"),
        (("--draws", "10"), 2, "256"),
    ],
)
def test_wrong_questions_are_refused(folder, words, code, said):
    result = run(folder, *words, "--lang", "en")
    assert result.exit_code == code
    assert said in result.stderr


@pytest.mark.slow
def test_retrofit_says_how_sure(folder):
    arguments = ["blocks", "retrofit", str(folder), "b1", "--date", "2026-11-01", "--lang", "en"]
    plain = " ".join(CliRunner().invoke(app, arguments).stdout.split())
    assert "How sure: P10 – P90, the block by its own meters" in plain
    assert "or better:" in plain
    data = json.loads(CliRunner().invoke(app, [*arguments, "--format", "json"]).stdout)
    assert data["today_p10_p90"]["known_by"] == "own_meters"
    assert {each["package"] for each in data["promises_p10_p90"]} == set(data["picks"]) - {"kept"}
