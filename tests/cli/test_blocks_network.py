"""The command that asks what a heat network loses."""

import csv
import io
import json

import pytest

pytest.importorskip("numba", reason="the extra 'buildings' is not installed")
pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
from typer.testing import CliRunner

from tests.runs.test_network import folder
from vatra.cli import app


def run(*words):
    return CliRunner().invoke(app, ["blocks", "network", *map(str, words)])


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return folder(tmp_path_factory.mktemp("net"))


def test_a_network_in_both_languages(small):
    english = run(small, "--renovated", "all", "--disconnect", "b3=40", "--lang", "en")
    assert english.exit_code == 0, english.output
    text = " ".join(english.stdout.split())
    assert "3 buildings on 0.5 km of trench: in Iași" in text
    assert "after departures" in text
    assert "is assumed, the usual share" in text
    assert "SYNTHETIC" in text
    romanian = run(small, "--lowest", "--lang", "ro")
    text = " ".join(romanian.stdout.split())
    assert "3 clădiri pe 0,5 km de traseu" in text
    assert "Cât de rece poate fi turul" in text


def test_machines_get_every_state_pipe_and_substation(small):
    data = json.loads(run(small, "--disconnect", "b3", "--format", "json").stdout)
    assert [each["state"] for each in data["states"]] == ["as_is", "left"]
    assert len(data["pipes"]) == 4
    assert len(data["substations"]) == 3
    assert data["synthetic"] is True
    row = data["states"][0]
    # EUR/MWh by hand: what it is made of.
    parts = ("heat_eur_mwh", "losses_eur_mwh", "pumps_eur_mwh", "fixed_eur_mwh")
    assert row["eur_mwh"] == pytest.approx(sum(row[each] for each in parts), abs=0.03)
    lost = row["supply_loss_wh"] + row["return_loss_wh"]
    assert row["losses_eur_mwh"] == pytest.approx(51 * lost / row["served_wh"], abs=0.01)
    rows = list(csv.DictReader(io.StringIO(run(small, "--format", "csv").stdout)))
    assert [each["state"] for each in rows] == ["as_is"]


def test_files_and_pictures_are_written(small, tmp_path):
    files = ("--pipes", tmp_path / "p.csv", "--substations", tmp_path / "s.csv")
    done = run(small, "--pictures", tmp_path / "drawn", *files, "--fixed-cost", "20000")
    assert done.exit_code == 0, done.output
    assert {each.name for each in (tmp_path / "drawn").iterdir()} == {
        "network-losses.svg",
        "network-duration.svg",
    }
    assert (tmp_path / "p.csv").read_text().count("\n") == 5
    assert (tmp_path / "s.csv").read_text().count("\n") == 4
    assert "is assumed, the usual share" not in done.stdout


def test_what_cannot_be_asked(small, tmp_path):
    assert run(tmp_path).exit_code == 1
    assert run(small, "--renovated", "b9").exit_code == 1
    assert run(small, "--disconnect", "b1=half").exit_code == 2
    assert run(small, "--disconnect", "b1=120").exit_code == 2
    assert run(small, "--climate", "atlantis").exit_code == 1
