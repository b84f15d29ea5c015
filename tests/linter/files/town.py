"""One invented contract, written out in every kind of file that the linter reads."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import docx
import typst
import xlsxwriter
from docx.enum.style import WD_STYLE_TYPE

NAME = "Climate City Contract of Brădet"
MODULE = "Module A-1 Greenhouse gas inventory"
INTRO = "The base year is 2021. All figures of this chapter come from the inventory of the city."
AIM = "Brădet aims to be climate neutral by 2030."


@dataclass(frozen=True)
class Printed:
    """A table as printed: ``cells`` by row, None under a merged cell; ``merged`` where cells span.

    ``columns`` and ``rows`` what a reader must make of it.
    """

    caption: str
    cells: list[list[str | None]]
    merged: dict[tuple[int, int], tuple[int, int]]
    columns: list[str]
    rows: list[list[str | None]]


EMISSIONS = Printed(
    "A-1.4 GHG emissions by source sectors (t CO2e)",
    [
        ["Sector", "Base year 2021", None, None, None],
        [None, "Scope 1", "Scope 2", "Scope 3", "Total"],
        ["Buildings", "479,160", "162,590", "NO", "641,750"],
        ["Transport", "140,000", "11,962", "–", "151,962"],
        ["Waste and wastewater", "1,442", "", "56,919", "58,361"],
        ["Total", "620,602", "174,552", "56,919", "852,073"],
    ],
    {(0, 0): (2, 1), (0, 1): (1, 4)},
    [
        "Sector",
        "Base year 2021 / Scope 1",
        "Base year 2021 / Scope 2",
        "Base year 2021 / Scope 3",
        "Base year 2021 / Total",
    ],
    [
        ["Buildings", "479,160", "162,590", "NO", "641,750"],
        ["Transport", "140,000", "11,962", "–", "151,962"],
        ["Waste and wastewater", "1,442", None, "56,919", "58,361"],
        ["Total", "620,602", "174,552", "56,919", "852,073"],
    ],
)
GAP = Printed(
    "A-2.3 Emissions gap",
    [
        ["Sector", "Baseline (kt)", "Residual (kt)", "Residual (%)"],
        ["Buildings", "641.75", "15.16", "2.36%"],
        ["Transport", "151.96", "44.18", "29.07%"],
        ["Total", "793.71", "59.34", "7.48%"],
    ],
    {},
    ["Sector", "Baseline (kt)", "Residual (kt)", "Residual (%)"],
    [
        ["Buildings", "641.75", "15.16", "2.36%"],
        ["Transport", "151.96", "44.18", "29.07%"],
        ["Total", "793.71", "59.34", "7.48%"],
    ],
)
OUTLINE = Printed(
    "B-2.2 Individual action outlines",
    [
        ["Action outline", "Action name", "Retrofit of blocks"],
        [None, "Action type", "Technical intervention"],
        ["Impact", "GHG emissions reduction estimate (total)", "70,000 t CO2e by 2030"],
        [None, "Total costs", "EUR 180 million"],
    ],
    {(0, 0): (2, 1), (2, 0): (2, 1)},
    ["", "", ""],
    [
        ["Action outline", "Action name", "Retrofit of blocks"],
        ["Action outline", "Action type", "Technical intervention"],
        ["Impact", "GHG emissions reduction estimate (total)", "70,000 t CO2e by 2030"],
        ["Impact", "Total costs", "EUR 180 million"],
    ],
)
TABLES = (EMISSIONS, GAP, OUTLINE)


def markdown() -> bytes:
    """Pipe tables, merged cells left blank."""
    parts = [f"# {NAME}", f"## {MODULE}", INTRO, AIM]
    for table in TABLES:
        parts.append(f"**{table.caption}**")
        lines = ["| " + " | ".join(cell or "" for cell in row) + " |" for row in table.cells]
        lines.insert(1, "|" + "---|" * len(table.cells[0]))
        parts.append("\n".join(lines))
    return "\n\n".join(parts).encode()


def html() -> bytes:
    """HTML tables inside Markdown, merged cells declared."""
    parts = [f"# {NAME}", f"## {MODULE}", INTRO, AIM]
    for table in TABLES:
        rows = []
        for at, row in enumerate(table.cells):
            cells = [
                f"<td{_spans(table, at, column)}>{cell}</td>"
                for column, cell in enumerate(row)
                if cell is not None
            ]
            rows.append("<tr>" + "".join(cells) + "</tr>")
        body = "\n".join(rows)
        parts.append(f"**{table.caption}**\n\n<table>\n{body}\n</table>")
    return "\n\n".join(parts).encode()


def _spans(table: Printed, row: int, column: int) -> str:
    height, width = table.merged.get((row, column), (1, 1))
    return (f' rowspan="{height}"' if height > 1 else "") + (
        f' colspan="{width}"' if width > 1 else ""
    )


def word() -> bytes:
    """A Word document with headings, captions in their style, and merged cells."""
    document = docx.Document()
    if "Caption" not in {style.name for style in document.styles}:
        document.styles.add_style("Caption", WD_STYLE_TYPE.PARAGRAPH)
    document.add_heading(NAME, 1)
    document.add_heading(MODULE, 2)
    document.add_paragraph(INTRO)
    document.add_paragraph(AIM)
    for table in TABLES:
        document.add_paragraph(table.caption, style="Caption")
        drawn = document.add_table(len(table.cells), len(table.cells[0]))
        for (row, column), (height, width) in table.merged.items():
            drawn.cell(row, column).merge(drawn.cell(row + height - 1, column + width - 1))
        for at, row in enumerate(table.cells):
            for column, cell in enumerate(row):
                if cell is not None:
                    drawn.cell(at, column).text = cell
        document.add_paragraph("")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    """A workbook: numbers with formats, tables below each other on two sheets, one hidden."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheets = [book.add_worksheet("Inventory"), book.add_worksheet("Actions")]
    sheets[0].write(0, 0, NAME)
    sheets[0].write(1, 0, INTRO)
    sheets[0].write(2, 0, AIM)
    at = 4
    for table, sheet in zip(TABLES, (sheets[0], sheets[0], sheets[1]), strict=True):
        at = at if sheet is sheets[0] else 0
        sheet.write(at, 0, table.caption)
        _write_cells(book, sheet, table, at + 2)
        at += len(table.cells) + 4
    hidden = book.add_worksheet("Old")
    hidden.write(0, 0, "Sector")
    hidden.hide()
    book.close()
    return buffer.getvalue()


