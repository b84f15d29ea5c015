"""What a town may write wrongly into any table of activity: named by row, never a traceback.

Every table of the invented town is changed in one cell, one row or one column at a time and read
with the rows of the table alone, through the same doors as a city's pack.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vatra.methods import activity_methods
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack
from vatra.tables import Column, Finding, Table, fold, tables
from vatra.words import LANGUAGES, has, say

TOWN = Path("examples/valea-lupului-de-sus")
NAMES = sorted({method.table for method in activity_methods().values()} | {"waste_composition"})
# Tables whose rows mean nothing without those of another.
WITH = {"solid_waste": ["waste_composition"], "waste_composition": ["solid_waste"]}
Rows = list[dict[str, str]]


def rows_of(name: str) -> Rows:
    """The town's rows of its base year, or before."""
    with (TOWN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if int(row["year"]) <= 2021]


def written(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = ()) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns or list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def pack(folder: Path, name: str, content: str | bytes, suffix: str = ".csv") -> Path:
    """A pack of the town's city and factors, one row of energy and one table of activity."""
    for file in folder.iterdir():
        file.unlink()
    for other in ("city.yaml", "factors.csv", *(f"{each}.csv" for each in WITH.get(name, []))):
        (folder / other).write_bytes((TOWN / other).read_bytes())
    energy = (TOWN / "energy.csv").read_text("utf-8").splitlines()[:2]
    (folder / "energy.csv").write_text("\n".join(energy) + "\n", "utf-8")
    data = content if isinstance(content, bytes) else content.encode()
    (folder / f"{name}{suffix}").write_bytes(data)
    return folder


def found(folder: Path) -> list[Finding]:
    """Everything said about a pack, after everything that can be computed from it was."""
    opened = open_pack(folder)
    findings = list(opened.findings)
    if opened.ok:
        computed = inventory(opened)
        findings += computed.findings
        assert len(computed.gpc) and computed.results.columns
        computed.doubt_rows()
    assert all(each.message(lang) for each in findings for lang in LANGUAGES)
    return findings


