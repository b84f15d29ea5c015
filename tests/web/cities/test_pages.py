"""Every page of a city in both languages answers and says its figures (those of the contract)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.conftest import FORMULA_NAME, IMAGE_NAME, SCRIPT_NAME
from tests.web.pages import city_urls, read
from vatra.web.cities.models import City

# Page -> what it must say in Romanian and in English.
SAYS = {
    "": (
        [
            "Cluj-Napoca a emis 1.167.223 t CO₂ în 2021. Planul lasă 217.466 t în 2030, adică"
            " 18,63 % din anul de bază.",
            "din cele 949.757 t de redus, 382.962 t (40 %)",
            "246.895 t",
            "319.900 t din 17 măsuri",
            "Cu 0,27746 (mixul de producție al României, AIB), anul de bază este 897.340 t",
        ],
        [
            "Cluj-Napoca emitted 1,167,223 t CO₂ in 2021. The plan leaves 217,466 t in 2030,"
            " that is 18.63% of the base year.",
            "of the 949,757 t to be cut, 382,962 t (40%)",
            "246,895 t",
            "319,900 t from 17 measures",
            "With 0.27746 (production mix of Romania, AIB) the base year is 897,340 t",
        ],
    ),
    "inventory/": (
        [
            "Clădiri: 55 % din cele 1.167.223 t CO₂ din 2021.",
            "lipsesc 6 din cele șapte gaze",
            "10.577",
        ],
        ["Buildings brings 55% of the 1,167,223 t CO₂ of 2021.", "6 of the seven gases", "10,577"],
    ),
    "pathway/": (
        ["Din cele 949.757 t de redus până în 2030", "679.404", "−340.690", "611.044", "−23.741"],
        ["Of the 949,757 t to be cut by 2030", "679,404", "−340,690", "611,044", "−23,741"],
    ),
    "measures/": (
        ["Cele 17 măsuri costă 6,09 mld. EUR", "283.425 t", "36.475 t", "6.912.285", "57.143"],
        ["The 17 measures cost EUR 6.09 bn", "283,425 t", "36,475 t", "6,912,285", "57,143"],
    ),
    "investment/": (
        ["Cluj-Napoca are nevoie de 6,09 mld. EUR pentru planul său până în 2030", "T15 (IP-C3)"],
        ["Cluj-Napoca needs EUR 6.09 bn for its plan up to 2030", "T15 (IP-C3)"],
    ),
    "monitoring/": (
        ["234.506 t în 2030, cu 79,9 % mai puțin", "încă nu s-a raportat nimic"],
        ["234,506 t in 2030, 79.9% less", "nothing was reported yet"],
    ),
    "findings/": (
        ["14.087 + 16.119 = 30.206, tipărit 35.206", "30.000 × 0,1 + 4.455 × 0,202 = 3.900"],
        ["14,087 + 16,119 = 30,206, printed 35,206", "30,000 × 0.1 + 4,455 × 0.202 = 3,900"],
    ),
    "contract/": (
        ["sigiliul este întreg", "A-1.1", "contract.ro.pdf", "contract.en.xlsx"],
        ["its seal holds", "A-1.1", "contract.ro.pdf", "contract.en.xlsx"],
    ),
}


@pytest.mark.parametrize("page", SAYS)
@pytest.mark.parametrize("lang", ["ro", "en"])
def test_a_page_says_its_figures(client: Client, cluj: City, page: str, lang: str) -> None:
    response = client.get(f"/{lang}/cities/cluj-napoca/{page}")
    assert response.status_code == 200
    text = read(response).text
    for words in SAYS[page][0 if lang == "ro" else 1]:
        assert words in text


def test_the_list_shows_all_cities_with_their_answers(
    client: Client, cluj: City, hostile: City
) -> None:
    text = read(client.get("/en/")).text
    assert "2 cities show their figures here." in text
    assert "Cluj-Napoca emitted 1,167,223 t CO₂ in 2021." in text


def test_an_empty_site_says_the_next_step(client: Client, db: None) -> None:
    page = read(client.get("/en/")).text
    assert "Who works on a city signs in" in page and "starts 'vatra serve' with a folder" in page


@pytest.mark.parametrize("url", city_urls("atac"))
def test_names_that_attack_are_shown_as_text(client: Client, hostile: City, url: str) -> None:
    response = client.get(url)
    html = response.content.decode()
    page = read(response)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert " ".join(SCRIPT_NAME.split()) in page.text
    assert not [attrs for tag, attrs in page.tags if tag == "img"]


def test_measures_that_attack_are_shown_as_text(client: Client, hostile: City) -> None:
    text = read(client.get("/ro/cities/atac/measures/")).text
    assert IMAGE_NAME in text
    assert FORMULA_NAME in text


@pytest.mark.parametrize("url", [*city_urls("atac"), "/ro/cities/atac/number/buildings.2021/"])
def test_synthetic_data_wears_its_mark_on_every_page(
    client: Client, hostile: City, url: str
) -> None:
    words = "Date sintetice." if url.startswith("/ro/") else "Synthetic data."
    assert words in read(client.get(url)).text


@pytest.mark.slow
def test_a_real_city_wears_no_such_mark(client: Client, cluj: City) -> None:
    for url in city_urls("cluj-napoca"):
        assert "Synthetic data" not in read(client.get(url)).text


@pytest.mark.parametrize("url", city_urls("cluj-napoca"))
def test_a_page_asks_the_database_little(client: Client, cluj: City, url: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(url)
    # The seal before and after, the door, the city, whether it was withdrawn; on the contract's
    # page its editions too.
    assert len(asked) <= 6, [each["sql"] for each in asked]


def test_the_list_asks_as_much_for_two_cities_as_for_one(
    client: Client, cluj: City, hostile: City
) -> None:
    with CaptureQueriesContext(connection) as both:
        client.get("/ro/")
    hostile.is_listed = False
    hostile.save()
    with CaptureQueriesContext(connection) as one:
        client.get("/ro/")
    # How many cities, those of the page, which were withdrawn, and the one that the tour leads
    # through.
    assert len(both) == len(one) == 4, [each["sql"] for each in one]


def test_a_city_that_is_not_listed_is_not_there(client: Client, cluj: City) -> None:
    City.objects.update(is_listed=False)
    assert client.get("/ro/cities/cluj-napoca/").status_code == 404
    assert "Cluj-Napoca" not in read(client.get("/ro/")).text


def test_many_cities_are_listed_by_the_page_without_their_files(client: Client, cluj: City) -> None:
    assert cluj.headline is not None
    City.objects.bulk_create(
        City(
            slug=f"city-{n:03}", name=f"City {n:03}", folder="/nowhere", run_id=str(n),
            base_year=2021, headline=cluj.headline,
        )
        for n in range(120)
    )  # fmt: skip
    first = read(client.get("/en/"))
    assert "121 cities" in first.text
    assert "City 058" in first.text and "City 060" not in first.text
    assert "City 119" in read(client.get("/en/?page=2")).text
    # A page that does not exist is the last one, rubbish the first.
    assert "Cluj-Napoca" in read(client.get("/en/?page=99")).text
    assert "City 000" in read(client.get("/en/?page=x")).text
