"""Workbooks as cities send them, and the ones that are not opened."""

import datetime
import gc
import io
import re
import struct
import zipfile

import openpyxl
import pytest

from tests.sources.files import HEAD, energy_file, read_energy, said, said_of_rows
from vatra.sources import Limits
from vatra.sources.mapping.cells import read_grid
from vatra.sources.zip_guard import guard
from vatra.tables import FindingsError

HEADINGS = HEAD.split(",")
GOOD = [2021, "buildings", "natural_gas", 1, None, 12.5, "MWh", "register", None]


def cells(**changes):
    return list((dict(zip(HEADINGS, GOOD, strict=True)) | changes).values())


def workbook(folder, *rows, change=None, name="energy.xlsx"):
    """A workbook with headings and rows; ``change`` works on the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    for each in (HEADINGS, *rows):
        sheet.append(each)
    if change:
        change(sheet)
    path = folder / name
    book.save(path)
    book.close()
    return path


def repacked(path, edit, add=()):
    """The same workbook with the bytes of its parts edited."""
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, edit(part.filename, old.read(part)))
        for name, content in add:
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return path


def test_numbers_are_taken_as_numbers(tmp_path):
    path = workbook(tmp_path, cells(amount=313.956), cells(item="b", amount=1167223))
    raw = read_energy(path)
    assert raw.findings == []
    assert raw.frame["amount"].to_list() == ["313.956", "1167223"]
    assert raw.frame["year"].to_list() == ["2021", "2021"]
    assert raw.frame["line"].to_list() == [2, 3]
    # 313.956 alone would be ambiguous as text.
    assert raw.numbers == {"amount": "plain"}
    assert said_of_rows(raw) == []
    assert raw.dialect.sheet == "Sheet" and len(raw.evidence_id) == 64


def test_tiny_and_large_numbers_keep_their_digits(tmp_path):
    path = workbook(tmp_path, *(cells(amount=value) for value in (1e-7, 1e15, 0.1, 2021.0)))
    assert read_energy(path).frame["amount"].to_list() == [
        "0.0000001", "1000000000000000", "0.1", "2021",
    ]  # fmt: skip


def test_numbers_typed_as_text_among_numbers(tmp_path):
    path = workbook(
        tmp_path, cells(), cells(item="a", amount="1.234,56"), cells(item="b", amount="7,25")
    )
    raw = read_energy(path)
    assert raw.frame["amount"].to_list() == ["12.5", "1234.56", "7.25"]
    assert said_of_rows(raw) == []


def test_a_declared_style_reads_the_typed_ones_only(tmp_path):
    path = workbook(tmp_path, cells(amount=313.956), cells(item="a", amount="196.704"))
    raw = read_energy(path, numbers="ro")
    assert raw.frame["amount"].to_list() == ["313.956", "196704"]
    assert raw.numbers["amount"] == "plain"


def test_ambiguous_numbers_typed_as_text_among_numbers(tmp_path):
    raw = read_energy(workbook(tmp_path, cells(), cells(item="a", amount="196.704")))
    assert said(raw) == [
        "Row 3: some numbers in 'amount' are typed as text and can be read in two ways. "
        "Turn them into numbers in the spreadsheet."
    ]
    assert not raw.ok


def test_a_column_of_texts_is_inferred_like_a_csv_column(tmp_path):
    raw = read_energy(workbook(tmp_path, cells(amount="1.234,56"), cells(item="a", amount="7,25")))
    assert raw.numbers == {}
    assert said_of_rows(raw) == []
    alone = read_energy(workbook(tmp_path, cells(amount="196.704")))
    assert said_of_rows(alone)[0].startswith("Row 2: the numbers in 'amount' can be read in two")


def test_words_among_numbers_reach_the_check(tmp_path):
    raw = read_energy(workbook(tmp_path, cells(), cells(item="a", amount="unknown")))
    assert said_of_rows(raw) == ["Row 3: 'unknown' in 'amount' must be a number (read as 1234.56)."]


def test_truths_and_dates_are_no_numbers_and_no_years(tmp_path):
    raw = read_energy(
        workbook(
            tmp_path,
            cells(),
            cells(item="a", amount=True),
            cells(item="b", year=datetime.date(2021, 12, 31)),
        )
    )
    assert said_of_rows(raw) == [
        "Row 4: '2021-12-31' is not a year. Write four digits, such as 2021.",
        "Row 3: 'TRUE' in 'amount' must be a number (read as 1234.56).",
    ]


def test_blank_cells_and_rows(tmp_path):
    raw = read_energy(workbook(tmp_path, cells(), [None] * 9, cells(item="a", amount=None)))
    assert raw.frame["line"].to_list() == [2, 4]
    assert said_of_rows(raw) == [
        "Row 4: 'amount' is blank, and blank is not zero. "
        "Fill in the number, or write 0 to confirm a zero."
    ]


def test_formulas_without_a_value(tmp_path):
    raw = read_energy(workbook(tmp_path, cells(), cells(item="a", amount="=1+1")))
    assert said(raw) == [
        "Row 3: the formula in 'amount' has no calculated value. "
        "Open the file in Excel and save it, or write the number."
    ]
    assert said(raw, "ro") == [
        "Rândul 3: formula din „amount” nu are o valoare calculată. "
        "Deschideți fișierul în Excel și salvați-l sau scrieți numărul."
    ]


def test_formulas_with_a_value_are_read_as_their_value(tmp_path):
    path = workbook(tmp_path, cells(), cells(item="a", amount="=1+1"))
    repacked(path, lambda _, data: re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>2</v>", data))
    raw = read_energy(path)
    assert raw.findings == []
    assert raw.frame["amount"].to_list() == ["12.5", "2"]


def test_error_cells(tmp_path):
    raw = read_energy(workbook(tmp_path, cells(), cells(item="a", source="#REF!")))
    assert said(raw) == [
        "Row 3: the formula in 'source' ends in an error. Mend it, or write the value."
    ]


def test_merged_cells(tmp_path):
    def merge(sheet):
        sheet.merge_cells("H2:H3")
        sheet.merge_cells("A10:C12")

    raw = read_energy(workbook(tmp_path, cells(), cells(item="a"), change=merge))
    assert said(raw) == [
        "Rows 2, 3: the cells H2:H3 are merged, so only the first has a value. "
        "Unmerge them and fill in each."
    ]


@pytest.mark.parametrize("title", ["Energy", "energy", "ENERGY"])
def test_the_sheet_named_like_the_table(tmp_path, title):
    def second(sheet):
        other = sheet.parent.create_sheet(title)
        other.append(HEADINGS)
        other.append(cells(source="second"))

    raw = read_energy(workbook(tmp_path, cells(), change=second))
    assert (raw.dialect.sheet, raw.frame["source"].to_list()) == (title, ["second"])


def test_headings_may_begin_lower_down(tmp_path):
    raw = read_energy(
        workbook(tmp_path, cells(), change=lambda sheet: sheet.insert_rows(1, amount=3))
    )
    assert raw.frame["line"].to_list() == [5]


def test_unknown_and_doubled_headings(tmp_path):
    path = workbook(tmp_path, change=lambda sheet: sheet.cell(1, 9, "colour"))
    assert said(read_energy(path))[0].startswith("the column 'colour' is not known")
    path = workbook(tmp_path, change=lambda sheet: sheet.cell(1, 9, "An"))
    assert said(read_energy(path)) == [
        "Row 1: the column 'year' stands more than once, as 'year', 'An'. "
        "Keep one and take the others out."
    ]


def test_total_rows_are_taken_out(tmp_path):
    raw = read_energy(workbook(tmp_path, cells(), cells(sector="TOTAL", amount=12.5)))
    assert said(raw) == [
        "Row 3: 'TOTAL' in 'sector' is a sum of other rows and is not counted again. "
        "Take it out, or rename it if it is not a sum."
    ]
    assert len(raw.frame) == 1


def test_a_far_cell_does_not_widen_every_row(tmp_path):
    path = workbook(tmp_path, cells(), change=lambda sheet: sheet.cell(2, 16_384, "far"))
    assert len(read_energy(path).frame.columns) == 10


def test_a_workbook_with_macros_is_only_read(tmp_path):
    path = workbook(tmp_path, cells(), name="energy.xlsm")
    repacked(path, lambda _, data: data, add=[("xl/vbaProject.bin", b"\xd0\xcf macro")])
    assert said_of_rows(read_energy(path)) == []


def test_an_empty_sheet_has_no_columns(tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "energy.xlsx")
    raw = read_energy(tmp_path / "energy.xlsx")
    assert said_of_rows(raw)[0] == (
        "the file has no rows. Fill in at least one row below the headings."
    )


# Workbooks that are not opened


def test_a_zip_bomb(tmp_path):
    path = workbook(tmp_path, cells())
    repacked(path, lambda _, data: data, add=[("xl/media/a.bin", bytes(400_000_000))])
    assert path.stat().st_size < 1_000_000
    raw = read_energy(path)
    assert said(raw) == [
        "the workbook unpacks to 401 MB or is packed beyond what a table needs (limit 300 MB), "
        "so it is not opened. Save only the sheet with the table."
    ]
    assert said(raw, "ro") == [
        "registrul se dezarhivează la 401 MB sau este arhivat peste nevoile unui tabel "
        "(limita este 300 MB), așa că nu este deschis. Salvați doar foaia cu tabelul."
    ]


def test_one_part_packed_too_well(tmp_path):
    path = workbook(tmp_path, cells())
    repacked(path, lambda _, data: data, add=[("xl/media/a.bin", bytes(50_000_000))])
    assert [each.code for each in read_energy(path).findings] == ["sources.xlsx-bomb"]
    assert read_energy(path, limits=Limits(max_ratio=2000)).findings == []


def test_a_bomb_that_lies_about_its_size(tmp_path):
    path = workbook(tmp_path, cells())
    sheet = "xl/worksheets/sheet1.xml"
    repacked(path, lambda name, data: data if name != sheet else data + b" " * 90_000_000)
    with zipfile.ZipFile(path, "a") as archive:
        truth = archive.getinfo(sheet).file_size
    lie = path.read_bytes().replace(struct.pack("<L", truth), struct.pack("<L", 1000))
    path.write_bytes(lie)
    assert [each.code for each in read_energy(path).findings] == ["sources.xlsx-not"]


SHEET = "xl/worksheets/sheet1.xml"


def with_row(path, xml):
    """A workbook whose sheet ends in a row written by hand."""
    end = b"</sheetData>"
    return repacked(
        path, lambda name, data: data.replace(end, xml + end) if name == SHEET else data
    )


@pytest.mark.parametrize("said_size", ["A1", "A1:I2", "A1:XFD1048576"])
def test_rows_beyond_what_a_sheet_says_of_its_size_are_read(tmp_path, said_size):
    """Programs that write row by row often leave A1 there."""
    path = workbook(tmp_path, *(cells(year=year) for year in (2019, 2020, 2021)))
    size = re.compile(rb'<dimension ref="[^"]*"')
    there = b'<dimension ref="%s"' % said_size.encode()
    repacked(path, lambda name, data: size.sub(there, data) if name == SHEET else data)
    raw = read_energy(path)
    assert (said(raw), len(raw.frame)) == ([], 3)
    assert [len(row) for _, row in read_grid(path).rows] == [9, 8, 8, 8]


def test_a_line_that_no_workbook_has_is_not_counted_up_to(tmp_path):
    """Two thousand million empty rows would be made to come to it; the last of a workbook is
    2^20 = 1,048,576."""
    path = with_row(workbook(tmp_path, cells()), b'<row r="2000000000"><c><v>1</v></c></row>')
    assert said(read_energy(path)) == [
        "the table has more than 1,048,576 rows. Split it by year, or take out what is not needed."
    ]
    with pytest.raises(FindingsError) as error:
        read_grid(path)
    assert [each.code for each in error.value.findings] == ["sources.too-many-rows"]
    # While the error is still held, its file is not.
    opened = (each for each in gc.get_objects() if type(each) is io.BufferedReader)
    assert [each for each in opened if str(each.name) == str(path) and not each.closed] == []
    assert len(read_grid(path, most_rows=10).rows) == 2


def test_a_row_without_end_is_not_opened(tmp_path):
    """700,000 cells of 17 bytes and more: 12 MB in a row, and a spreadsheet's widest has 16,384."""
    row = b"".join(b"<c><v>%d</v></c>" % (number * 7919 % 1_000_003) for number in range(700_000))
    path = workbook(tmp_path, cells())
    with_row(path, b"<row>" + row + b"</row>")
    assert [each.code for each in read_energy(path).findings] == ["sources.xlsx-endless-row"]
    # The same cells in rows of ten are a long sheet and no more than that.
    parts = row.split(b"<c>")[1:70_001]
    rows = (b"".join(b"<c>" + each for each in parts[at : at + 10]) for at in range(0, 70_000, 10))
    short = b"".join(b"<row>" + each + b"</row>" for each in rows)
    path = with_row(workbook(tmp_path, cells()), short)
    assert guard(path, Limits()) is None


