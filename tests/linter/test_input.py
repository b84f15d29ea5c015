"""What can be handed to the linter, and what it answers when it cannot be read."""

from __future__ import annotations

import json
import re
import time
from decimal import Decimal

import pytest

from vatra.linter import Document, LintTable, lint, load
from vatra.linter.numbers import number, token, vote
from vatra.tables import FindingsError

YAML = """
id: e
kind: emissions
unit: t
columns: [Sector, Scope 1, Scope 2, Total]
rows:
  - [Buildings, 479160, 162590, 641750]
  - [Waste, 1442, NO, 1442]
total: [Total, 480602, 162590, 643192]
"""
ROWS = {"Buildings": [479160, 162590, 641750], "Waste": [1442, None, 1442]}
TOTAL = [480602, 162590, 643192]
COLUMNS = ["Sector", "Scope 1", "Scope 2", "Total"]


def by_column(label, cells):
    return dict(zip(COLUMNS, [label, *cells], strict=True))


ABOUT = {"id": "e", "kind": "emissions", "unit": "t"}
LISTS = [[label, *cells] for label, cells in ROWS.items()]
BY_COLUMN = [by_column(label, cells) for label, cells in ROWS.items()]
CSV = """# kind: emissions
# unit: t
Sector;Scope 1;Scope 2;Total
Buildings;479160;162590;641750
Waste;1442;;1442
Total;480602;162590;643192
"""


def grouped(mark: str) -> str:
    return re.sub(r"(\d+)(\d{3})(?!\d)", rf"\1{mark}\2", CSV)


FORMS = {
    "yaml": YAML,
    "total as a row": YAML.replace("total: [", "  - ["),
    "total in Romanian": YAML.replace("total: [Total", "  - [TOTAL GENERAL"),
    "blank between commas": YAML.replace(" NO,", " ,"),
    "list of tables": json.dumps(
        [ABOUT | {"columns": COLUMNS, "rows": LISTS, "total": TOTAL}], indent=1
    ),
    "rows by label": json.dumps(ABOUT | {"columns": COLUMNS, "rows": ROWS, "total": TOTAL}),
    "no label column": json.dumps(ABOUT | {"columns": COLUMNS[1:], "rows": ROWS, "total": TOTAL}),
    "rows by column": json.dumps(ABOUT | {"rows": BY_COLUMN, "total": by_column("Total", TOTAL)}),
    "tables by name": json.dumps(
        {"tables": {"e": ABOUT | {"columns": COLUMNS, "rows": ROWS, "total": TOTAL}}}
    ),
    "csv": "# numbers: ro\n" + grouped("."),
    "csv of a spreadsheet": "\ufeff"
    + CSV.replace("t\n", "t;;;\n", 1)
    .replace("Total\n", "Total;\n")
    .replace("# kind: emissions", '"# kind: emissions";;;')
    + ";;;;\n",
    "csv with commas": re.sub(r"(\d+),(\d{3})", r'"\1,\2"', grouped(",")).replace(";", ","),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_documented_form_reads_the_same(form):
    document = load(FORMS[form], "test")
    assert lint(document) == []
    # 479,160 -> 419,160 in the first cell: the same slip is found in every form.
    wrong = re.sub("479([.,]?160)", r"419\1", FORMS[form])
    found = lint(load(wrong, "test"))
    assert [(each.cells[0].row, each.cells[0].column) for each in found] == [
        ("Buildings", "Scope 1")
    ]
    assert int(found[0].repair.suggested.value) == 479160


def test_a_table_built_in_code():
    table = LintTable(
        "e", "emissions", COLUMNS, [[k, *v] for k, v in ROWS.items()], TOTAL, unit="t"
    )
    assert lint(Document([table])) == []


def test_a_file_and_a_folder(tmp_path):
    (tmp_path / "one.yaml").write_text("base_year: 2021\n" + YAML, "utf-8")
    (tmp_path / "two.csv").write_text(FORMS["csv with commas"], "utf-8")
    assert load(tmp_path / "one.yaml").tables[0].id == "e"
    document = load(tmp_path)
    assert [table.id for table in document.tables] == ["e", "two"]
    assert document.base_year == 2021


def refused(text: str) -> list[str]:
    with pytest.raises(FindingsError) as caught:
        load(text, "test")
    for each in caught.value.findings:
        assert each.message("ro") and each.message("en")
    return [each.code.removeprefix("linter.") for each in caught.value.findings]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["empty"]),
        (" \n", ["empty"]),
        ("tables:\n  - id: a\n kind: [", ["not-readable"]),
        ("[" * 5000, ["not-readable"]),
        ('!!python/object/apply:os.system ["echo"]\n', ["not-readable"]),
        ("just words\nand more", ["no-table"]),
        ("tables: []\n", ["no-table"]),
        ("[1, 2]\n", ["table-wrong", "table-wrong"]),
        (YAML.replace("emissions", "emision"), ["kind-unknown"]),
        (YAML.replace("kind: emissions\n", ""), ["kind-missing"]),
        (YAML.replace(" 641750]", "]").replace("NO, 1442]", "NO, 1, 1]"), ["row-length"] * 2),
        (YAML.replace("Waste", "Buildings"), ["duplicate-row"]),
        (YAML.replace("Scope 2", "Scope 1"), ["duplicate-column"]),
        ("kind: emissions\ncolumns: [Sector, A]\nrows: [[x, n/a], [y, NE]]", ["no-numbers"]),
        ("kind: emissions\ncolumns: [Sector, A]\nrows: [{Sector: x, B: 1}]", ["column-unknown"]),
        (f"base_yaer: 2021\ntables:\n  - {{{YAML.strip().splitlines()[1]}}}", ["key-unknown"]),
        (YAML + "numbers: fr\n", ["numbers-unknown"]),
        (YAML + "base_year: soon\n", ["year-wrong"]),
        (YAML + "residual_limit_percent: much\n", ["limit-wrong"]),
        ("a\0b\n", ["encoding"]),
    ],
)
def test_what_cannot_be_read_is_said(text, codes):
    assert refused(text)[: len(codes)] == codes