def _write_cells(book, sheet, table: Printed, top: int) -> None:
    for at, row in enumerate(table.cells):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            height, width = table.merged.get((at, column), (1, 1))
            value, pattern = _typed(cell)
            shape = book.add_format({"num_format": pattern})
            if (height, width) == (1, 1):
                sheet.write(top + at, column, value, shape)
            else:
                sheet.merge_range(
                    top + at, column, top + at + height - 1, column + width - 1, value, shape
                )


def _typed(cell: str) -> tuple[str | float, str]:
    """What a spreadsheet holds behind a printed cell, and the format that prints it."""
    if re.fullmatch(r"[\d,]+", cell):
        return int(cell.replace(",", "")), "#,##0"
    if re.fullmatch(r"[\d.]+%", cell):
        # One digit more than is shown, as after a division.
        return float(cell[:-1]) / 100 + 0.00001, "0.00%"
    if re.fullmatch(r"[\d.]+", cell):
        return float(cell) + 0.001, "0.00"
    return cell, "General"


def pdf() -> bytes:
    """A PDF with ruled tables, a header and a page number on small pages that split a table."""
    parts = [
        "#set page(width: 17cm, height: 11cm, margin: 2cm, header: [Brădet, draft of May],"
        " footer: context [Page #counter(page).display()])",
        "#set text(size: 10pt)",
        f"= {NAME}",
        f"== {MODULE}",
        INTRO,
        AIM,
    ]
    for table in TABLES:
        cells = []
        for at, row in enumerate(table.cells):
            for column, cell in enumerate(row):
                if cell is not None:
                    height, width = table.merged.get((at, column), (1, 1))
                    cells.append(f"table.cell(rowspan: {height}, colspan: {width})[{cell}]")
        body = ",\n".join(cells)
        parts.append(
            f"*{table.caption}*\n\n#table(columns: {len(table.cells[0])},\n{body})\n\n#v(1cm)"
        )
    return typst.compile("\n\n".join(parts).encode())


KINDS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "markdown": ("contract.md", markdown),
    "html": ("contract.html", html),
    "word": ("contract.docx", word),
    "workbook": ("contract.xlsx", workbook),
    "pdf": ("contract.pdf", pdf),
}


def same(cell: object, printed: str | None) -> bool:
    """Whether a cell is what was printed; a workbook's number is the same amount."""
    if isinstance(cell, Decimal):
        return printed is not None and cell == Decimal(printed.replace(",", ""))
    return cell == printed
