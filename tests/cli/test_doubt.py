"""The verb ``doubt`` as a person types it."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.command import plain, vatra
from vatra.cli.verbs.doubt import By
from vatra.runs.uncertainty import GROUPINGS

CLUJ = "examples/cluj"
IPCC = ("--factor-sets", "ipcc_2006,local,ro_aib_production,renewable")


@pytest.fixture(scope="module")
def doubted(tmp_path_factory) -> str:
    """Cluj-Napoca with a quality on its rows."""
    folder = Path(shutil.copytree(CLUJ, tmp_path_factory.mktemp("pack") / "cluj"))
    head, *rows = (folder / "energy.csv").read_text("utf-8").splitlines()
    lines = [f"{head},quality", *(f"{row},M" for row in rows)]
    (folder / "energy.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return str(folder)


def test_help_has_an_example():
    assert "Example: vatra doubt" in plain(vatra("doubt", "--help"))


def test_every_grouping_can_be_asked_for():
    assert [each.value for each in By] == list(GROUPINGS)


def test_json_keeps_seed_and_draws(doubted):
    arguments = ("doubt", doubted, *IPCC, "--draws", "500", "--seed", "7", "--format", "json")
    answer = json.loads(vatra(*arguments))
    assert (answer["draws_count"], answer["seed"]) == (500, 7)
    base = answer["ranges"][0]
    assert base["p2_5_t"] < base["total_t"] < base["p97_5_t"]
    assert vatra(*arguments) == vatra(*arguments)


@pytest.mark.parametrize("by", [each.value for each in By])
def test_csv_has_the_columns_of_the_grouping(doubted, by):
    text = vatra("doubt", doubted, "--by", by, "--draws", "50", "--format", "csv")
    assert text.splitlines()[0].split(",")[: len(GROUPINGS[by])] == list(GROUPINGS[by])


def test_people_read_the_range_and_its_sources(doubted):
    text = plain(vatra("doubt", doubted, *IPCC, "--draws", "2000"))
    assert re.search(r"in 2021, with 95% probability between 1,\d+,\d+ t and 1,\d+,\d+ t\.", text)
    # The factor of electricity has no interval: 637,208 MWh x 0.701 / 1,167,141 t = 38.3 %
    assert "For 0.0% of the total no doubt is known, for 38.3% not all of it" in text
    assert "What makes 2021 doubtful" in text
    assert "energy.csv:2 " in text
    assert "ipcc_2006/natural_gas/CO2" in text


def test_romanian_numbers(doubted):
    text = plain(vatra("doubt", doubted, *IPCC, "--draws", "200", "--lang", "ro", "--by", "sector"))
    assert "cu probabilitatea de 95 % între 1." in text
    assert "200 de extrageri, sămânța 20260101" in text
    assert "De unde vine incertitudinea din 2021" in text


def test_where_nothing_is_known_there_is_no_range_and_no_zero():
    text = plain(vatra("doubt", CLUJ, "--draws", "50"))
    assert "How far this may be wrong nobody can say" in text
    assert "2021 1,167,223 – – – – 100.0%" in text
    assert "What makes" not in text


def test_no_draws_are_wrong_use():
    vatra("doubt", CLUJ, "--draws", "0", code=2)
