"""The verb ``years`` as a person types it."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.command import plain, vatra
from tests.runs.packs import pack
from vatra.cli.verbs.years import By
from vatra.runs.years import GROUPINGS

ENERGY = """year,sector,carrier,scope,amount,unit,source
2021,buildings,natural_gas,1,1000,MWh,Made up
2021,transport,diesel,1,100,MWh,Made up
2022,buildings,natural_gas,1,900,MWh,Made up
2024,buildings,natural_gas,1,700,MWh,Made up
2024,transport,diesel,1,130,MWh,Made up
2030,buildings,natural_gas,1,500,MWh,Made up
2030,transport,diesel,1,100,MWh,Made up"""
FACTORS = """set,carrier,gas,amount,unit,source
local,natural_gas,CO2,0.2,t/MWh,Made up
local,diesel,CO2,0.3,t/MWh,Made up"""
CITY = """name: Prova
code: prova
base_year: 2021
target_year: 2030
gwp_set: AR5
gases: [CO2]
numbers: plain
synthetic: true
source: Invented for a test
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> str:
    return str(pack(tmp_path_factory.mktemp("pack"), CITY, energy=ENERGY, factors=FACTORS))


def values(folder: str, *arguments: str) -> dict[tuple[str, int], tuple[float | None, bool]]:
    answer = json.loads(vatra("years", folder, *arguments, "--format", "json"))
    return {
        (each[answer["by"]], each["year"]): (each["t_co2e"], each["interpolated"])
        for each in answer["rows"]
    }


def test_every_grouping_can_be_asked_for():
    assert {each.value for each in By} == set(GROUPINGS)


def test_a_year_without_rows_is_blank(folder):
    found = values(folder)
    assert found["buildings", 2021] == (200, False)
    assert found["buildings", 2023] == found["transport", 2022] == (None, False)
    text = plain(vatra("years", folder))
    assert "Prova (SYNTHETIC data): 230 t in 2021, 179 t in 2024." in text
    assert "A blank is a year without rows, not a zero." in text
    assert "2023: no rows, though 2022 and 2024 have some" in text


def test_values_in_between_are_made_only_when_asked_and_marked(folder):
    found = values(folder, "--interpolate")
    # Buildings 900 x 0.2 = 180 t in 2022 and 700 x 0.2 = 140 t in 2024: 160 t.
    assert found["buildings", 2023] == (160, True)
    # Transport 30 t in 2021 and 39 t in 2024: 33 t and 36 t.
    assert (found["transport", 2022], found["transport", 2023]) == ((33, True), (36, True))
    # Nothing leads to the target year.
    assert ("buildings", 2027) not in found
    text = plain(vatra("years", folder, "--interpolate", "--lang", "ro"))
    assert "≈ 160" in text
    assert "nu este o cifră a orașului" in text


@pytest.mark.parametrize("by", [each.value for each in By])
def test_every_grouping_adds_up_to_the_inventory(folder, by):
    found = values(folder, "--by", by)
    # 1,000 x 0.2 + 100 x 0.3 = 230
    assert sum(mass for (_, year), (mass, _) in found.items() if year == 2021) == 230


@pytest.mark.parametrize("by", [each.value for each in By])
def test_made_values_add_up_to_the_same_total_in_every_grouping(folder, by):
    found = values(folder, "--by", by, "--interpolate")
    # 2022: 180 t of buildings and 33 t made for transport.
    of_year = [value for (_, year), value in found.items() if year == 2022]
    assert sum(mass for mass, _ in of_year) == 213
    assert any(made for _, made in of_year)


def test_csv_leaves_the_cell_of_a_blank_year_empty(folder):
    rows = list(csv.DictReader(io.StringIO(vatra("years", folder, "--format", "csv"))))
    blank = [each["year"] for each in rows if not each["t_co2e"]]
    assert blank == ["2023", "2022", "2023"]


def test_cluj_has_one_year_and_a_projection():
    text = plain(vatra("years", "examples/cluj"))
    assert "Cluj-Napoca: 1,167,223 t in 2021, the one year with figures so far." in text
    assert "2030 (expected)" in text


def test_the_rounding_in_print_is_named():
    assert "rounding in print" in plain(vatra("years", "examples/cluj", "--by", "category"))


def test_the_contract_of_a_pack_does_not_know_made_values(folder):
    vatra("years", folder, "--interpolate")
    totals = json.loads(vatra("inventory", folder, "--format", "json"))["rows"]
    assert 2023 not in {each["year"] for each in totals}
    assert sorted(each.name for each in Path(folder).iterdir()) == [
        "city.yaml",
        "energy.csv",
        "factors.csv",
    ]
