"""The page of the investment plan: who pays, from what, what is missing, and T1 to T15."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from django.test import Client

from tests.web.investment.bare import register_bare
from tests.web.pages import read
from vatra.web.cities.models import City
from vatra.web.cities.queries import document

PAGE = "/{lang}/cities/{slug}/investment/"


def opened(client: Client, city: City, lang: str = "en"):
    return read(client.get(PAGE.format(lang=lang, slug=city.slug)))


@pytest.mark.parametrize("lang", ["en", "ro"])
def test_every_table_of_the_template_stands_there_with_its_csv(
    client: Client, cluj: City, lang: str
) -> None:
    page = opened(client, cluj, lang)
    for number in range(1, 16):
        assert f"T{number} (IP-" in page.text
        address = f"/{lang}/cities/{cluj.slug}/contract/tables/ip-t{number}.csv"
        assert address in page.links()
        assert client.get(address).status_code == 200


def test_the_money_on_the_page_is_the_sealed_money(client: Client, cluj: City) -> None:
    money = document(cluj)["investment"]
    address = f"/en/cities/{cluj.slug}/contract/tables/ip-uses.csv"
    rows = list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
    total = rows[-1]
    # 6,090 million EUR of seventeen measures
    assert float(total["needed"]) == money["total_cents"] / 1e8 == 6_090
    assert float(total["gap"]) == pytest.approx(money["total_gap_cents"] / 1e8)
    by_year = sum(float(each["needed"]) for each in rows[:-1])
    assert by_year == pytest.approx(6_090)


def test_the_picture_has_its_numbers(client: Client, cluj: City) -> None:
    page = opened(client, cluj)
    for form in ("svg", "csv", "json"):
        address = f"/en/cities/{cluj.slug}/charts/cash.{form}"
        assert address in page.links()
        assert client.get(address).status_code == 200
    found = json.loads(client.get(f"/en/cities/{cluj.slug}/charts/cash.json").content)
    assert sum(row["total"] for row in found["rows"]) == 6_090_000_000


def test_empty_places_are_for_the_city_and_say_the_next_step(client: Client, cluj: City) -> None:
    text = opened(client, cluj).text
    assert "…" in text
    assert "Only the treasury knows these figures" in text


def test_what_nobody_knows_about_the_money_is_said(client: Client, cluj: City) -> None:
    text = opened(client, cluj).text
    for each in document(cluj)["investment"]["findings"]:
        assert " ".join(each["message"]["en"].split()) in text


@pytest.mark.slow
def test_a_city_without_a_plan_hears_the_next_step(
    client: Client, db: None, shelf: Path, tmp_path: Path
) -> None:
    city = register_bare(tmp_path, shelf)
    page = opened(client, city)
    assert "states no cost, so nobody can say who pays" in page.text
    assert "financing.csv" in page.text


def test_a_city_nobody_knows_is_not_there(client: Client, cluj: City) -> None:
    assert client.get(PAGE.format(lang="en", slug="nowhere")).status_code == 404
