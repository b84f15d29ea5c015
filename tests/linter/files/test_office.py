"""What Word documents, workbooks and PDF files hold beyond plain tables."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
import openpyxl
import typst
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from vatra.linter import LintTable, load_bytes


def grids(content: bytes, name: str) -> list[list[list[object]]]:
    return [grid(table) for table in load_bytes(content, name).tables]


def grid(table: LintTable) -> list[list[object]]:
    return [list(table.columns), *map(list, table.rows)]


# Word ---------------------------------------------------------------------------------------------


def word(build) -> bytes:
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def fill(table, rows) -> None:
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell


ROWS = [["Sector", "2021", "2030"], ["Buildings", "1,234", "567"], ["Total", "1,234", "567"]]


def test_headings_over_several_columns_that_were_not_merged():
    def build(document):
        rows = [
            ["Sector", "Base year 2021", "", "Target"],
            ["", "MWh", "t", ""],
            ["Buildings", "1,234", "567", "20"],
        ]
        fill(document.add_table(3, 4), rows)

    columns = ["Sector", "Base year 2021 / MWh", "Base year 2021 / t", "Target"]
    assert grids(word(build), "a.docx") == [[columns, ["Buildings", "1,234", "567", "20"]]]


def test_tracked_changes_show_what_was_inserted_and_not_what_was_deleted():
    def build(document):
        table = document.add_table(3, 3)
        fill(table, ROWS)
        paragraph = table.cell(1, 1).paragraphs[0]._p
        for run in list(paragraph):
            paragraph.remove(run)
        names = nsdecls("w")
        paragraph.append(
            parse_xml(f'<w:del {names} w:id="1"><w:r><w:delText>9,999</w:delText></w:r></w:del>')
        )
        paragraph.append(parse_xml(f'<w:ins {names} w:id="2"><w:r><w:t>1,234</w:t></w:r></w:ins>'))

    assert grids(word(build), "a.docx") == [ROWS]


def test_raised_digits_stay_apart_from_the_number():
    def build(document):
        table = document.add_table(3, 3)
        fill(table, ROWS)
        table.cell(1, 1).paragraphs[0].add_run("2").font.superscript = True

    assert grids(word(build), "a.docx")[0][1][1] == "1,234²"


def test_nested_tables_follow_the_one_that_holds_them():
    def build(document):
        table = document.add_table(2, 2)
        fill(table, [["Action", "Cost"], ["Retrofit", "5,000"]])
        fill(table.cell(1, 0).add_table(2, 2), [["Year", "Share"], ["2030", "7 %"]])

    outer, inner = grids(word(build), "a.docx")
    assert outer == [["Action", "Cost"], ["Retrofit", "5,000"]]
    assert inner == [["Year", "Share"], ["2030", "7 %"]]


def test_tables_and_rows_in_content_controls_are_read():
    def build(document):
        table = document.add_table(3, 3)
        fill(table, ROWS)
        element = table._tbl
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
        element.getparent().replace(element, control)
        control[0].append(element)

    assert grids(word(build), "a.docx") == [ROWS]


def test_headings_of_a_romanian_word_are_headings():
    def build(document):
        style = document.styles["Heading 1"]
        style.name = "Titlu 1"
        document.add_paragraph("Partea A", style=style)
        fill(document.add_table(3, 3), ROWS)

    (table,) = load_bytes(word(build), "a.docx").tables
    assert table.path == ("Partea A",)


# Workbooks ----------------------------------------------------------------------------------------


def workbook(build) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    build(book, book.add_worksheet("One"))
    book.close()
    return buffer.getvalue()


def test_numbers_as_the_sheet_shows_them():
    def build(book, sheet):
        sheet.write_row(0, 0, ["Sector", "Plain", "Format", "Share", "Thousands"])
        sheet.write_row(1, 0, ["Buildings", 0.1 + 0.2])
        sheet.write(1, 2, 1234.5678, book.add_format({"num_format": "#,##0.0"}))
        sheet.write(1, 3, 0.18634, book.add_format({"num_format": "0.0%"}))
        sheet.write(1, 4, 1234567, book.add_format({"num_format": "#,##0,"}))

    (table,) = load_bytes(workbook(build), "a.xlsx").tables
    assert list(table.rows[0]) == [
        "Buildings",
        Decimal("0.3"),
        Decimal("1234.6"),
        "18.6%",
        Decimal("1235"),
    ]


def test_years_head_columns_and_are_no_amounts():
    def build(book, sheet):
        sheet.write_row(0, 0, ["Sector", 2021, 2030])
        sheet.write_row(1, 0, ["Buildings", 5, 7])

    assert grids(workbook(build), "a.xlsx")[0][0] == ["Sector", "2021", "2030"]


def test_tables_side_by_side_are_two():
    def build(book, sheet):
        for left, name in ((0, "2021"), (4, "2030")):
            sheet.write_row(0, left, ["Sector", name])
            sheet.write_row(1, left, ["Buildings", 5 + left])
            sheet.write_row(2, left, ["Waste", 7 + left])

    first, second = grids(workbook(build), "a.xlsx")
    assert (first[0], second[0]) == (["Sector", "2021"], ["Sector", "2030"])
    assert second[1] == ["Buildings", Decimal(9)]


def test_formulas_without_values_are_noted():
    book = openpyxl.Workbook()
    for row in (["Sector", "2021"], ["Buildings", "=1+1"], ["Waste", "=2+2"]):
        book.active.append(row)
    book.active.title = "Sums"
    buffer = io.BytesIO()
    book.save(buffer)
    document = load_bytes(buffer.getvalue(), "a.xlsx")
    (note,) = document.notes
    assert note.code == "linter.files.formulas-blank"
    assert "Sums" in note.message("en") and "Sums" in note.message("ro")


# PDF ----------------------------------------------------------------------------------------------

PAGE = """#set page(width: 16cm, height: 9cm, margin: 1.5cm,
  footer: context [Page #counter(page).display()])
"""


def pdf(body: str, page: str = PAGE) -> bytes:
    return typst.compile((page + body).encode())


def cells(rows) -> str:
    return ",".join(f"[{cell}]" for row in rows for cell in row)


LONG = [["Sector", "2021", "2030"]] + [
    [f"Quarter {name} of the town", f"{at + 1},234", f"{at + 5}67"]
    for at, name in enumerate("ABCDEFGHIJKLMN")
]


def test_a_ruled_table_goes_on_over_pages():
    for header in (cells(LONG[:1]), f"table.header({cells(LONG[:1])})"):
        body = f"#table(columns: 3, {header}, {cells(LONG[1:])})"
        (table,) = load_bytes(pdf(body), "a.pdf").tables
        assert grid(table) == LONG
        assert len(set(table.rows_at)) > 1


def test_a_table_with_rules_between_rows_only():
    rows = [[f"{row[0]} and all of its streets and squares", *row[1:]] for row in LONG[1:6]]
    body = (
        f"#table(columns: (5cm, 1fr, 1fr), stroke: (x: none, y: 0.5pt), {cells([LONG[0], *rows])})"
    )
    (table,) = load_bytes(pdf(body), "a.pdf").tables
    assert grid(table) == [LONG[0], *rows]


def test_a_table_without_rules():
    body = (
        f"Words before it.\n\n#table(columns: 3, stroke: none, {cells(LONG[:6])})\n\nWords after."
    )
    document = load_bytes(pdf(body), "a.pdf")
    assert [grid(table) for table in document.tables] == [LONG[:6]]
    assert [each.text for each in document.passages] == ["Words before it.", "Words after."]


def test_merged_headings_and_raised_digits_of_a_pdf():
    body = """#table(columns: 3,
    table.cell(rowspan: 2)[Sector], table.cell(colspan: 2)[Base year 2021],
    [MWh],[t], [Buildings],[1,234#super(typographic: false)[2]],[567], [Waste],[8],[9])"""
    (table,) = load_bytes(pdf(body), "a.pdf").tables
    assert grid(table) == [
        ["Sector", "Base year 2021 / MWh", "Base year 2021 / t"],
        ["Buildings", "1,234²", "567"],
        ["Waste", "8", "9"],
    ]


def test_words_of_a_narrow_cell_are_one_line_and_breaks_of_the_writer_stay():
    body = """#set text(hyphenate: true, lang: "en")
    #table(columns: (4cm, 4cm, 2cm), [Action],[Text],[Cost],
    [Removed or substituted energy],[Natural gas of all the town \\ Wood: 7 MWh],[5,000],
    [Buses],[New],[7])"""
    (table,) = load_bytes(pdf(body), "a.pdf").tables
    assert table.rows[0][:2] == (
        "Removed or substituted energy",
        "Natural gas of all the town\nWood: 7 MWh",
    )


def test_headings_of_a_pdf_make_the_path():
    body = f"= Part A\n== Module A-1\nWords.\n#table(columns: 3, {cells(LONG[:3])})"
    (table,) = load_bytes(pdf(body), "a.pdf").tables
    assert table.path == ("Part A", "Module A-1")


def test_forms_broken_by_the_page_stay_whole():
    rows = [
        ["Action name", "Retrofit"],
        ["Action type", "Technical"],
        ["Action description", "Many words about it. " * 12],
        ["Generated renewable energy (if applicable)", "n/a"],
        ["Total costs", "EUR 5 million"],
        ["Responsible bodies", "City hall. " * 12],
        ["Systemic lever", "Technology"],
    ]
    (table,) = load_bytes(pdf(f"#table(columns: (5cm, 1fr), {cells(rows)})"), "a.pdf").tables
    assert [row[0] for row in table.rows] == [row[0] for row in rows]
    assert list(table.columns) == ["", ""]
