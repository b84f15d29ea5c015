"""A workbook keeps its formats, comments, formulas and other sheets when cells change."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from vatra.plans.stock.edit_xlsx import FormulaError, cell_name, with_cells

PART = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "buildings"
    sheet.append(["building", "built", "heated_m2", "my own"])
    sheet.append(["n01", 1965, 1161.74, "=B2+1"])
    sheet.append(["n02", None, 858.5, "text"])
    sheet["B2"].font = Font(bold=True)
    sheet["B2"].comment = Comment("by the archive", "Ioana Popa")
    made.create_sheet("notes")["A1"] = "keep me"
    made.save(tmp_path / "book.xlsx")
    return (tmp_path / "book.xlsx").read_bytes()


def test_cells_change_and_the_rest_stays(book: bytes):
    after = with_cells(book, PART, {(2, 1): 1970, (3, 1): 1971, (3, 2): None, (3, 3): "a < b & ș"})
    sheet = load_workbook(io.BytesIO(after))["buildings"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["n01", 1970, 1161.74, "=B2+1"],
        ["n02", 1971, None, "a < b & ș"],
    ]
    assert sheet["B2"].font.bold and sheet["B2"].comment.text == "by the archive"
    old, new = (zipfile.ZipFile(io.BytesIO(each)) for each in (book, after))
    assert old.namelist() == new.namelist()
    assert all(old.read(name) == new.read(name) for name in old.namelist() if name != PART)


def test_a_column_beyond_the_last_is_within_the_sheet(book: bytes):
    after = with_cells(book, PART, {(1, 5): "tenure", (2, 5): "city"})
    sheet = load_workbook(io.BytesIO(after), read_only=True)["buildings"]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[5] for row in rows] == ["tenure", "city", None]


def test_formulas_are_not_written_over(book: bytes):
    with pytest.raises(FormulaError, match="D2"):
        with_cells(book, PART, {(2, 3): 5, (2, 1): 1})


def test_a_row_that_is_not_there(book: bytes):
    with pytest.raises(KeyError):
        with_cells(book, PART, {(9, 0): "n09"})


@pytest.mark.parametrize(
    ("position", "name"), [(0, "A7"), (25, "Z7"), (26, "AA7"), (701, "ZZ7"), (702, "AAA7")]
)
def test_names_of_cells(position: int, name: str):
    assert cell_name(7, position) == name
