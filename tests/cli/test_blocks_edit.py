"""The command that changes many buildings at once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numba", reason="the extra 'buildings' is not installed")
pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
from typer.testing import CliRunner, Result

from vatra.cli import app

IASI = Path("examples/iasi")


def run(*words: Any) -> Result:
    return CliRunner().invoke(app, ["blocks", "edit", *map(str, words)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    into = tmp_path / "stock"
    into.mkdir()
    for each in (*IASI.glob("building*"), IASI / "city.yaml"):
        shutil.copy(each, into)
    return into


def test_shown_then_written(folder: Path):
    words = (folder, "--where", "building=n01", "--set", "storeys_count=6")
    before = (folder / "buildings.csv").read_bytes()
    shown = run(*words, "--lang", "en")
    assert shown.exit_code == 0, shown.output
    assert "Cells that differ: 1, in 1 of the 1 rows" in shown.stdout
    assert "Nothing is written yet" in shown.stdout
    assert (folder / "buildings.csv").read_bytes() == before
    written = run(*words, "--write", "--lang", "ro")
    assert "S-a scris" in written.stdout
    assert (folder / "buildings.csv").read_bytes() != before
    again = run(*words, "--write", "--lang", "en")
    assert again.exit_code == 0 and "Nothing changes" in again.stdout


def test_a_table_of_changes_and_machines(folder: Path, tmp_path: Path):
    (tmp_path / "mine.csv").write_text("building,built\nn01,1966\nn02,1970\n", "utf-8")
    data = json.loads(run(folder, "--from", tmp_path / "mine.csv", "--format", "json").stdout)
    assert data["changes"] == [
        {"row": "n01", "line": 2, "column": "built", "before": "1965", "after": "1966"}
    ]
    assert data["written"] is None
    csv = run(folder, "--from", tmp_path / "mine.csv", "--format", "csv").stdout
    assert csv.splitlines() == ["row,line,column,before,after", "n01,2,built,1965,1966"]


def test_rubbish_leaves_the_file_as_it_is(folder: Path, tmp_path: Path):
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    for words in (
        ("--set", "storeys_count=0"),
        ("--set", "storeys_count=abc"),
        ("--set", "foo=1"),
        ("--where", "foo=1", "--set", "built=1970"),
        ("--table", "building_meters", "--set", "amount=1"),
        (),
    ):
        found = run(folder, *words, "--write")
        assert found.exit_code == 1, words
        assert found.stderr and "Traceback" not in found.stderr
    for words in (("--table", "houses"), ("--from", tmp_path / "none.csv"), ("--to", "x.shp")):
        assert run(folder, *words).exit_code == 2
    (tmp_path / "bad.csv").write_bytes(b"PK\x03\x04\x00")
    assert run(folder, "--from", tmp_path / "bad.csv", "--write").exit_code == 1
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_into_another_file_and_never_over_one(folder: Path, tmp_path: Path):
    made = run(folder, "--to", "buildings.geojson", "--out", tmp_path / "drawn")
    assert made.exit_code == 0, made.output
    assert len(json.loads((tmp_path / "drawn" / "buildings.geojson").read_text())["features"]) == 60
    assert run(folder, "--to", "buildings.csv").exit_code == 1
    copy = run(folder, "--set", "tenure=city", "--out", tmp_path / "copy")
    assert copy.exit_code == 0 and (tmp_path / "copy" / "building_systems.csv").exists()
    assert run(folder, "--set", "tenure=city", "--out", tmp_path / "copy").exit_code == 1
