"""The catalogue: filtered by address, every measure with its ranges, sources and relations."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from tests.web.pages import read
from vatra.plans.catalogue import catalogue


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_every_measure_is_listed_by_its_name(client: Client, lang: str) -> None:
    text = read(client.get(f"/{lang}/catalogue/")).text
    assert len(catalogue()) >= 60
    for entry in catalogue().values():
        assert entry.name(lang) in text  # type: ignore[arg-type]


def test_a_filter_shows_what_fits_both(client: Client) -> None:
    page = read(client.get("/en/catalogue/", {"field": "waste_circular", "sector": "industry"}))
    wanted = [
        each
        for each in catalogue().values()
        if (each.field, each.sector) == ("waste_circular", "industry")
    ]
    shown = {url for url in page.links() if url.startswith("/en/catalogue/") and "?" not in url}
    assert shown - {"/en/catalogue/"} == {f"/en/catalogue/{each.id}/" for each in wanted}
    assert f"{len(wanted)} of {len(catalogue())} measures" in page.text


def test_a_filter_that_fits_nothing_says_the_next_step(client: Client) -> None:
    response = client.get("/en/catalogue/", {"field": "green_nature", "sector": "buildings"})
    assert response.status_code == 200
    assert "Clear one of the two." in read(response).text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"field": "magic"}, "'magic' is no field of the catalogue"),
        ({"sector": "<b>"}, "'<b>' is no sector of the catalogue"),
    ],
)
def test_what_no_measure_has_is_said(client: Client, query: dict[str, str], words: str) -> None:
    response = client.get("/en/catalogue/", query)
    assert response.status_code == 422
    assert words in read(response).text


@pytest.mark.parametrize("lang", ["ro", "en"])
@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_measure_says_its_sources(client: Client, name: str, lang: str) -> None:
    response = client.get(f"/{lang}/catalogue/{name}/")
    assert response.status_code == 200
    text = read(response).text
    entry = catalogue()[name]
    assert entry.name(lang) in text  # type: ignore[arg-type]
    assert " ".join(entry.source.split()) in text
    for each in (*entry.effects, *entry.co_benefits):
        assert " ".join(each.source.split()) in text


def test_ranges_are_written_as_the_language_does(client: Client) -> None:
    entry = catalogue()["heat_pump_air_homes"]
    mean, low, high = (round(x) for x in (entry.capex_eur.mean, entry.capex_eur.low,
                                          entry.capex_eur.high))  # fmt: skip
    text = read(client.get("/en/catalogue/heat_pump_air_homes/")).text
    assert f"{mean:,} ({low:,} to {high:,}) EUR" in text
    text = read(client.get("/ro/catalogue/heat_pump_air_homes/")).text
    assert f"{mean:,} ({low:,}–{high:,}) EUR".replace(",", ".") in text


def test_relations_lead_to_the_other_measure(client: Client) -> None:
    page = read(client.get("/en/catalogue/flats_deep/"))
    assert "/en/catalogue/flats_moderate/" in page.links()
    assert "moderate or deep" in page.text


def test_an_unknown_measure_is_said_with_those_that_exist(client: Client, db: None) -> None:
    response = client.get("/en/catalogue/perpetual_motion/")
    assert response.status_code == 404
    page = read(response)
    assert "The catalogue has no measure 'perpetual_motion'." in page.text
    assert "/en/catalogue/flats_deep/" in page.links()


def test_the_list_can_be_taken_away_as_it_is_filtered(client: Client) -> None:
    page = read(client.get("/en/catalogue/", {"field": "green_nature"}))
    url = next(url for url in page.links() if "catalogue.csv" in url)
    rows = list(csv.DictReader(io.StringIO(client.get(url).content.decode())))
    assert {row["field"] for row in rows} == {"green_nature"}
    assert rows[0]["capex_eur"] == next(
        each.capex_eur.text for each in catalogue().values() if each.id == rows[0]["id"]
    )
    data = client.get(url.replace(".csv", ".json")).json()
    assert [each["id"] for each in data["measures"]] == [row["id"] for row in rows]
