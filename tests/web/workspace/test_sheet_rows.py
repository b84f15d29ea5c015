"""Rows with values come with their lines; a line that no workbook has is refused, not sought."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook

from vatra.faces.formats import xlsx_format
from vatra.sources import sheet_rows
from vatra.tables import FindingsError, tables
from vatra.web.workspace.sheet import Unreadable, csv_of_workbook


def workbook(last_line: int) -> bytes:
    """Headings, a row, an empty one, a row; then lines with a format and no value."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "energy"
    for line, row in {1: ("year", "item"), 2: (2021, "homes"), 4: (2022, "shops")}.items():
        for at, value in enumerate(row, start=1):
            sheet.cell(line, at, value)
    sheet.cell(last_line, 1).number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_empty_rows_with_formats_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    # Exactly as many lines as there may be.
    monkeypatch.setattr(sheet_rows, "MOST_SHEET_LINES", 50)
    content = workbook(50)
    opened = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    assert [line for line, _ in sheet_rows.filled_rows(opened, "a.xlsx")] == [1, 2, 4]
    rows = xlsx_format.read(content, "a.xlsx")["energy"].rows
    # Below the headings: a row, the empty one, a row; none of the 46 after them.
    assert rows == [[2021, "homes"], [None, None], [2022, "shops"]]
    assert csv_of_workbook(content, tables()["energy"]).decode().split() == [
        "year,item", "2021,homes", "2022,shops"
    ]  # fmt: skip


def test_a_line_that_no_workbook_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "MOST_SHEET_LINES", 50)
    content = workbook(51)
    with pytest.raises(FindingsError) as read:
        xlsx_format.read(content, "a.xlsx")
    with pytest.raises(Unreadable) as changed:
        csv_of_workbook(content, tables()["energy"])
    for found in (read.value.findings[0], changed.value.finding):
        assert found.code == "sources.sheet-too-long"
        assert "'energy'" in found.message("en") and "50" in found.message("en")
