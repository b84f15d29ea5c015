"""Many rows at once: shown cell by cell, checked whole, written in place or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

pytest.importorskip("numba", reason="the extra 'buildings' is not installed")
pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
from openpyxl import Workbook, load_workbook

from vatra.plans.stock.edit import conditions, same, settings
from vatra.runs.stock import open_stock
from vatra.runs.stock_edit_convert import converted
from vatra.runs.stock_edit_files import CellChange, FileEdit, edit_files, write_edit
from vatra.tables import FindingsError, tables

IASI = Path("examples/iasi")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    into = tmp_path / "stock"
    into.mkdir()
    for each in (*IASI.glob("building*"), IASI / "city.yaml"):
        shutil.copy(each, into)
    return into


def codes(done: FileEdit) -> list[str]:
    return [each.code for each in done.findings if each.severity == "error"]


def test_rows_are_found_by_any_column_and_only_cells_that_differ_change(folder: Path):
    done = edit_files(
        folder,
        where=["archetype=block_t744r_p4_1973_1982", "built<1978"],
        setting=["storeys_count=6", "tenure=flat_owners"],
    )
    stock = {each.code: each for each in open_stock(folder).buildings}
    meant = [
        code
        for code, each in stock.items()
        if each.archetype == "block_t744r_p4_1973_1982" and (each.built or 0) < 1978
    ]
    assert done.ok and done.rows_count == len(meant) > 0
    # They are flat owners' already.
    assert {each.column for each in done.changes} == {"storeys_count"}
    assert sorted(each.row for each in done.changes) == meant
    assert done.changes[0] == CellChange("n09", "storeys_count", "5", "6", 10)


def test_nothing_is_written_before_it_is_asked_for_and_then_only_the_cells(folder: Path):
    before = (folder / "buildings.csv").read_bytes()
    done = edit_files(folder, where=["building=n01"], setting=["built=1966"])
    assert (folder / "buildings.csv").read_bytes() == before
    assert write_edit(done) == folder / "buildings.csv"
    after = (folder / "buildings.csv").read_bytes()
    assert after == before.replace(b",1965,5,23,", b",1966,5,23,", 1)
    assert sorted(each.name for each in folder.iterdir()) == sorted(
        each.name for each in (*IASI.glob("building*"), IASI / "city.yaml")
    )


def test_a_copy_leaves_the_stock_alone(folder: Path, tmp_path: Path):
    done = edit_files(folder, where=["building=n01"], setting=["storeys_count=7"])
    write_edit(done, tmp_path / "copy")
    assert {
        each.code: each.shape.storeys_count for each in open_stock(tmp_path / "copy").buildings
    }["n01"] == 7
    assert (folder / "buildings.csv").read_bytes() == (IASI / "buildings.csv").read_bytes()
    with pytest.raises(FileExistsError):
        write_edit(done, tmp_path / "copy")


def test_a_stock_that_would_be_wrong_is_not_written(folder: Path):
    done = edit_files(folder, where=["quarter=cartier_model_nord"], setting=["storeys_count=0"])
    assert not done.ok
    # Each of the quarter's blocks is named.
    assert len(codes(done)) == 22
    with pytest.raises(ValueError):
        write_edit(done)


def test_all_faults_of_a_question_at_once(folder: Path):
    done = edit_files(
        folder,
        where=["foo=3", "built", "built<abc"],
        setting=["x=1", "storeys_count=abc", "use=castle", "building=2", "built=3000", "tenure",
                 "tenure=city", "tenure=state"],
    )  # fmt: skip
    assert sorted(codes(done)) == [
        "plans.stock.edit-column", "plans.stock.edit-column", "plans.stock.edit-condition",
        "plans.stock.edit-key", "plans.stock.edit-number", "plans.stock.edit-setting",
        "plans.stock.edit-twice", "tables.choice-unknown", "tables.number-wrong",
        "tables.year-outside",
    ]  # fmt: skip
    assert done.data is None


def test_all_faults_of_a_table_that_is_handed_in(folder: Path):
    sent = b"building,storeys_count,colour\nn01,abc,red\nzz,5,blue\n"
    done = edit_files(folder, sent=(sent, "mine.csv"))
    assert sorted(codes(done)) == [
        "runs.stock-edit-rows", "tables.column-unknown", "tables.number-wrong",
    ]  # fmt: skip
    assert {each.file for each in done.findings} == {"mine.csv"}
    assert codes(edit_files(folder, sent=(b"storeys_count\n5\n", "x.csv"))) == [
        "runs.stock-edit-keys"
    ]
    assert codes(edit_files(folder, sent=(b"building\nn01\n", "x.csv"))) == [
        "runs.stock-edit-columns"
    ]
    assert codes(edit_files(folder, sent=(b"", "x.csv")))
    assert codes(edit_files(folder, sent=(b"\xff\xfe\x00", "x.csv")))


def test_a_table_of_changes_may_be_in_any_case_and_another_style(folder: Path):
    sent = "building;heated_m2\nN01;1.200,5\nn02;858,67\n"
    done = edit_files(folder, sent=(sent.encode(), "mine.csv"))
    assert done.changes == (CellChange("n01", "heated_m2", "1161.74", "1200.5", 2),)


def test_numbers_of_a_table_of_changes_are_read_in_its_own_style(folder: Path):
    """1.200 beside 858,67 is twelve hundred, and must not become 1.2 in a file of points."""
    sent = "building;heated_m2\nn01;1.200\nn02;858,5\n"
    done = edit_files(folder, sent=(sent.encode(), "mine.csv"))
    assert [each.after for each in done.changes] == ["1200", "858.5"]


def test_numbers_are_written_as_the_file_writes_them(folder: Path):
    city = (folder / "city.yaml").read_text("utf-8").replace("numbers: plain", "numbers: ro")
    (folder / "city.yaml").write_text(city, "utf-8")
    (folder / "buildings.geojson").unlink()
    before = (
        "building;use;built;storeys_count;flats_count;heated_m2;source;culoare\r\n"
        'n01;block;1965;5;23;1161,74;x;"roșu"\r\n'
    )
    for name in ("building_elements.csv", "building_systems.csv"):
        (folder / name).unlink()
    (folder / "buildings.csv").write_bytes(before.encode())
    done = edit_files(folder, where=["heated_m2>1000"], setting=["heated_m2=900.25"])
    assert done.ok and done.data == before.replace("1161,74", "900,25").encode()
    # In this file 1.161 is more than a thousand, and 1161 is the same.
    (folder / "buildings.csv").write_bytes(before.replace("1161,74", "1.161").encode())
    done = edit_files(folder, where=["heated_m2>1000"], setting=["heated_m2=1161"])
    assert (done.ok, done.rows_count, done.changes) == (True, 1, ())
    # Nine hundred, or nine hundred thousand?
    assert codes(edit_files(folder, setting=["heated_m2=900.125"])) == ["tables.number-ambiguous"]


def test_elements_and_systems_are_found_by_their_buildings(folder: Path):
    done = edit_files(
        folder,
        table="building_systems",
        where=["quarter=cartier_model_nord", "service=heating"],
        setting=["share_percent=90"],
    )
    assert done.rows_count == len(done.changes) == 22
    assert done.changes[0].row == "n01/heating/district_heat"
    # The whole stock is checked, so that a heating of 90 % would be told if it were a fault.
    assert done.stock is not None
    walls = edit_files(
        folder, table="building_elements", where=["kind=wall"], setting=["u_w_m2k=50"]
    )
    assert not walls.ok and all(each.startswith("plans.stock.") for each in codes(walls))


def test_a_drawing_alone_is_changed_too(folder: Path):
    (folder / "buildings.csv").unlink()
    rows = json.loads(converted(IASI, "buildings.geojson")[0])
    (folder / "buildings.geojson").write_text(json.dumps(rows, indent=1), "utf-8")
    done = edit_files(folder, where=["building=n01"], setting=["storeys_count=6", "tenure=city"])
    assert done.ok and done.file == "buildings.geojson"
    assert [(each.column, each.before, each.after) for each in done.changes] == [
        ("storeys_count", "5", "6"), ("tenure", "flat_owners", "city"),
    ]  # fmt: skip
    made = json.loads(done.data or b"")
    rows["features"][0]["properties"] |= {"storeys_count": 6, "tenure": "city"}
    assert made == rows


def test_a_workbook_keeps_what_no_table_knows(folder: Path):
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    text = (folder / "buildings.csv").read_text("utf-8").splitlines()
    for n, line in enumerate(text):
        values = [each or None for each in line.split(",")]
        sheet.append([*(_number(each) for each in values), "culoare" if n == 0 else f"={n}+1"])
    (folder / "buildings.csv").unlink()
    made.save(folder / "buildings.xlsx")
    done = edit_files(folder, where=["building=n02"], setting=["heated_m2=900", "name="])
    assert done.ok
    write_edit(done)
    cells = load_workbook(folder / "buildings.xlsx").active
    assert cells is not None
    row = [each.value for each in cells[3]]
    assert row[0] == "n02" and row[1] is None and row[10] == 900 and row[-1] == "=2+1"


def _number(text: str | None) -> str | float | None:
    try:
        return float(text or "")
    except ValueError:
        return text


def test_sizes_that_a_drawing_overrules_are_told(folder: Path):
    done = edit_files(folder, where=["building=n01"], setting=["party_m=5"])
    assert done.ok and [each.code for each in done.findings] == ["runs.stock-edit-drawn"]


def test_what_means_the_same_is_no_change(folder: Path):
    column = tables()["buildings"].by_name
    assert same(column["tenure"], "flat_owners", "Flat owners")
    assert same(column["heated_m2"], "900", "900.0") and not same(column["heated_m2"], "9", "")
    assert not same(column["name"], "a", "A")
    done = edit_files(folder, where=["building=n01"], setting=["heated_m2=1161,74"])
    assert done.ok and done.changes == ()


def test_conditions_and_settings_as_data():
    table = tables()["buildings"]
    (one, other), faults = conditions(["built<=1970", "tenure!="], [table])
    assert faults == []
    assert one.holds("1970") and not one.holds("1971") and not one.holds(None)
    assert other.holds("city") and not other.holds(None)
    assert settings(["note=a=b", "name="], table)[0] == {"note": "a=b", "name": None}


def test_there_and_back_keeps_buildings_and_foreign_columns(folder: Path, tmp_path: Path):
    lines = (folder / "buildings.csv").read_text("utf-8").splitlines()
    lines = [f"{line},{'culoare' if n == 0 else f'roșu {n}'}" for n, line in enumerate(lines)]
    (folder / "buildings.csv").write_text("\n".join(lines) + "\n", "utf-8")
    drawn, findings = converted(folder, "buildings.geojson")
    assert findings == [] or all(each.severity != "error" for each in findings)
    first = json.loads(drawn)["features"][0]["properties"]
    assert first["culoare"] == "roșu 1" and first["built"] == 1965
    other = tmp_path / "drawn"
    other.mkdir()
    for each in folder.glob("building_*"):
        shutil.copy(each, other)
    (other / "buildings.geojson").write_bytes(drawn)
    table, _ = converted(other, "buildings.csv")
    assert "roșu 1" in table.decode() and table.decode().splitlines()[0].endswith(",culoare")
    one, two = open_stock(folder).buildings, open_stock(other).buildings
    assert [(e.code, e.heated_m2, e.shape, e.tenure) for e in one] == [
        (e.code, e.heated_m2, e.shape, e.tenure) for e in two
    ]
    # As a table alone, sizes are those that the drawing said.
    (other / "buildings.geojson").unlink()
    (other / "buildings.csv").write_bytes(table)
    alone = {each.code: each for each in open_stock(other).buildings}
    for each in one:
        assert alone[each.code].shape.perimeter_m == pytest.approx(each.shape.perimeter_m, abs=2e-3)


def test_what_nobody_drew_cannot_be_drawn(folder: Path):
    (folder / "buildings.geojson").unlink()
    with pytest.raises(FindingsError, match="no footprint"):
        converted(folder, "buildings.geojson")
