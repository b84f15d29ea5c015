"""Many buildings changed by a table: differences cell by cell, faults, the new file."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.pages import LANGUAGES, read
from vatra.web.cities.models import City

EDIT = "/{lang}/cities/cluj-napoca/buildings/edit/"


def sent(client: Client, text: str, lang: str = "en", **more: str):
    return client.post(EDIT.format(lang=lang), {"text": text, **more})


def test_the_columns_come_out_as_they_stand_and_back_without_a_difference(
    client: Client, stocked: City
) -> None:
    url = "/en/cities/cluj-napoca/buildings/columns.csv?column=built&column=heated_m2"
    text = client.get(url + "&quarter=cartier_model_nord").content.decode()
    assert text.splitlines()[:2] == ["building,built,heated_m2", "n01,1965,1161.74"]
    assert len(text.splitlines()) == 23
    assert "Nothing would change" in read(sent(client, text)).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_differences_are_shown_before_the_file_is_taken(
    client: Client, stocked: City, lang: str
) -> None:
    response = sent(client, "building\theated_m2\tbuilt\nn01\t1.200,5\t1965\nn02\t\t1970\n", lang)
    assert response.status_code == 200
    text = read(response).text
    said = {
        "en": ["2 cells of 2 buildings would change", "1,161.74 1,200.5 2", "858.67 not known 3"],
        "ro": ["S-ar schimba 2 celule la 2 clădiri", "1.161,74 1.200,5 2", "858,67 necunoscut 3"],
    }
    for words in said[lang]:
        assert words in text


def test_the_new_file_holds_the_change_and_everything_else(client: Client, stocked: City) -> None:
    before = client.get(
        "/en/cities/cluj-napoca/buildings/columns.csv?column=built&column=tenure&column=source"
    ).content.decode()
    response = sent(client, "building,built\nn01,1966\n", download="1")
    assert "buildings.csv" in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert len(rows) == 60
    kept = {row["building"]: row for row in csv.DictReader(io.StringIO(before))}
    for row in rows:
        assert row["built"] == (
            "1966" if row["building"] == "n01" else kept[row["building"]]["built"]
        )
        assert row["tenure"] == kept[row["building"]]["tenure"]


def test_an_uploaded_file_goes_before_the_field(client: Client, stocked: City) -> None:
    file = SimpleUploadedFile("t.csv", b"building,built\nn01,1966\n", "text/csv")
    text = read(client.post(EDIT.format(lang="en"), {"file": file, "text": "x"})).text
    assert "1 cell of 1 building would change" in text


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("built\n1966\n", "no column 'building'"),
        ("building\nn01\n", "no column to change"),
        ("building,built\nzz,1966\n", "zz"),
        ("building,heated_m2\nn01,0\nn02,99999\n", "99,999"),
        ("building,built\nn01,abc\nn01,1966\n", "abc"),
        ("building,use\nn01,castle\n", "castle"),
        ("\x00\x01", "file"),
        ("", "There is no table"),
    ],
)
def test_faults_are_told_and_no_file_is_given(
    client: Client, stocked: City, table: str, fault: str
) -> None:
    response = sent(client, table, download="1")
    assert response.status_code == 422
    assert fault in read(response).text


def test_too_much_is_refused(client: Client, stocked: City) -> None:
    assert sent(client, "building,built\n" + "n01,1966\n" * 120_000).status_code == 413


def test_what_was_pasted_stays_in_the_field_as_text(client: Client, stocked: City) -> None:
    html = sent(client, "building,name\nn01,</textarea><script>alert(1)</script>\n").content
    assert b"<script>alert" not in html


def test_a_form_without_its_proof_of_origin_is_refused(stocked: City) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(EDIT.format(lang="en"), {"text": "x"}).status_code == 403


def test_the_need_before_and_after_is_said(client: Client, stocked: City) -> None:
    text = read(sent(client, "building,storeys_count\nn01,6\n")).text
    assert "of heat a year instead of" in text