def test_the_unknown_kind_says_which_exist():
    with pytest.raises(FindingsError, match="emission_gap, emissions, energy, measures, factors"):
        load(YAML.replace("emissions", "emision"), "test")


def test_the_short_row_is_named():
    with pytest.raises(FindingsError, match="row 'Buildings' has 3 cells for 4 columns"):
        load(YAML.replace(" 641750]", "]"), "test")


def test_all_faults_at_once():
    table = "columns: [S, A], rows: [[y, 1]]"
    text = f"tables:\n  - {{id: a, kind: x, {table}}}\n  - {{id: b, {table}}}\n"
    assert sorted(refused(text)) == ["kind-missing", "kind-unknown"]


def test_wrong_encoding_and_missing_file(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes(YAML.replace("Buildings", "Clădiri").encode("cp1250"))
    with pytest.raises(FindingsError, match="not UTF-8"):
        load(file)
    with pytest.raises(FindingsError, match="cannot be opened"):
        load(tmp_path / "b.yaml")
    file.write_bytes(b" " * 20_000_001)
    with pytest.raises(FindingsError, match="larger than 20 MB"):
        load(file)


def test_references_that_multiply_are_not_followed():
    levels = "".join(
        f"{name}: &{name} [*{other}, *{other}]\n"
        for name, other in zip("bcdefghij", "abcdefghi", strict=True)
    )
    text = "a: &a [x, x]\n" + levels + "tables: [{kind: emissions, columns: [s, t], rows: [*j]}]\n"
    started = time.process_time()
    assert "cell-wrong" in refused(text)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("196 704", "196704"),
        ("196\u00a0704", "196704"),
        ("(1,234.5)", "-1234.5"),
        ("\u22121.234.567", "-1234567"),
        ("18,63 %", "18.63"),
        ("0,00", "0.00"),
        ("1'234'567", "1234567"),
        ("12.5 kt", "12.5"),
        ("€ 1,234,567", "1234567"),
        ("1,234,567*", "1234567"),
    ],
)
def test_numbers_as_cities_write_them(cell, value):
    each = token(cell)
    read = number(each, "ro" if vote(each) == "ro" else "en")
    assert read is not None and read.value == Decimal(value)


@pytest.mark.parametrize(
    "cell", [None, "", "-", "–", "n/a", "NE", "NO", "IE", "C", "see 2.1", "10-20", "~5,000", "n.d."]
)
def test_what_is_no_number_is_left_open(cell):
    assert not token(cell).body and not token(cell).odd


def test_no_is_a_notation_key_in_yaml_and_not_false():
    assert load(YAML).tables[0].rows[1][2] == "NO"


def test_forty_tables_under_a_second():
    table = load(YAML).tables[0]
    rows = [[f"Row {place}", place * 7, place * 3, place * 10] for place in range(1, 21)]
    tables = [
        LintTable(f"t{place}", "emissions", COLUMNS, rows, [1470, 630, 2100], unit="t")
        for place in range(39)
    ]
    started = time.process_time()
    assert lint(Document([table, *tables])) == []
    assert time.process_time() - started < 1
