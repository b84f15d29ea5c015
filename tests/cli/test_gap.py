"""The verb ``gap`` as a person types it."""

import csv
import io
import json

import pytest

from tests.cli.command import plain, vatra
from tests.runs.packs import CITY, pack

CLUJ = "examples/cluj"
MIX = ("--factor", "electricity.2021=0.27746")


def as_json(*arguments: str):
    return json.loads(vatra("gap", *arguments, "--format", "json"))


def test_help_has_an_example():
    assert "Example: vatra gap" in plain(vatra("gap", "--help"))


def test_the_factor_of_electricity_explains_the_gap():
    # 637,208 MWh x (0.701 - 0.27746) t/MWh = 269,883 t
    found = as_json(CLUJ, *MIX)
    assert round(found["by_cause_t"]["factor"]) == 269_883
    assert round(found["by_carrier_t"]["electricity"]["factor"]) == 269_883
    assert found["published_t"] == 1_167_223
    assert found["by_cause_t"]["unexplained"] == 0


@pytest.mark.parametrize("arguments", [(CLUJ, *MIX), (CLUJ,), (CLUJ, "--year", "2030")])
def test_ours_and_the_entries_are_print(arguments):
    found = as_json(*arguments)
    entries = sum(round(each["t"] * 10**9) for each in found["entries"])
    assert round(found["ours_t"] * 10**9) + entries == round(found["published_t"] * 10**9)


def test_people_read_the_causes_and_what_is_left():
    text = plain(vatra("gap", CLUJ, *MIX))
    assert "Cluj-Napoca prints 1,167,223 t for 2021; its rows give 897,338 t." in text
    assert "The difference is +269,885 t." in text
    assert "electricity +269,883" in text
    assert "Nothing is left unexplained." in text
    romanian = plain(vatra("gap", CLUJ, *MIX, "--lang", "ro"))
    assert "Diferența este de +269.885 t." in romanian
    assert "alt factor" in romanian


def test_what_nothing_explains_is_named():
    # Land 2030 prints 35,206 MWh where 30,206 MWh give its tonnes: 889.5 t have no cause.
    text = plain(vatra("gap", CLUJ, "--year", "2030"))
    assert "No printed figure explains −890 t" in text
    assert "not explained by any printed figure" in text


def test_gases_that_print_does_not_count_are_the_boundary():
    sets = ("--gases", "all", "--factor-sets", "local,ipcc_2006,ro_aib_production,renewable")
    found = as_json(CLUJ, *sets)
    assert found["by_cause_t"]["boundary"] < 0
    assert {each["why"] for each in found["entries"] if each["cause"] == "boundary"} == {"gas"}


def test_csv_has_a_row_for_each_entry():
    rows = list(csv.DictReader(io.StringIO(vatra("gap", CLUJ, *MIX, "--format", "csv"))))
    factors = [float(each["t"]) for each in rows if each["cause"] == "factor"]
    assert round(sum(factors)) == 269_883
    assert {each["carrier"] for each in rows if each["cause"] == "factor"} == {"electricity"}


def test_a_pack_without_print_says_what_to_do(tmp_path):
    energy = """year,sector,carrier,scope,amount,unit,source
    2021,buildings,natural_gas,1,1000,MWh,Made up"""
    folder = str(pack(tmp_path, CITY, energy=energy))
    assert "published_emissions.csv" in vatra("gap", folder, code=1)


def test_a_year_that_is_not_printed_names_those_that_are():
    assert "Choose one of 2021, 2030." in plain(vatra("gap", CLUJ, "--year", "2025", code=1))
