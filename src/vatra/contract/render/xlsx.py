"""The contract as a workbook: charts, then a sheet per table; numbers are numbers, texts texts."""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from vatra.contract.charts import charts
from vatra.contract.charts.chart import WIDTH, Chart
from vatra.contract.charts.table import Column, RenderedTable, Value, decimals_of
from vatra.contract.render.docx import written
from vatra.contract.render.images import png
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
LINE_PT = 15
ROW_PIXELS = 20


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
    _pictures(book, charts(document, lang), lang)
    for each in listed:
        _sheet(book, each, lang, whole.cover.synthetic if document.get("draft") else "")
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
        sheet.set_row(row, LINE_PT * max(_lines(each.title, WIDEST), _lines(each.note, WIDEST)))
        row += 1
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 2, WIDEST)
    _page(sheet)


def _pictures(book: Workbook, drawn: list[Chart], lang: Language) -> None:
    """All charts under each other, each below the title that says its finding."""
    if not drawn:
        return
    sheet = book.add_worksheet(say("contract.render.sheet-charts", lang))
    bold = book.add_format({"bold": True})
    row = 0
    for chart in drawn:
        sheet.write_string(row, 0, written(chart.title), bold)
        image = png(chart, WIDTH)
        width, height = _size(image)
        settings = {
            "image_data": io.BytesIO(image),
            "description": written(chart.alt),
            "x_scale": WIDTH / width,
            "y_scale": WIDTH / width,
        }
        sheet.insert_image(row + 1, 0, f"{chart.name}.png", settings)
        row += 3 + math.ceil(height * WIDTH / width / ROW_PIXELS)
    _page(sheet)


def _size(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, from its first chunk."""
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def _sheet(book: Workbook, table: RenderedTable, lang: Language, mark: str = "") -> None:
    sheet = book.add_worksheet(sheet_name(table))
    sheet.freeze_panes(1, 0)
    _page(sheet)
    sheet.repeat_rows(0)
    # "&" begins a code in a page header; two of them print one.
    title = written(table.title).replace("&", "&&")[: 240 - len(mark)]
    sheet.set_header(f"&L{title}&R{mark}" if mark else f"&L{title}")
    texts = table.texts(lang)
    formats = _Formats(book)
    widths = [_width(column, [row[x] for row in texts]) for x, column in enumerate(table.columns)]
    for x, column in enumerate(table.columns):
        sheet.set_column(x, x, widths[x])
        sheet.write_string(0, x, written(column.heading), formats.heading(table, x))
        for y, row in enumerate(table.rows):
            _write(sheet, y + 1, x, row[x], formats.cell(table, y, x))
    # Heights are said: not every program finds them by itself.
    for y, row_of_texts in enumerate([list(table.headings), *texts]):
        lines = max(_lines(text, width) for text, width in zip(row_of_texts, widths, strict=True))
        sheet.set_row(y, LINE_PT * lines)


def _page(sheet: Worksheet) -> None:
    """On paper: A4, landscape, as wide as one page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _width(column: Column, texts: list[str]) -> int:
    """Width of a column in characters."""
    longest = max((len(text) for text in texts), default=0)
    heading = max(len(word) for word in (column.heading or " ").split(" "))
    return min(max(longest, heading) + 3, WIDEST)


def _lines(text: str, width: int) -> int:
    """Lines a text takes in a column of so many characters, at most ten."""
    lines, length = 1, 0
    for word in text.split(" "):
        if length and length + len(word) > width - 2:
            lines, length = lines + 1, 0
        length += len(word) + 1
        lines += len(word) // width
    return min(lines, 10)


class _Formats:
    """Formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def heading(self, table: RenderedTable, x: int) -> Format:
        """Bold, wrapped, over a rule, on the side of its column."""
        return self._make(
            {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1} | _side(table, x)
        )

    def cell(self, table: RenderedTable, y: int, x: int) -> Format:
        """Number format of the column; totals and marked cells bold."""
        column, value = table.columns[x], table.rows[y][x]
        settings: dict[str, Any] = {"valign": "top"} | _side(table, x)
        if y in table.totals or (y, x) in table.marks:
            settings["bold"] = True
        if column.kind == "text":
            settings["text_wrap"] = True
        elif isinstance(value, int | float):
            decimals = decimals_of(value) if column.decimals is None else column.decimals
            settings["num_format"] = "#,##0" + ("." + "0" * decimals) * (decimals > 0)
        return self._make(settings)

    def _make(self, settings: dict[str, Any]) -> Format:
        key = tuple(sorted(settings.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(settings)
        return self._made[key]


def _side(table: RenderedTable, x: int) -> dict[str, Any]:
    """Numbers at the right; a text after a number a step away from it."""
    if table.columns[x].kind == "number":
        return {"align": "right"}
    after_number = x > 0 and table.columns[x - 1].kind == "number"
    return {"align": "left", "indent": 1} if after_number else {"align": "left"}


def _write(sheet: Worksheet, y: int, x: int, value: Value, form: Format) -> None:
    """A number as a number, a text as a text whatever it begins with, a missing value as blank."""
    if value is None:
        sheet.write_blank(y, x, None, form)
    elif isinstance(value, str):
        sheet.write_string(y, x, written(value)[:LONGEST_TEXT], form)
    else:
        sheet.write_number(y, x, value, form)
