"""Files of a face: safe in a spreadsheet, honest when they cannot be read."""

from __future__ import annotations

import json
import re
import zipfile

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from vatra.faces import faces
from vatra.faces.escape import quoted, unquoted
from vatra.faces.files import read, write
from vatra.tables import FindingsError
from vatra.tables.export import safe_cell

DANGEROUS = ["=1+1", "+cmd|'/c calc'!A0", "@SUM(A1)", "-2+3", "\t=1", "＝1"]


@given(st.text(max_size=20) | st.sampled_from([each * "'" + "=x" for each in range(5)]))
def test_quoting_can_be_undone_and_leaves_nothing_that_runs(text):
    assert unquoted(quoted(text)) == text
    assert safe_cell(quoted(text)) == quoted(text)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_runs_in_a_spreadsheet(text, cluj_base, tmp_path):
    results = cluj_base.results.with_columns(pl.lit(text).alias("item"))
    report = type(cluj_base)(cluj_base.city, results, cluj_base.lines)
    for ending in (".csv", ".xlsx"):
        write(faces()["rows"], report, tmp_path / f"rows{ending}")
    frame = pl.read_csv(tmp_path / "rows.csv", infer_schema=False)
    assert set(frame["item"]) == {"'" + text}
    sheet = load_workbook(tmp_path / "rows.xlsx")["rows"]
    at = [cell.value for cell in sheet[1]].index("item")
    assert {row[at].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}


def test_several_tables_are_several_csv_files_and_one_workbook(cluj_base, tmp_path):
    names = [path.name for path in write(faces()["secap"], cluj_base, tmp_path / "bei.csv")]
    assert names == ["bei-a.csv", "bei-b.csv", "bei-c.csv", "bei-d.csv"]
    assert write(faces()["secap"], cluj_base, tmp_path / "bei.xlsx") == [tmp_path / "bei.xlsx"]
    assert load_workbook(tmp_path / "bei.xlsx").sheetnames == ["a", "b", "c", "d", "about"]


@pytest.mark.parametrize("named", ["bei.csv", "bei-a.csv", "bei-d.csv"])
def test_one_of_several_files_leads_to_all(named, cluj_base, tmp_path):
    write(faces()["secap"], cluj_base, tmp_path / "bei.csv")
    assert list(read(faces()["secap"], tmp_path / named).frames) == ["a", "b", "c", "d"]


def test_rounded_tables_hold_whole_tonnes(cluj_base, tmp_path):
    write(faces()["ccc-v1"], cluj_base, tmp_path / "a.csv", rounded=True)
    table = pl.read_csv(tmp_path / "a-a-1.4.csv")
    total = table.filter(pl.col("sector") == "total").row(0, named=True)
    assert total["total [t CO2e]"] == 1167221
    buildings = table.filter(pl.col("sector") == "buildings").row(0, named=True)
    # 641,749.993 / 1,167,221.460
    assert buildings["share [%]"] == 54.98


def test_rounded_factors_keep_six_digits(cluj_base, tmp_path):
    results = cluj_base.results.with_columns(pl.lit(0.24947999999999998).alias("activity"))
    report = type(cluj_base)(cluj_base.city, results, cluj_base.lines)
    write(faces()["rows"], report, tmp_path / "r.csv", rounded=True)
    assert set(pl.read_csv(tmp_path / "r.csv")["activity"]) == {0.24948}


def test_json_says_what_it_is(cluj_base, tmp_path):
    write(faces()["gpc"], cluj_base, tmp_path / "gpc.json", "ro")
    found = json.loads((tmp_path / "gpc.json").read_text("utf-8"))
    assert (found["face"], found["code"], found["years"]) == ("gpc", "cluj-napoca", "2021")
    assert found["tables"]["gpc"]["title"] == "Tabelul GPC"


def codes(error):
    return [each.code for each in error.value.findings]


def test_an_edited_cell_is_found_by_line_with_all_others(cluj_base, tmp_path):
    path = tmp_path / "rows.csv"
    write(faces()["rows"], cluj_base, path)
    text = path.read_text("utf-8-sig").replace("479159352000000", "much", 1)
    path.write_text(text.replace("2021,", "MMXXI,", 1), "utf-8")
    with pytest.raises(FindingsError) as error:
        read(faces()["rows"], path)
    assert codes(error) == ["faces.cell-wrong", "faces.cell-wrong"]
    assert {each.column for each in error.value.findings} == {"year", "emission_mg"}