def test_no_more_rows_are_held_than_the_limit(tmp_path):
    path = workbook(tmp_path, *(cells(year=year) for year in (2019, 2020, 2021)))
    assert read_energy(path, limits=Limits(max_rows=3)).ok
    found = read_energy(path, limits=Limits(max_rows=2)).findings
    assert [each.code for each in found] == ["sources.too-many-rows"]
    # The headings and three rows; 9 headings, and 8 cells a row up to the last that is filled.
    limits = Limits(max_rows=4, max_cells=9 + 3 * 8)
    assert len(read_grid(path, limits=limits).rows) == 4
    for fewer in (Limits(max_rows=3), Limits(max_cells=9 + 3 * 8 - 1)):
        with pytest.raises(FindingsError):
            read_grid(path, limits=fewer)


def test_too_many_parts(tmp_path):
    path = workbook(tmp_path, cells())
    repacked(path, lambda _, data: data, add=[(f"xl/{number}.bin", b"") for number in range(2100)])
    assert [each.code for each in read_energy(path).findings] == ["sources.xlsx-bomb"]


ENTITIES = (
    b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
)


@pytest.mark.parametrize(
    "part",
    [
        "xl/worksheets/sheet1.xml", "docProps/core.xml", "xl/workbook.xml", "xl/styles.xml",
        "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_own_entities_are_refused(tmp_path, part, encoding):
    def declare(name, data):
        if name != part:
            return data
        head, mark, rest = data.partition(b"?>") if data.startswith(b"<?xml") else (b"", b"", data)
        text = (head + mark + ENTITIES + rest).decode()
        return text.replace("UTF-8", encoding).replace("utf-8", encoding).encode(encoding)

    path = workbook(tmp_path, cells())
    repacked(path, declare)
    assert said(read_energy(path)) == [
        "the workbook declares its own XML entities, which no spreadsheet writes, "
        "so it is not opened. Save it again from a spreadsheet."
    ]


def test_a_document_type_behind_a_long_comment_is_refused(tmp_path):
    def hide(name, data):
        if name != "xl/worksheets/sheet1.xml":
            return data
        return b"<!--" + b"x" * 100_000 + b"-->" + ENTITIES + data

    path = workbook(tmp_path, cells())
    repacked(path, hide)
    assert [each.code for each in read_energy(path).findings] == ["sources.xlsx-entities"]


NOT = (
    "the file is not an XLSX workbook, or it is damaged. "
    "Open it in a spreadsheet and save it as XLSX."
)


@pytest.mark.parametrize(
    "data", [b"year,sector\n2021,waste\n", b"PK\x03\x04 broken", b"x", bytes(5000)]
)
def test_what_is_no_workbook(tmp_path, data):
    assert said(read_energy(energy_file(tmp_path, data=data, name="energy.xlsx"))) == [NOT]


def test_another_zip_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "energy.xlsx", "w") as archive:
        archive.writestr("readme.txt", "no table")
    assert said(read_energy(tmp_path / "energy.xlsx")) == [NOT]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_cut_off_workbook(tmp_path, share):
    path = workbook(tmp_path, cells())
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert said(read_energy(path)) == [NOT]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_damaged_part(tmp_path, part):
    path = workbook(tmp_path, cells())
    repacked(path, lambda name, data: data[: len(data) // 2] if name == part else data)
    assert said(read_energy(path)) == [NOT]


def test_an_old_or_locked_workbook(tmp_path):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    for name in ("energy.xls", "energy.xlsx"):
        assert said(read_energy(energy_file(tmp_path, data=data, name=name))) == [
            "the file is an old .xls workbook or is locked with a password. "
            "Open it in a spreadsheet and save it as XLSX without a password."
        ]


def test_a_locked_archive(tmp_path):
    path = workbook(tmp_path, cells())
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert said(read_energy(path)) == [
        "the file is locked with a password. Save it without a password."
    ]
