"""The verb ``factors`` as a person types it."""

import csv
import io
import json
import re

import pytest
from typer.testing import CliRunner

from vatra.cli import app

CLUJ = "examples/cluj"
SYNTHETIC = "examples/valea-lupului-de-sus"


def vatra(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["factors", "diff", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\x1b\[[0-9;]*m|[│╭╮╰╯─]", "", text))


def test_help_has_an_example():
    result = CliRunner().invoke(app, ["factors", "--help"])
    assert "Example: vatra factors diff" in plain(result.output)


def test_other_sets_in_tonnes_by_city_year_and_factor():
    text = plain(vatra(CLUJ, "--to", "ro_aib_production,local,ipcc_2006,renewable"))
    assert "Cluj-Napoca, 2021: 1,167,221 t before, 897,338 t after: −269,883 t (−23.1%)." in text
    assert "−269,883" in text


def test_two_cities_side_by_side():
    rows = list(
        csv.DictReader(io.StringIO(vatra(CLUJ, SYNTHETIC, "--gwp-to", "AR6", "--format", "csv")))
    )
    assert {each["city"] for each in rows} == {"valea-lupului-de-sus"}
    assert {each["from"].split("/")[0] for each in rows} == {"gwp"}


def test_cities_without_a_move_say_so_and_synthetic_ones_are_marked():
    text = plain(vatra(CLUJ, SYNTHETIC, "--gwp-from", "AR5", "--gwp-to", "AR6"))
    assert "Cluj-Napoca: the update moves nothing." in text
    assert "(SYNTHETIC data), 2021:" in text


def test_json_of_an_update(tmp_path):
    path = tmp_path / "update.csv"
    path.write_text(
        "set,carrier,end_use,gas,year_from,year_to,amount,unit,source\n"
        "local,electricity,any,CO2,2021,2021,0.27746,t/MWh,AIB\n"
        "elsewhere,diesel,any,CO2,,,0.3,t/MWh,made up\n",
        "utf-8",
    )
    (city,) = json.loads(vatra(CLUJ, "--update", str(path), "--format", "json"))["cities"]
    assert city["sets_not_asked"] == ["elsewhere"]
    (move,) = city["moved"]
    assert move["from"] == move["to"] == "local/electricity/CO2/2021"
    assert move["moved_t"] == pytest.approx(-269_883, abs=0.5)
    text = plain(vatra(CLUJ, "--update", str(path), "--lang", "ro"))
    assert "Cluj-Napoca nu folosește seturile elsewhere" in text
    assert "local/electricity/CO2/2021 = 0,27746" in text


def test_what_has_no_factor_is_left_out_and_said():
    text = plain(vatra(CLUJ, "--to", "ipcc_2006,renewable"))
    assert "is in neither total, since one of the two versions has no factor for it" in text
    assert "there is no factor for 'electricity' in 2030" in text


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--to", "local", "--gwp-to", "AR6"),
        ("--to", "no_such_set"),
        ("--gwp-to", "AR7"),
    ],
)
def test_wrong_use(arguments):
    vatra(CLUJ, *arguments, code=2)


def test_faults_of_the_update_end_with_code_1(tmp_path):
    path = tmp_path / "update.csv"
    path.write_text("set,carrier\nlocal,diesel\n", "utf-8")
    vatra(CLUJ, "--update", str(path), "--format", "json", code=1)
