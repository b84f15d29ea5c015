"""Climates and zones that are wrong, told by the command in both languages; spaces and warmth."""

import json

import pytest
from typer.testing import CliRunner

from tests.plans.blocks.cases import ZONES
from tests.plans.blocks.test_epw import rows, text
from tests.plans.blocks.test_rooms import FILE as WITH_SPACES
from vatra.cli import app

BLOCK = ZONES / "t744r.yaml"


def run(*words):
    return CliRunner().invoke(app, ["blocks", "simulate", *map(str, words), "--reference"])


@pytest.mark.parametrize(
    ("change", "english", "romanian"),
    [
        (("u_w_m2k: 0.56", "u_w_m2k: 0"), "'u_w_m2k' is 0", "„u_w_m2k” este 0"),
        (("u_w_m2k: 0.56", "u_w_m2k: 50"), "between 0.01 and 10", "între 0.01 și 10"),
        (("area_m2: 160", "area_m2: 460"), "have 460.0 m²", "au 460,0 m²"),
        (("mass: {class: heavy}\n", "mass: {class: heavy}\ncooling: {setpoint_c: 18}\n"),
         "cooling to 18.0 °C", "răcire la 18,0 °C"),
    ],
)  # fmt: skip
def test_wrong_zones(change, english, romanian, tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text(BLOCK.read_text("utf-8").replace(*change, 1), "utf-8")
    for lang, said in (("en", english), ("ro", romanian)):
        result = run(file, "--engine", "seasonal", "--lang", lang)
        assert result.exit_code == 1
        assert said in result.stderr.replace("\n", " ")


def test_weather_files_with_gaps_and_leap_days(tmp_path):
    gap, leap = tmp_path / "gap.epw", tmp_path / "leap.epw"
    made = rows()
    del made[100:110]
    gap.write_text(text(made))
    leap.write_text(text(rows(leap=True)))
    for lang, said in (("en", "10 hours are missing"), ("ro", "lipsesc 10 ore")):
        result = run(BLOCK, "--climate", gap, "--engine", "seasonal", "--lang", lang)
        assert result.exit_code == 1 and said in result.stderr
    for lang, said in (("en", "29 February is left out"), ("ro", "29 februarie este omis")):
        result = run(BLOCK, "--climate", leap, "--engine", "seasonal", "--lang", lang)
        assert result.exit_code == 0 and said in " ".join(result.stdout.split())


def test_a_shift_stands_on_the_answer():
    words = (BLOCK, "--engine", "seasonal", "--format", "json")
    now, later = (
        json.loads(run(*words, "--climate", each).stdout) for each in ("iasi", "iasi+2050-high")
    )
    assert later["climate"] == "Iași, RCP8.5 2041–2070"
    assert later["synthetic"] is True and "EURO-CORDEX" in later["climate_source"]
    heat = [each["zones"][0]["heating_wh"] for each in (now, later)]
    assert heat[1] < 0.85 * heat[0]
    assert (
        "Iași, +2 K" in run(BLOCK, "--engine", "seasonal", "--warmer-k", 2, "--lang", "en").stdout
    )


@pytest.mark.slow
def test_spaces_and_warmth(tmp_path):
    file = tmp_path / "flats.yaml"
    file.write_text(WITH_SPACES)
    words = (file, "--engine", "rc5", "--comfort")
    said = run(*words, "--lang", "ro").stdout
    assert "Căldura resimțită" in said and "attic: " in said
    (zone,) = json.loads(run(*words, "--format", "json").stdout)["zones"]
    assert zone["above_26_h"] >= zone["above_27_h"] > 0
    plain = json.loads(run(file, "--engine", "rc5", "--format", "json").stdout)["zones"][0]
    assert plain["above_26_h"] is None and plain["heating_wh"] == zone["heating_wh"]
    table = tmp_path / "hours.csv"
    run(file, "--engine", "rc5", "--hours", table)
    assert table.read_text().splitlines()[0].endswith("space_1_c,space_2_c,synthetic")
