"""The command that takes buildings from file to file."""

import json

import polars as pl
import pytest
from typer.testing import CliRunner

pytest.importorskip("numba")

from benchmarks.million import make
from vatra.cli import app
from vatra.runs import stream_cluster


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return make(tmp_path_factory.mktemp("cli") / "buildings.parquet", 60)


def run(*words):
    return CliRunner().invoke(app, ["blocks", "stream", *map(str, words)])


def test_a_file_to_a_file_in_both_languages(source, tmp_path):
    target = tmp_path / "need.parquet"
    english = run("--from", source, "--to", target, "--climate", "cluj", "--lang", "en")
    assert english.exit_code == 0, english.output
    assert "60 buildings with " in english.stdout
    assert "synthetic" in english.stdout
    romanian = run("--from", source, "--to", target, "--lang", "ro")
    assert "Clădiri: 60, cu " in romanian.stdout
    found = pl.read_parquet(target)
    data = json.loads(run("--from", source, "--to", target, "--format", "json").stdout)
    assert data["heating_wh"] == found["heating_wh"].sum()
    assert data["buildings_count"] == 60


def test_faults_are_told_and_nothing_is_written(source, tmp_path):
    bad, target = tmp_path / "bad.parquet", tmp_path / "need.parquet"
    pl.read_parquet(source).with_columns(archetype=pl.lit("castle")).write_parquet(bad)
    answer = run("--from", bad, "--to", target, "--climate", "nowhere", "--lang", "en")
    assert answer.exit_code == 1
    assert "the type of the building is not known" in " ".join(answer.output.split())
    assert not target.exists()


def test_a_file_is_not_written_over_itself(source):
    before = source.read_bytes()
    answer = run("--from", source, "--to", source, "--lang", "en")
    assert answer.exit_code == 2
    assert "the same file" in answer.output
    assert source.read_bytes() == before


@pytest.mark.slow
def test_no_scheduler_is_told(source, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(stream_cluster, "PATIENCE", "1s")
    answer = run("--from", source, "--to", tmp_path / "need.parquet", "--lang", "en",
                 "--scheduler", "tcp://127.0.0.1:1")  # fmt: skip
    assert answer.exit_code == 2
    assert "No scheduler answers at tcp://127.0.0.1:1" in answer.output
