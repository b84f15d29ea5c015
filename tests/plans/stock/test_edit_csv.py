"""A changed cell changes its own bytes and no others, however the file is written."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.stock.edit_csv import CsvText, csv_text
from vatra.tables import Finding


def text_of(data: bytes) -> CsvText:
    found = csv_text(data, "buildings.csv")
    assert isinstance(found, CsvText)
    return found


VALUE = st.text(st.sampled_from("ab ș;,|\t\"'\n0.5-"), max_size=6)


@st.composite
def files(draw: st.DrawFn) -> tuple[list[list[str]], str, str, int]:
    width = draw(st.integers(2, 4))
    rows = draw(st.lists(st.lists(VALUE, min_size=width, max_size=width), min_size=1, max_size=5))
    delimiter = draw(st.sampled_from([",", ";", "\t"]))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    return rows, delimiter, newline, quoting


def written(rows: list[list[str]], delimiter: str, newline: str, quoting: int) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow([f"column{n}" for n in range(len(rows[0]))])
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def parsed(data: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=delimiter))[1:]


@given(files(), st.data())
def test_the_changed_cell_reads_as_it_should_and_all_others_as_before(
    file: tuple[list[list[str]], str, str, int], data: st.DataObject
):
    rows, delimiter, _, _ = file
    before = written(*file)
    found = text_of(before)
    if len(found.spans) != len(rows):
        # A row of one blank value and nothing else is a blank line.
        assert any(not "".join(row).strip() for row in rows)
        return
    at = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    value = data.draw(VALUE)
    line = list(found.spans)[at]
    after = found.with_cells({(line, column): value})
    wanted = [list(row) for row in rows]
    wanted[at][column] = value
    assert parsed(after, delimiter) == wanted
    start, end = (len(found.text[:each].encode()) for each in found.spans[line][column])
    assert after.startswith(before[:start]) and after.endswith(before[end:])


@given(files())
def test_nothing_changed_is_the_same_file(file: tuple[list[list[str]], str, str, int]):
    before = written(*file)
    assert text_of(before).with_cells({}) == before


def test_what_is_strange_about_a_file_stays():
    before = (
        b'\xef\xbb\xbfsep=;\r\n\r\nbuilding;my own;heated_m2;"built"\r\n'
        b'n01; two words ;1.234,5;"1965"\r\n\r\nn02;;;\r\n'
    )
    after = text_of(before).with_cells({(4, 2): "900,25", (4, 3): "1966", (6, 1): "a;b"})
    assert after == (
        b"\xef\xbb\xbfsep=;\r\n\r\nbuilding;my own;heated_m2;\"built\"\r\n"
        b"n01; two words ;900,25;\"1966\"\r\n\r\nn02;\"a;b\";;\r\n"
    )  # fmt: skip


def test_a_column_that_is_not_there_is_added_to_every_row():
    after = text_of(b"a,b\n1,2\n\n3,4").with_cells({(4, 2): "x,y"}, ["c"])
    assert after == b'a,b,c\n1,2,\n\n3,4,"x,y"'


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_rows_go_to_the_end(end: bytes):
    assert text_of(b"a,b\n1,2" + end).with_rows([["x", 'say "y"']]) == b'a,b\n1,2\nx,"say ""y"""\n'


def test_a_file_that_is_no_text_is_told():
    assert isinstance(csv_text(b"PK\x03\x04", "buildings.csv"), Finding)
    assert isinstance(csv_text(b"\xff\xfea\x00,\x00b\x00", "buildings.csv"), Finding)


def test_plain_rows_and_rows_with_quotes_are_taken_apart_alike() -> None:
    plain = "a;b;c\n1;;3\n;;\n \n\nx y; z ;\r\n4;5;6"
    # A quoted value further on makes nothing else of the rows before it.
    found, mixed = text_of(plain.encode()), text_of((plain + '\n"7";8;9\n').encode())
    assert {line: found.values(line) for line in found.spans} == {
        2: ["1", "", "3"], 3: ["", "", ""], 6: ["x y", " z ", ""], 7: ["4", "5", "6"],
    }  # fmt: skip
    assert {**found.spans, 8: mixed.spans[8]} == mixed.spans
    assert mixed.values(8) == ["7", "8", "9"]
    tabs = text_of(b"a\tb\n\t\n1\t2\n")
    assert [tabs.values(line) for line in tabs.spans] == [["", ""], ["1", "2"]]
