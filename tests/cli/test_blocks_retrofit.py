"""The command that weighs every package of a block."""

from __future__ import annotations

import csv
import json

import pytest
from typer.testing import CliRunner

from vatra.cli import app

pytest.importorskip("numba")
pytest.importorskip("pvlib")

HEADER = "building,use,archetype,built,storeys_count,flats_count,heated_m2,footprint_m2,perimeter_m"
# 1,920 packages without those of 30 and 40 kWp, with 28 that the roof of 380 m2 holds.
COUNT = 1536


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("stock")
    row = "b1,block,block_t744r_p4_1973_1982,1978,5,20,1615,380,91.8,survey"
    (made / "buildings.csv").write_text(f"{HEADER},source\n{row}\n", "utf-8")
    return made


def run(folder, *words):
    arguments = ["blocks", "retrofit", str(folder), "b1", "--date", "2026-11-01", *words]
    return CliRunner().invoke(app, arguments)


@pytest.mark.slow
def test_a_block_in_both_languages(folder):
    english = run(folder, "--rank", "municipality", "--lang", "en")
    assert english.exit_code == 0, english.output
    for words in ("Packages side by side", "Share of each flat", "ended 26 June 2026", "step"):
        assert words in english.stdout
    romanian = run(folder, "--lang", "ro")
    for words in ("Pachetele alăturate", "TVA", "plătit de: stat", "plătit de: oraș"):
        assert words in romanian.stdout


def test_json_holds_all_that_people_read(folder):
    data = json.loads(run(folder, "--package", "deep_pump", "--format", "json").stdout)
    assert data["packages_count"] == COUNT
    assert data["package"]["heat"] == "heat_pump_air"
    assert data["before"]["energy_class"] == "C"
    assert {each["programme"] for each in data["programmes"]} >= {"oug_18_2009", "elena"}
    assert data["assumed"] and data["steps"]


def test_known_facts_open_the_national_programme(folder):
    known = ("--association", "yes", "--eu-funds", "no", "--design-year", "1976", "--format",
             "json", "--package", "moderate")  # fmt: skip
    package = json.loads(run(folder, *known).stdout)["package"]
    # OUG 18/2009: half from the state, three tenths from the city, a fifth from the owners.
    assert package["owners_most_cents"] == pytest.approx(0.2 * package["cost_cents"], rel=1e-3)
    assert package["state_cents"] == pytest.approx(0.5 * package["cost_cents"], rel=1e-3)


def test_tables_and_pictures_go_to_files(folder, tmp_path):
    every = tmp_path / "out" / "all.csv"
    result = run(folder, "--all", str(every), "--pictures", str(tmp_path / "svg"), "--lang", "en")
    assert "all.csv" in result.stdout.replace("\n", "")
    rows = list(csv.DictReader(every.read_text("utf-8").splitlines()))
    assert len(rows) == COUNT
    assert {each.name for each in (tmp_path / "svg").iterdir()} == {
        "packages.svg",
        "before-after.svg",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--package", "gold"), "no package or option 'gold'"),
        (("--date", "1 May"), "'1 May' is not a day"),
        (("--flats", "60;40"), "no areas of flats"),
        (("--flats", "60,40"), "the building has 20 flats"),
        (("--flats", ",".join(["600"] * 20)), "12,000 m²"),
        (("--programme", "oug_18_2009", "--programme", "pnrr_c5_blocks"), "cannot"),
        (("--heat", "coal"), "coal"),
        (("--price", "district_heat=cheap"), "Prices of district_heat cannot be read"),
        (("--price", "steam=50"), "Prices of steam cannot be read"),
    ],
)
def test_wrong_questions_are_refused_by_name(folder, words, said):
    result = run(folder, *words, "--lang", "en")
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_seasonal_engine_cannot_size_pumps(folder):
    result = run(folder, "--engine", "seasonal", "--lang", "en")
    assert result.exit_code == 1 and "peak load" in result.stderr


@pytest.mark.slow
def test_an_own_price_moves_the_bill(folder):
    usual, own = (
        json.loads(run(folder, *words, "--format", "json").stdout)["before"]
        for words in ((), ("--price", "district_heat=0"))
    )
    # 85 EUR/MWh of the usual prices times the heat bought
    heat_eur = 85 * usual["district_heat_kwh"] / 1000
    assert (usual["bill_cents"] - own["bill_cents"]) / 100 == pytest.approx(heat_eur, rel=1e-4)


def test_flats_of_different_size_share_by_area(folder):
    areas = ",".join(["60"] * 10 + ["90"] * 10)
    data = json.loads(run(folder, "--flats", areas, "--format", "json").stdout)
    small, large = data["flats"]
    assert (small["flats_count"], large["flats_count"]) == (10, 10)
    assert large["owners_most_cents"] == pytest.approx(1.5 * small["owners_most_cents"], abs=2)
