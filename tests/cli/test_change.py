"""The verb ``change`` as a person types it."""

import csv
import io
import json

import pytest

from tests.cli.command import plain, vatra

CLUJ = "examples/cluj"
TOWN = "examples/valea-lupului-de-sus"
DRIVERS = ("population", "energy", "mix", "factor", "other")


def rows_of(*arguments: str) -> dict[str, dict[str, float]]:
    answer = json.loads(vatra("change", *arguments, "--format", "json"))
    return {each["sector"]: each for each in answer["rows"]}


@pytest.mark.parametrize(
    "arguments",
    [
        (CLUJ, "--population", "286598,290000"),
        (TOWN, "--from", "2021", "--to", "2025"),
        (TOWN, "--from", "2030", "--to", "2021"),
    ],
)
def test_effects_add_up_to_the_change_exactly(arguments):
    for row in rows_of(*arguments).values():
        effects = sum(row.get(f"{name}_mg", 0) for name in DRIVERS)
        assert row["from_mg"] + effects == row["to_mg"]


def test_without_people_their_effect_is_left_out_and_said():
    rows = rows_of(CLUJ)
    assert "population_t" not in rows["total"]
    text = plain(vatra("change", CLUJ))
    assert "Without --population" in text
    begin = "Cluj-Napoca: from 1,167,223 t in 2021 to 537,366 t in 2030: −629,857 t (−54.0%)."
    assert begin in text


def test_people_and_energy_per_person_make_the_energy_used():
    # L ln(P1/P0) + L ln((E1/P1) / (E0/P0)) = L ln(E1/E0): the two effects are the one of before.
    without, given = rows_of(CLUJ)["total"], rows_of(CLUJ, "--population", "100,90")["total"]
    together = given["population_t"] + given["energy_t"]
    assert given["population_t"] < 0
    assert together == pytest.approx(without["energy_t"], abs=1e-3)


def test_the_formula_and_its_source_are_named():
    text = plain(vatra("change", CLUJ, "--lang", "ro"))
    assert "Energy Policy 33 (2005) 867-871, ecuația 5" in text
    answer = json.loads(vatra("change", CLUJ, "--format", "json"))
    assert "Ang" in answer["source"]
    assert answer["method"] == "LMDI-I"


def test_csv_has_a_row_for_each_sector():
    rows = list(csv.DictReader(io.StringIO(vatra("change", CLUJ, "--format", "csv"))))
    assert [each["sector"] for each in rows][-1] == "total"
    assert float(rows[-1]["from_t"]) == 1_167_223


def test_an_unknown_year_says_which_exist():
    text = plain(vatra("change", CLUJ, "--from", "2024", code=1))
    assert "no figures of 2024. Choose from 2021, 2030." in text


@pytest.mark.parametrize("people", ["100", "0,5", "1,2,3", "a,b", "-1,2", "²,3"])
def test_population_that_cannot_be_divided_by_is_wrong_use(people):
    vatra("change", CLUJ, "--population", people, code=2)
