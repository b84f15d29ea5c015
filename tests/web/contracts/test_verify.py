"""A visitor hands in a contract: does its seal hold, and which figure was altered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.pages import read
from vatra.contract import seal
from vatra.web.cities.models import City

EN, RO = "/en/verify/", "/ro/verify/"


@pytest.fixture
def content(cluj_folder: Path) -> dict[str, Any]:
    return json.loads((cluj_folder / "contract.json").read_bytes())


def hand_in(client: Client, content: Any, url: str = EN) -> tuple[int, str]:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    response = client.post(url, {"text": text})
    return response.status_code, read(response).text


def test_the_contract_that_is_shown_holds(client: Client, cluj: City, content: dict) -> None:
    status, text = hand_in(client, content)
    assert status == 200
    assert "The seal of the contract of Cluj-Napoca holds" in text
    assert "It is the very contract that is shown here." in text


def test_a_file_is_read_as_well_as_a_text(client: Client, cluj: City, cluj_folder: Path) -> None:
    file = SimpleUploadedFile("contract.json", (cluj_folder / "contract.json").read_bytes())
    text = read(client.post(RO, {"file": file, "text": ""})).text
    assert "Sigiliul contractului orașului Cluj-Napoca este întreg" in text


def test_an_altered_total_is_named_with_both_figures(
    client: Client, cluj: City, content: dict
) -> None:
    content["totals"]["by_sector"]["2021"]["buildings"] -= 100_000 * 10**9
    _, text = hand_in(client, content)
    assert "The contract of Cluj-Napoca does not hold" in text
    # 641,750 t were sealed.
    assert "Buildings, 2021 totals.by_sector.2021.buildings 541,750 t 641,750 t" in text
    assert "the seal does not match" in text
    assert "the section 'totals' was altered after sealing" in text


def test_a_figure_altered_and_sealed_again_is_found_by_the_one_shown_here(
    client: Client, cluj: City, content: dict
) -> None:
    cost = content["measures"][0]["cost_cents"]
    content["measures"][0]["cost_cents"] = cost * 2
    _, text = hand_in(client, seal(content))
    # 352 million EUR were sealed for measure 1.1.
    assert "measures[1.1].cost_cents 704,000,000 EUR 352,000,000 EUR" in text
    assert "differs from the contract shown here" in text


def test_without_the_city_here_only_its_own_arithmetic_is_checked(
    client: Client, db: None, content: dict
) -> None:
    _, text = hand_in(client, content)
    assert "No contract of this city and these years is shown here" in text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", "Nothing was handed in. Choose a file, or paste the text of a contract.json."),
        ("   ", "Nothing was handed in."),
        ("%FDP-1.7", "This is not JSON: line 1, column 1 cannot be read."),
        ('{"a": 1, "a": 2}', "It says 'a' twice in one place"),
        ('{"a": NaN}', "It holds NaN, which is no number."),
        ('{"a": 1.5}', "It holds the number 1.5. A sealed contract holds whole numbers only"),
        ("[" * 100_000, "This is nested deeper than any contract."),
        ("[" * 60 + "]" * 60, "This is nested deeper than any contract."),
        ('{"a": ' + "9" * 10_000 + "}", "It holds a number that is too long to be read."),
        ('"' + "x" * (2 * 1024 * 1024) + '"', "This is larger than 2 MB"),
    ],
)
def test_what_is_no_contract_is_said_with_the_next_step(
    client: Client, cluj: City, given: str, words: str
) -> None:
    status, text = hand_in(client, given)
    assert status == 422
    assert words in text


@pytest.mark.parametrize(
    "given",
    [
        [],
        1,
        None,
        "text",
        {},
        {"format": "vatra-contract/1"},
        {"format": 7, "city": [1], "seal": 3},
    ],
)
def test_other_json_is_answered_as_no_contract(client: Client, cluj: City, given: Any) -> None:
    status, text = hand_in(client, json.dumps(given))
    assert status == 200
    assert "does not hold" in text


def test_a_file_in_another_encoding_is_said(client: Client, cluj: City) -> None:
    file = SimpleUploadedFile("contract.json", '{"oraș": 1}'.encode("utf-16"))
    response = client.post(EN, {"file": file})
    assert response.status_code == 422
    assert "This is not a text in UTF-8." in read(response).text


def test_a_document_of_an_office_is_called_one(client: Client, db: None) -> None:
    """Whoever hands in the DOCX of a contract is told which file to take."""
    file = SimpleUploadedFile("contract.docx", b"PK\x03\x04" + b"\0" * 40)
    page = read(client.post("/ro/verify/", {"file": file})).text
    assert "Un DOCX, un XLSX sau alt fișier împachetat nu se poate verifica." in page


def test_a_file_larger_than_the_limit_is_not_read_to_its_end(client: Client, cluj: City) -> None:
    file = SimpleUploadedFile("contract.json", b" " * 100 + b"[" + b"1," * (2 * 1024 * 1024))
    response = client.post(EN, {"file": file})
    assert response.status_code == 422
    assert "This is larger than 2 MB" in read(response).text


def test_a_name_that_attacks_is_shown_as_text(client: Client, cluj: City, content: dict) -> None:
    content["city"]["name"] = "<script>alert(1)</script>"
    content["totals"]["all"]["<img src=x onerror=alert(1)>"] = 1
    response = client.post(EN, {"text": json.dumps(content)})
    assert "<script>alert" not in response.content.decode()
    assert "<img" not in response.content.decode()


def test_nothing_that_is_handed_in_is_kept(client: Client, cluj: City, content: dict) -> None:
    before = list(City.objects.values())
    hand_in(client, seal(content | {"city": content["city"] | {"name": "Altul"}}))
    assert list(City.objects.values()) == before
