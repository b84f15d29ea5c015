import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.tables.export import safe_cell, shown_csv, write_csv


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=HYPERLINK(\"http://example.org\",\"x\")",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1,2)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "＝1+1",
        "-",
        "+40 264 000 000",
    ],
)  # fmt: skip
def test_a_text_that_would_run_gets_an_apostrophe(text):
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["Clădiri", "", "1.1", "-12.5", "-1.234,56", "+3", "-4e-3", "a=b", " x", "−12,5"]
)
def test_plain_texts_and_numbers_are_left_alone(text):
    assert safe_cell(text) == text


def test_numbers_are_written_as_numbers():
    frame = pl.DataFrame(
        {"name": ["=1+1", None], "t": [-1.5, None], "n": [-3, 4], "ok": [True, False]}
    )
    assert write_csv(frame, ["name", "=t", "n", "ok"]) == (
        "name,'=t,n,ok\n'=1+1,-1.5,-3,True\n,,4,False\n"
    )


def test_quotes_delimiters_and_line_breaks_survive():
    text = write_csv([["a, b", 'say "x"', "two\nlines", "ș"]], ["1", "2", "3", "4"])
    assert list(csv.reader(io.StringIO(text)))[1] == ["a, b", 'say "x"', "two\nlines", "ș"]


@given(st.text(max_size=20))
def test_no_exported_text_begins_a_formula(text):
    cell = safe_cell(text)
    assert cell.removeprefix("'") == text.removeprefix("'")
    if cell[:1] in ("=", "@", "\t", "\r"):
        raise AssertionError(cell)
    if cell[:1] in ("+", "-"):
        float(cell.replace(",", "").replace("%", "").replace(".", "") or "0")


@pytest.mark.parametrize(
    "text, shown",
    [
        ("x;=1+1;y", "x;'=1+1;y"),
        ("=1;=1", "'=1;'=1"),
        ("two\n=lines", "two\n'=lines"),
        ("a\t@SUM(1)", "a\t'@SUM(1)"),
        ("a;-2+cmd|' /C calc'!A0", "a;'-2+cmd|' /C calc'!A0"),
        # Numbers in a list run nothing, nor does what stands after a space or a letter.
        ("44.4;-25.1;3", "44.4;-25.1;3"),
        ("a; - b, a=b; c", "a; - b, a=b; c"),
    ],
)
def test_no_cell_begins_a_formula_where_semicolons_part_cells(text, shown):
    (row,) = list(csv.reader(io.StringIO(shown_csv([[text, 1]], ["a", "b"]))))[1:]
    assert row == [shown, "1"]
    # As a spreadsheet of such settings reads it: no part begins with a formula.
    for part in shown_csv([[text]], ["a"]).replace("\n", ";").replace("\t", ";").split(";"):
        assert part[:1] not in ("=", "@") and (part[:1] != "-" or float(part))


def test_a_table_that_is_read_back_keeps_its_texts():
    assert write_csv([["x;=1+1"]], ["a"]) == "a\nx;=1+1\n"
