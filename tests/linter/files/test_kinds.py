"""The same contract in every kind of file gives the same document."""

from __future__ import annotations

import pytest

from tests.linter.files import town
from vatra.linter import load, load_bytes


@pytest.fixture(params=town.KINDS)
def kind(request):
    return request.param


@pytest.fixture
def document(kind):
    name, build = town.KINDS[kind]
    return load_bytes(build(), name)


def test_every_kind_of_file_yields_the_same_cells(document):
    assert len(document.tables) == len(town.TABLES)
    for table, printed in zip(document.tables, town.TABLES, strict=True):
        assert list(table.columns) == printed.columns
        assert [row[0] for row in table.rows] == [row[0] for row in printed.rows]
        for row, expected in zip(table.rows, printed.rows, strict=True):
            assert all(map(town.same, row, expected)), (row, expected)


def test_every_kind_of_file_yields_titles_and_what_the_contract_states(document):
    assert [table.title for table in document.tables] == [each.caption for each in town.TABLES]
    assert [table.id for table in document.tables] == ["A-1.4", "A-2.3", "B-2.2"]
    assert document.tables[0].unit == "t CO2e"
    assert (document.city, document.base_year, document.target_year) == ("Brădet", 2021, 2030)
    assert document.language == "en"
    assert [table.kind for table in document.tables] == ["", "", ""]


def test_every_kind_of_file_yields_its_passages_with_places(document, kind):
    texts = [passage.text for passage in document.passages]
    assert town.INTRO in texts
    assert all(passage.place for passage in document.passages)
    if kind != "workbook":
        assert document.tables[0].path == (town.NAME, town.MODULE)


def test_places_name_where_a_row_stands(document, kind):
    first = document.tables[0]
    assert len(first.rows_at) == len(first.rows)
    expected = {
        "markdown": ("line 11", "line 14"),
        "html": ("line 11", "line 14"),
        "word": ("table 1", "table 1, row 3"),
        "workbook": ("sheet Inventory", "A9"),
        "pdf": ("page 1", "page 1"),
    }
    assert (first.place, first.rows_at[0]) == expected[kind]


def test_a_table_is_split_by_the_page_in_the_pdf_and_read_whole():
    document = load_bytes(town.pdf(), "contract.pdf")
    pages = {at for table in document.tables for at in table.rows_at}
    assert len(pages) > 1
    assert any(len(set(table.rows_at)) > 1 for table in document.tables)
    assert not any("draft of May" in passage.text for passage in document.passages)
    assert not any(passage.text.startswith("Page") for passage in document.passages)


def test_hidden_sheets_are_named():
    document = load_bytes(town.workbook(), "contract.xlsx")
    assert [note.code for note in document.notes] == ["linter.files.hidden-sheets"]
    assert "Old" in document.notes[0].message("ro")


def test_the_first_bytes_decide_and_not_the_name(tmp_path):
    path = tmp_path / "contract.md"
    path.write_bytes(town.word())
    assert [table.id for table in load(path).tables] == ["A-1.4", "A-2.3", "B-2.2"]


def test_a_folder_of_written_files_is_one_contract(tmp_path):
    (tmp_path / "a.md").write_bytes(town.markdown())
    (tmp_path / "b.xlsx").write_bytes(town.workbook())
    (tmp_path / "readme.md").write_text("# Words only\n\nNo table here.\n", "utf-8")
    document = load(tmp_path)
    ids = [table.id for table in document.tables]
    assert ids == [
        "a.md: A-1.4", "a.md: A-2.3", "a.md: B-2.2",
        "b.xlsx: A-1.4", "b.xlsx: A-2.3", "b.xlsx: B-2.2",
    ]  # fmt: skip
    assert document.base_year == 2021
