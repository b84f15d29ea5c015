"""The DOCX is opened again: headings, tables with header rows, pictures with their words."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from tests.contract.render.made import made
from vatra.contract.charts import charts
from vatra.contract.render.docx import WRITTEN_AT, docx, written
from vatra.contract.render.tables import tables
from vatra.runs.sealed_plan import plan_sections
from vatra.words import LANGUAGES, Language


def opened(document: dict[str, Any], lang: Language) -> Word:
    return Document(io.BytesIO(made(docx, document, lang)))


def words_of(word: Word) -> str:
    return "\n".join(paragraph.text for paragraph in word.paragraphs)


@pytest.mark.slow
def test_headings_are_headings_and_the_language_is_set(sealed: dict[str, Any]) -> None:
    word = opened(sealed, "ro")
    headings = [p.text for p in word.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[:3] == ["Răspunsul", "Modulul A: unde se află orașul", "Cine face munca"]
    assert word.core_properties.title == "Cluj-Napoca: Contractul climatic al orașului"
    assert word.core_properties.language == "ro-RO"
    normal = word.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert normal.get(qn("w:val")) == "ro-RO"
    assert sealed["seal"]["value"] in words_of(word)


def test_tables_are_tables_with_repeated_headings(sealed: dict[str, Any]) -> None:
    word = opened(sealed, "en")
    data = [grid for grid in word.tables if grid._tbl.tblPr.find(qn("w:tblCaption")) is not None]
    titles = [grid._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for grid in data]
    for table in tables(sealed, "en"):
        # The summary is the answer itself; outlines stand one by one on paper.
        if table.id in ("summary", "b-2.2-outlines"):
            continue
        grid = data[titles.index(table.title)]
        heads = len(grid._tbl.findall(f".//{qn('w:tblHeader')}"))
        assert heads in (1, 2)
        assert len(grid.rows) == heads + len(table.rows)
        last = [cell.text for cell in grid.rows[-1].cells]
        assert last == table.texts("en")[-1]


def test_pictures_have_words(sealed: dict[str, Any]) -> None:
    word = opened(sealed, "ro")
    described = [p.get("descr") for p in word.element.body.iter(qn("wp:docPr"))]
    assert described == [each.alt for each in charts(sealed, "ro")]


@pytest.mark.slow
def test_same_bytes_twice_and_no_clock_inside(sealed: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        first = made(docx, sealed, lang)
        assert first == docx(sealed, lang)
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = Document(io.BytesIO(first)).core_properties
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == WRITTEN_AT


@pytest.mark.parametrize(
    "name", ["<b>&amp;</w:t>", "a\x00b\x0bc\ud800", "{{ city }} {% if %}", "Ș" * 500]
)
def test_a_hostile_name_comes_out_as_text(short: dict[str, Any], name: str) -> None:
    short["city"]["name"] = name
    short["measures"][0]["name"] = {"en": name, "ro": name}
    word = opened(short, "en")
    assert written(name) in words_of(word)
    cells = [cell.text for grid in word.tables for row in grid.rows for cell in row.cells]
    assert written(name) in cells


def test_control_characters_become_boxes() -> None:
    assert written("a\x00b\nc\ud800") == "a□b c□"


def test_an_inventory_alone_works(document: dict[str, Any]) -> None:
    document["plan"], document["measures"] = None, []
    document |= plan_sections(None)
    words = words_of(opened(document, "en"))
    assert "there is no plan yet" in words
    assert "A-2.3" not in words


@pytest.mark.slow
def test_synthetic_data_are_marked(short: dict[str, Any]) -> None:
    assert "SYNTHETIC" not in words_of(opened(short, "en"))
    short["city"]["synthetic"] = True
    word = opened(short, "ro")
    assert "DATE SINTETICE" in words_of(word)
    section = word.sections[0]
    for header in (section.header, section.first_page_header):
        assert "DATE SINTETICE" in header.paragraphs[0].text
