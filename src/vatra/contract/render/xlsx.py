"""The contract's tables as a workbook: one sheet each, numbers as numbers, texts never run."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from vatra.contract.charts.table import Column, RenderedTable, Value
from vatra.contract.render.docx import written
from vatra.contract.render.mark import marked
from vatra.contract.render.outline import outline
from vatra.contract.render.tables import tables
from vatra.words import Language, say

WRITTEN_AT = datetime(2000, 1, 1)
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
WIDEST = 60
LONGEST_TEXT = 32_767


def xlsx(document: Mapping[str, Any], lang: Language) -> bytes:
    """The contract as XLSX bytes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    whole = outline(document, lang)
    book.set_properties(
        {
            "title": written(whole.title),
            "author": "Vatra",
            "comments": written(f"{whole.cover.synthetic} {whole.seal}".strip()),
            "created": WRITTEN_AT,
        }
    )
    listed = [marked(each, document, lang) for each in tables(document, lang)]
    front = book.add_worksheet(say("contract.render.sheet-contents", lang))
    for each in listed:
        _sheet(book, each, lang)
    facts = [(whole.cover.kind, whole.cover.years), *whole.cover.facts]
    _front(book, front, whole.cover.city, whole.cover.synthetic, facts, listed)
    book.close()
    return file.getvalue()


def sheet_name(table: RenderedTable) -> str:
    """Name of a table's sheet: its id, which is short and has no sign a sheet refuses."""
    return table.id[:31]


def _front(
    book: Workbook,
    sheet: Worksheet,
    city: str,
    synthetic: str,
    facts: list[tuple[str, str]],
    listed: list[RenderedTable],
) -> None:
    bold, big = book.add_format({"bold": True}), book.add_format({"bold": True, "font_size": 16})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"font_color": "#2b6c9b", "underline": 1, "valign": "top"})
    sheet.write_string(0, 0, written(city), big)
    row = 1
    if synthetic:
        red = book.add_format({"bold": True, "font_color": "#a8421f"})
        sheet.write_string(row, 0, written(synthetic), red)
        row += 1
    for name, value in facts:
        sheet.write_string(row, 0, written(name), bold)
        sheet.write_string(row, 1, written(value))
        row += 1
    row += 1
    for each in listed:
        name = sheet_name(each)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(row, 1, written(each.title), wrap)
        sheet.write_string(row, 2, written(each.note), wrap)
        row += 1
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 2, WIDEST)


def _sheet(book: Workbook, table: RenderedTable, lang: Language) -> None:
    sheet = book.add_worksheet(sheet_name(table))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # "&" begins a code in a page header; two of them print one.
    sheet.set_header("&L" + written(table.title).replace("&", "&&")[:240])
    texts = table.texts(lang)
    for x, column in enumerate(table.columns):
        head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "bottom",
                "bottom": 1,
                "align": "right" if column.kind == "number" else "left",
            }
        )
        sheet.write_string(0, x, written(column.heading), head)
        plain, total = _format(book, column, False), _format(book, column, True)
        for y, row in enumerate(table.rows):
            _write(sheet, y + 1, x, row[x], total if y in table.totals else plain)
        longest = max((len(row[x]) for row in texts), default=0)
        heading = max(len(word) for word in (column.heading or " ").split(" "))
        sheet.set_column(x, x, min(max(longest, heading) + 3, WIDEST))


def _format(book: Workbook, column: Column, bold: bool) -> Format:
    settings: dict[str, Any] = {"valign": "top", "bold": bold}
    if column.kind == "text":
        settings["text_wrap"] = True
    elif column.decimals is not None:
        settings["num_format"] = "#,##0" + ("." + "0" * column.decimals) * (column.decimals > 0)
    return book.add_format(settings)


def _write(sheet: Worksheet, y: int, x: int, value: Value, form: Format) -> None:
    """A number as a number, a text as a text whatever it begins with, a missing value as blank."""
    if value is None:
        sheet.write_blank(y, x, None, form)
    elif isinstance(value, str):
        sheet.write_string(y, x, written(value)[:LONGEST_TEXT], form)
    else:
        sheet.write_number(y, x, value, form)
