"""The workbook is opened again: numbers are numbers, texts are never run."""

from __future__ import annotations

import html
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.contract.render.made import made
from vatra.contract.charts import charts
from vatra.contract.render.tables import tables
from vatra.contract.render.xlsx import xlsx
from vatra.words import LANGUAGES, Language


def opened(document: dict[str, Any], lang: Language) -> Workbook:
    return load_workbook(io.BytesIO(made(xlsx, document, lang)))


@pytest.mark.slow
def test_every_table_has_a_sheet_with_its_values(sealed: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        book = opened(sealed, lang)
        for table in tables(sealed, lang):
            sheet = book[table.id]
            rows = list(sheet.iter_rows(values_only=True))
            assert rows[0] == table.headings
            assert len(rows) == 1 + len(table.rows)
            for read, meant in zip(rows[1:], table.rows, strict=True):
                for value, expected in zip(read, meant, strict=True):
                    # A blank text reads back as nothing; the format keeps sixteen digits.
                    if expected is None or expected == "":
                        assert value in (None, "")
                    else:
                        exact = not isinstance(expected, float)
                        assert value == (expected if exact else pytest.approx(expected))
            assert sheet.freeze_panes == "A2"


def test_numbers_are_numbers_with_a_format_and_a_unit(sealed: dict[str, Any]) -> None:
    sheet = opened(sealed, "ro")["pathway"]
    assert sheet["B1"].value == "2021, t CO₂"
    assert sheet["B2"].value == 641_750
    assert sheet["B2"].number_format == "#,##0"
    assert sheet["F2"].number_format == "#,##0.00"
    assert sheet["F2"].data_type == "n"


@pytest.mark.slow
def test_a_missing_value_is_blank_and_a_zero_is_a_zero(sealed: dict[str, Any]) -> None:
    sheet = opened(sealed, "en")["b-2.2"]
    by_code = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert by_code["2.3"][6] is None
    gap = opened(sealed, "en")["a-2.3"]
    industry = next(r for r in gap.iter_rows(values_only=True) if r[0] == "Industry (IPPU)")
    assert industry[8] == 0


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "{=", "http://a.b/?", "internal:x"])
def test_no_text_is_run_as_a_formula_or_followed_as_a_link(
    short: dict[str, Any], start: str
) -> None:
    name = f"{start}1+1|cmd'!A1"
    short["city"]["name"] = name
    short["measures"][0]["name"] = {"en": name, "ro": name}
    short["factors"][0]["source"] = name
    book = opened(short, "en")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if sheet.title != "Contents":
                    assert cell.hyperlink is None
    assert book["b-2.2"]["B2"].value == name.replace("\t", " ")


def test_same_bytes_twice(sealed: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        assert made(xlsx, sealed, lang) == xlsx(sealed, lang)


def test_the_first_sheet_says_what_it_is(sealed: dict[str, Any]) -> None:
    front = opened(sealed, "ro").worksheets[0]
    values = [cell.value for row in front.iter_rows() for cell in row]
    assert front.title == "Cuprins"
    assert values[0] == "Cluj-Napoca"
    assert sealed["seal"]["value"] in values
    assert "b-2.2" in values


def test_synthetic_data_are_marked_in_every_row(document: dict[str, Any]) -> None:
    document["city"]["synthetic"] = True
    book = opened(document, "ro")
    for table in tables(document, "ro"):
        rows = list(book[table.id].iter_rows(values_only=True))
        assert {row[-1] for row in rows[1:]} == {"DATE SINTETICE"}
    values = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert any(str(value).startswith("DATE SINTETICE:") for value in values)


def test_an_inventory_alone_works(document: dict[str, Any]) -> None:
    document["plan"], document["measures"] = None, []
    names = opened(document, "en").sheetnames
    assert "v1-a-1.4" in names and "a-2.3" not in names


def test_the_charts_are_there_with_their_findings_and_words(sealed: dict[str, Any]) -> None:
    for lang, name in (("en", "Charts"), ("ro", "Grafice")):
        sheet = opened(sealed, lang)[name]
        drawn = charts(sealed, lang)
        parts = zipfile.ZipFile(io.BytesIO(made(xlsx, sealed, lang)))
        assert sum(each.startswith("xl/media/") for each in parts.namelist()) == len(drawn) == 8
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
        assert all(html.escape(each.alt[:40], quote=False) in drawing for each in drawn)
        titles = {row[0].value for row in sheet.iter_rows() if row[0].value}
        assert titles == {each.title for each in drawn}
