"""The command that sets blocks beside the inventory and makes measures of them."""

from __future__ import annotations

import csv
import io
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
MODERATE = ("--package", "moderate", "--flats-per-year", 600, "--date", "2026-09-01")


def run(*words: Any) -> Result:
    return CliRunner().invoke(app, ["blocks", "measures", *map(str, words)])


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The example with the blocks of one of its quarters."""
    into = Path(shutil.copytree(IASI, tmp_path / "iasi"))
    for name in ("buildings.csv", "building_systems.csv", "building_elements.csv"):
        lines = (into / name).read_text("utf-8").splitlines()
        kept = [lines[0], *(each for each in lines if each.startswith(("n0", "n1")))]
        (into / name).write_text("\n".join(kept) + "\n", "utf-8")
    drawn = json.loads((into / "buildings.geojson").read_text("utf-8"))
    drawn["features"] = [
        each
        for each in drawn["features"]
        if str(each["properties"]["building"]).startswith(("n0", "n1"))
    ]
    (into / "buildings.geojson").write_text(json.dumps(drawn), "utf-8")
    return into


@pytest.mark.slow
def test_without_a_package_it_compares(pack: Path):
    english = run(pack, "--lang", "en")
    assert english.exit_code == 0, english.output
    assert "Nothing is scaled" in english.stdout and "district heat" in english.stdout
    data = json.loads(run(pack, "--format", "json").stdout)
    heat = next(each for each in data["compared"] if each["carrier"] == "district_heat")
    services = sum(
        each["energy_wh"] for each in data["services"] if each["carrier"] == "district_heat"
    )
    assert heat["stock_wh"] == pytest.approx(services, abs=10)
    assert heat["covered_share"] == pytest.approx(heat["stock_wh"] / heat["inventory_wh"])


@pytest.mark.slow
def test_a_copy_is_written_that_the_plan_runs_on(pack: Path, tmp_path: Path):
    out = tmp_path / "with"
    romanian = run(pack, *MODERATE, "--out", out, "--lang", "ro")
    assert romanian.exit_code == 0, romanian.output
    assert "Traiectoria economisește exact" in romanian.stdout.replace("\n", " ")
    rows = list(csv.DictReader(io.StringIO((out / "actions.csv").read_text("utf-8"))))
    mine = [row for row in rows if row["code"].startswith("blocks_")]
    assert mine and all(row["payer"] == "households" for row in mine)
    plan = CliRunner().invoke(app, ["plan", str(out)])
    assert plan.exit_code == 0, plan.output
    again = run(pack, *MODERATE, "--out", out)
    assert again.exit_code == 1 and "not empty" in again.stderr
    assert (pack / "actions.csv").read_bytes() == (IASI / "actions.csv").read_bytes()


@pytest.mark.slow
def test_machines_get_each_measure_and_its_proof(pack: Path):
    found = run(pack, *MODERATE, "--reconcile", "--format", "json")
    data = json.loads(found.stdout)
    assert data["holds"] and data["worst_relative"] < 1e-9 and data["written"] == []
    assert {each["carrier"] for each in data["factors"]} >= {"district_heat"}
    years = {each["year"] for each in data["proof"]}
    assert years == set(range(2021, 2036))
    rows = list(csv.DictReader(io.StringIO(run(pack, *MODERATE, "--format", "csv").stdout)))
    assert [row["action"] for row in rows] == [each["action"] for each in data["actions"]]


@pytest.mark.slow
def test_into_the_pack_once(pack: Path):
    first = run(pack, "--target-percent", 30, "--date", "2026-09-01", "--into-pack")
    assert first.exit_code == 0, first.output
    before = {each.name: each.read_bytes() for each in pack.iterdir()}
    again = run(pack, *MODERATE, "--into-pack", "--code", "more", "--lang", "en")
    assert again.exit_code == 1
    assert "handed over already" in again.stderr.replace("\n", " ")
    assert {each.name: each.read_bytes() for each in pack.iterdir()} == before


def test_words_that_do_not_go_together(pack: Path):
    for words in (
        ("--package", "deep", "--budget", 100),
        ("--package", "deep", "--out", "x", "--into-pack"),
        ("--into-pack",),
        ("--package", "deepest"),
        ("--package", "deep", "--date", "tomorrow"),
    ):
        found = run(pack, *words)
        assert found.exit_code == 2, words
        assert found.stderr and "Traceback" not in found.stderr


@pytest.mark.slow
def test_faults_are_told_and_nothing_is_written(pack: Path, tmp_path: Path):
    assert run(pack, *MODERATE, "--types", "block_of_marble").exit_code == 1
    assert run(tmp_path, *MODERATE).exit_code == 1
    text = (pack / "energy.csv").read_text("utf-8")
    (pack / "energy.csv").write_text(text.replace("I.1,400000", "I.1,4"), "utf-8")
    found = run(pack, *MODERATE, "--out", tmp_path / "with", "--lang", "en")
    assert found.exit_code == 1 and "check the units" in found.stderr.replace("\n", " ")
    assert not (tmp_path / "with").exists()