@pytest.mark.parametrize(
    ("name", "file", "before", "after", "places"),
    [
        # 1,441.8 t of I.2.1 stand in BASIC, BASIC+ and TERRITORIAL, as CO2 and in the sum: in all
        # of them the sum of CO2 moves.
        ("gpc", "x.csv", "1,1441.8,", "1,1441.9,", {"co2_mg"}),
        ("ccc-v1", "x-a-1.4.csv", ",1441.8,", ",1441.9,", {"total_mg", "scope_1_mg"}),
        ("ccc-v1", "x-a-1.1.csv", ",2372076,", ",2372075,", {"scope_1_wh", "total_wh"}),
        ("secap", "x-a.csv", ",5400,", ",5401,", {"total_wh", "diesel_wh"}),
    ],
)
def test_a_figure_edited_by_hand_is_found_by_its_totals(
    name, file, before, after, places, cluj_base, tmp_path
):
    write(faces()[name], cluj_base, tmp_path / "x.csv")
    text = (tmp_path / file).read_text("utf-8")
    assert before in text
    (tmp_path / file).write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(FindingsError) as error:
        read(faces()[name], tmp_path / "x.csv")
    assert set(codes(error)) == {"faces.total-wrong"}
    assert {each.column for each in error.value.findings} == places
    assert all(each.message("ro") for each in error.value.findings)


def test_a_mass_finer_than_a_milligram_is_refused(cluj_base, tmp_path):
    path = tmp_path / "gpc.csv"
    write(faces()["gpc"], cluj_base, path)
    path.write_text(path.read_text("utf-8").replace("1441.8", "1441.8000000001"), "utf-8")
    with pytest.raises(FindingsError) as error:
        read(faces()["gpc"], path)
    assert set(codes(error)) == {"faces.cell-wrong"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.csv", b"year,category\n2021,I.1.1\n", "faces.columns-missing"),
        ("x.csv", "an;sector\n2021;clădiri".encode("utf-16"), "sources.encoding"),
        ("x.csv", b"", "sources.file-empty"),
        ("x.json", b"{}", "faces.json-not"),
        ("x.json", b"[1", "faces.json-not"),
        ("x.json", b'{"tables": {"other": {"columns": [], "rows": []}}}', "faces.table-missing"),
        ("x.json", b'{"tables": {"rows": {"columns": [], "rows": [[true]]}}}', "faces.json-not"),
        ("x.parquet", b"no parquet", "faces.parquet-not"),
        ("x.xlsx", b"no workbook", "sources.xlsx-not"),
        ("x.docx", b"text", "faces.type-unknown"),
    ],
)
def test_what_is_no_export_is_said(name, content, code, tmp_path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FindingsError) as error:
        read(faces()["rows"], tmp_path / name)
    assert codes(error) == [code]
    for lang in ("en", "ro"):
        assert error.value.findings[0].message(lang)


def test_a_missing_table_of_several_is_named(cluj_base, tmp_path):
    write(faces()["secap"], cluj_base, tmp_path / "bei.csv")
    (tmp_path / "bei-b.csv").unlink()
    with pytest.raises(FindingsError) as error:
        read(faces()["secap"], tmp_path / "bei.csv")
    assert [each.file for each in error.value.findings] == ["bei-b.csv"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=120), st.sampled_from([".csv", ".json", ".parquet", ".xlsx"]))
def test_no_bytes_break_the_readers(tmp_path_factory, data, ending):
    path = tmp_path_factory.mktemp("any") / f"x{ending}"
    path.write_bytes(data)
    with pytest.raises(FindingsError):
        read(faces()["rows"], path)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 10**6),
    st.sampled_from(['"', "\n", ",", "99999999999999999999", "nan", "1e400", "\0", "x" * 200_000]),
)
def test_no_edit_breaks_the_reader(cluj_base, tmp_path_factory, place, scrap):
    path = tmp_path_factory.mktemp("edit") / "x.csv"
    write(faces()["rows"], cluj_base, path)
    text = path.read_text("utf-8-sig")
    at = place % len(text)
    path.write_text(text[:at] + scrap + text[at:], "utf-8")
    try:
        read(faces()["rows"], path)
    except FindingsError as error:
        assert all(each.message("ro") for each in error.findings)


def test_a_number_too_large_is_said_not_wrapped(cluj_base, tmp_path):
    path = tmp_path / "x.json"
    write(faces()["rows"], cluj_base, path)
    path.write_text(path.read_text("utf-8").replace("479159352000000", "9" * 25), "utf-8")
    with pytest.raises(FindingsError) as error:
        read(faces()["rows"], path)
    assert {each.column for each in error.value.findings} == {"emission_mg", "co2e_mg"}


def test_rows_beyond_what_a_sheet_says_of_its_size_are_read(cluj_base, tmp_path):
    """Programs that write row by row often leave A1 there."""
    path, again = tmp_path / "rows.xlsx", tmp_path / "again.xlsx"
    write(faces()["rows"], cluj_base, path)
    size = re.compile(rb'<dimension ref="[^"]*"')
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(again, "w") as copy:
        for name in book.namelist():
            copy.writestr(name, size.sub(b'<dimension ref="A1"', book.read(name)))
    there, here = read(faces()["rows"], path), read(faces()["rows"], again)
    assert sum(map(len, there.frames.values())) > 1
    assert here.frames.keys() == there.frames.keys()
    assert all(each.equals(there.frames[name]) for name, each in here.frames.items())
