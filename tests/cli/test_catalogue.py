"""The verb ``catalogue`` as a person types it."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from tests.cli.command import plain
from vatra.cli import app
from vatra.plans.catalogue import catalogue


def vatra(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["catalogue", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_all_measures_are_listed():
    rows = list(csv.DictReader(io.StringIO(vatra("--format", "csv"))))
    assert [each["id"] for each in rows] == list(catalogue())
    assert all(each["source"] for each in rows)


def test_a_field_and_a_sector_narrow_the_list():
    found = json.loads(vatra("--field", "green_nature", "--format", "json"))
    assert {each["field"] for each in found["measures"]} == {"green_nature"}
    assert "urban_tree" in found["curves"]
    waste = json.loads(vatra("--sector", "waste", "--format", "json"))
    assert {each["sector"] for each in waste["measures"]} == {"waste"}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ro"])
def test_every_measure_can_be_shown(lang):
    for name, entry in catalogue().items():
        text = plain(vatra(name, "--lang", lang))
        assert entry.name(lang)[:12] in text


def test_one_measure_is_shown_whole():
    text = plain(vatra("flats_deep"))
    assert "Deep retrofit of blocks of flats" in text
    entry = catalogue()["flats_deep"]
    cost = entry.capex_eur
    assert f"{cost.mean:.0f} ({cost.low:.0f}–{cost.high:.0f})" in text
    assert all(each.operator in text for each in entry.effects)
    assert "energy poverty" in text
    found = json.loads(vatra("flats_deep", "--format", "json"))
    assert found["effects"][0]["operator"] == "efficiency"
    assert found["capex_eur"] == cost.text


def test_an_unknown_measure_is_refused_with_its_neighbours():
    text = plain(vatra("flat_deep", code=1))
    assert "no measure 'flat_deep'" in text and "flats_deep" in text


def test_an_unknown_field_is_refused():
    assert "energy_systems" in plain(vatra("--field", "magic", code=2))
