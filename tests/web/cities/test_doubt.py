"""Ranges by sub-sector and the number to improve first."""

from __future__ import annotations

import csv

import pytest
from django.test import Client

from tests.web.pages import read
from vatra.web.base.tables import PPM
from vatra.web.cities.figures import Figures
from vatra.web.cities.models import City
from vatra.web.cities.ranges import Range
from vatra.web.cities.tables import doubt as doubt_tables

URL = "/en/cities/valcelele/inventory/doubt/"


def test_the_first_sentence_names_the_number_to_improve(client: Client, town: City) -> None:
    text = read(client.get(URL)).text
    assert "The number to improve first is this: Landfill: doc (food waste)." in text
    assert "It makes 51% of the doubt about 2021." in text
    # DOC of food 0.15, from 0.08 to 0.20: 3,780 x (0.08 / 0.15 - 1) = -1,764 t,
    # 3,780 x (0.2 / 0.15 - 1) = 1,260 t
    assert "the total moves by −1,764 t and 1,260 t" in text


def test_seed_and_draws_stand_beside_the_ranges(client: Client, town: City) -> None:
    text = read(client.get(URL)).text
    assert "10,000 draws" in text
    assert "Seed of the draws: 20260101." in text


def test_without_a_stated_doubt_the_next_step_is_said(client: Client, cluj: City) -> None:
    text = read(client.get("/en/cities/cluj-napoca/inventory/doubt/")).text
    assert "No range can be told for 2021" in text
    assert "Add a quality (H, M or L) or doubt_percent" in text


def test_contributions_are_ranked_and_add_up(town_figures: Figures) -> None:
    found = town_figures.ranges.contributions(2021)
    assert [each.rank for each in found] == list(range(1, len(found) + 1))
    assert sum(each.share_ppm for each in found) == pytest.approx(PPM, abs=len(found))
    assert found[0].share_ppm >= found[-1].share_ppm


def test_a_page_shows_the_first_and_the_file_all(
    client: Client, town: City, town_figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubt_tables, "CONTRIBUTIONS_SHOWN", 3)
    count = len(town_figures.ranges.contributions(2021))
    assert f"The first 3 of {count} are shown" in read(client.get(URL)).text
    text = client.get("/en/cities/valcelele/tables/contributions-2021.csv").content.decode()
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == count > 20
    assert {row["place"] for row in rows if row["id"] == "energy:2"} == {"energy.csv:2"}


@pytest.mark.parametrize(
    ("unknown_ppm", "low", "high", "is_told"),
    [(0, 90, 110, True), (500_000, 90, 110, True), (500_001, 90, 110, False), (0, 5, 5, False)],
)
def test_a_range_for_the_smaller_part_is_not_told(
    unknown_ppm: int, low: int, high: int, is_told: bool
) -> None:
    assert Range(100, low, high, unknown_ppm, 0).is_told == is_told