def errors_at(findings: Sequence[Finding], line: int, file: str) -> list[Finding]:
    return [
        each
        for each in findings
        if each.severity == "error" and line in each.lines and each.file == file
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_of_the_town_are_whole(name, tmp_path):
    assert not [each for each in found(pack(tmp_path, name, written(rows_of(name))))
                if each.severity == "error"]  # fmt: skip


# One wrong cell

NO_NUMBERS = ("abc", "nan", "inf", "1e400", "12 34", "20 %", "=1+1", "1e300")
NO_CODES = ("nothing known", "<b>x</b>", "=1+1")
NO_UNITS = ("barrels", "m3 of what", "%%")
NO_YEARS = ("", "20x1", "2021.5", "-2021", "202²", "٢٠٢١")


def wrong_cells(table: Table) -> Iterator[tuple[Column, str]]:
    """Each column with texts that it can never hold, of numbers three in turn."""
    units = {each.unit_column for each in table.columns}
    turn = itertools.cycle(NO_NUMBERS)
    for column in table.columns:
        texts: tuple[str, ...] = ()
        if column.name in units:
            texts = NO_UNITS
        elif column.kind == "number":
            below = () if column.may_be_negative else ("-5",)
            texts = (*itertools.islice(turn, 3), *below)
        elif column.kind == "year":
            texts = NO_YEARS
        elif column.kind == "choice":
            texts = NO_CODES
        if column.required and column.default is None and texts:
            texts = (*texts, "")
        yield from ((column, text) for text in texts)


def filled(rows: Rows, column: str) -> int:
    """The first row that has something in the column, else the first."""
    return next((place for place, row in enumerate(rows) if row.get(column)), 0)


def _may_stand(rows: Rows, table: Table, column: Column, place: int) -> bool:
    """Whether a unit stands beside no amount, where it says nothing."""
    amounts = [each.name for each in table.columns if each.unit_column == column.name]
    return bool(amounts) and not any(rows[place].get(each) for each in amounts)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_cell_is_named_by_file_row_and_column(name, tmp_path):
    table, rows = tables()[name], rows_of(name)
    silent = []
    for column, text in wrong_cells(table):
        place = filled(rows, column.name)
        if column.name not in rows[0] or _may_stand(rows, table, column, place):
            continue
        changed = [dict(row) for row in rows]
        changed[place][column.name] = text
        findings = found(pack(tmp_path, name, written(changed)))
        said = errors_at(findings, place + 2, table.file_name)
        if not any(column.name in each.column for each in said):
            silent.append((column.name, text, [each.code for each in findings]))
    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_an_amount_without_a_unit_is_an_error(name, tmp_path):
    table, rows = tables()[name], rows_of(name)
    for column in table.columns:
        place = filled(rows, column.name)
        if not column.unit_column or not rows[place].get(column.name):
            continue
        changed = [dict(row) for row in rows]
        changed[place][column.unit_column] = ""
        said = errors_at(found(pack(tmp_path, name, written(changed))), place + 2, table.file_name)
        assert {each.column for each in said} == {column.unit_column}
        without = [each for each in rows[0] if each != column.unit_column]
        bare = [{each: row[each] for each in without} for row in rows]
        assert [each for each in found(pack(tmp_path, name, written(bare)))
                if each.severity == "error" and column.unit_column in
                (each.column, *each.params.get("columns", ()))]  # fmt: skip


IN_PERCENT = [(name, each.name) for name in NAMES for each in tables()[name].columns
              if each.above_one]  # fmt: skip


@pytest.mark.parametrize(("name", "column"), IN_PERCENT)
def test_a_share_where_per_cents_stand_is_a_warning(name, column, tmp_path):
    rows = rows_of(name)
    place = filled(rows, column)
    rows[place][column] = "0.62"
    (warning,) = [each for each in found(pack(tmp_path, name, written(rows)))
                  if each.code == "tables.share-for-percent"]  # fmt: skip
    assert (warning.lines, warning.column, warning.severity) == ((place + 2,), column, "warning")
    assert "Write 62 if 62% is meant" in warning.message("en")


# Whole rows, columns and files


@pytest.mark.parametrize("name", NAMES)
def test_a_row_that_stands_twice_is_an_error(name, tmp_path):
    rows = rows_of(name)
    findings = found(pack(tmp_path, name, written([*rows, rows[0]])))
    (twice,) = [each for each in findings if each.code == "tables.duplicate"]
    assert twice.lines == (2, len(rows) + 2)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_column_is_an_error(name, tmp_path):
    rows = rows_of(name)
    for column in tables()[name].columns:
        if not column.required or column.default is not None:
            continue
        columns = [each for each in rows[0] if each != column.name]
        bare = [{each: row[each] for each in columns} for row in rows]
        (finding,) = [each for each in found(pack(tmp_path, name, written(bare)))
                      if each.code == "tables.columns-missing"]  # fmt: skip
        assert finding.params["columns"] == [column.name]


@pytest.mark.parametrize("name", NAMES)
def test_one_row_alone_a_column_too_many_and_no_rows(name, tmp_path):
    rows = rows_of(name)
    found(pack(tmp_path, name, written(rows[:1])))
    more = [row | {"mystery": "x"} for row in rows]
    codes = {each.code for each in found(pack(tmp_path, name, written(more)))}
    assert "tables.column-unknown" in codes
    found(pack(tmp_path, name, written([], list(rows[0]))))


BROKEN = {"empty": b"", "bytes": b"\x00\xff\xfe\x01" * 50, "prose": b"hello world\nno table\n",
          "workbook": b"PK\x03\x04 no workbook"}  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), list(itertools.product(NAMES, BROKEN)))
def test_a_file_that_is_no_table_is_an_error(name, kind, tmp_path):
    for suffix in (".csv", ".xlsx"):
        findings = found(pack(tmp_path, name, BROKEN[kind], suffix))
        assert [each for each in findings
                if each.severity == "error" and each.file == f"{name}{suffix}"]  # fmt: skip


# Anything at all

CELLS = st.one_of(
    st.sampled_from(["", "0", "-1", "1e15", "1e-300", "0,5", "1.234,5", "١", " ", "\u200b"]),
    st.text(max_size=12),
    st.floats().map(repr),
    st.integers(-(10**18), 10**18).map(str),
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_text_in_any_cell_raises(name, tmp_path, data):
    rows = rows_of(name)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(rows) - 1))
        rows[place][data.draw(st.sampled_from(sorted(rows[0])))] = data.draw(CELLS)
    found(pack(tmp_path, name, written(rows).encode("utf-8", "replace")))


# Words

VOCABULARIES = sorted(
    {each.vocabulary for table in tables().values() for each in table.columns if each.vocabulary}
)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_no_two_codes_share_a_spelling(vocabulary):
    prefix = f"tables.{vocabulary}-"
    column = next(
        each
        for table in tables().values()
        for each in table.columns
        if each.vocabulary == vocabulary
    )
    spelt: dict[str, str] = {}
    for code in column.codes():
        labels = [say(prefix + code, lang) for lang in LANGUAGES if has(prefix + code)]
        for spelling in {fold(each) for each in (code, *labels)}:
            assert spelt.setdefault(spelling, code) == code
