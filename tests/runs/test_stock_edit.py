"""A table of changed columns becomes a new buildings.csv, or tells every fault of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")

from vatra.runs.stock import open_stock
from vatra.runs.stock_edit import Change, chosen_csv, edit_buildings

IASI = Path("examples/iasi")


def test_a_cell_that_differs_is_a_change_and_others_are_none():
    found = edit_buildings(IASI, b"building,built,heated_m2\nN01,1966,1161.74\nn02,,900\n")
    assert found.ok
    assert found.changes == (
        Change("n01", "built", 1965, 1966, 2),
        Change("n02", "built", 1970, None, 3),
        Change("n02", "heated_m2", 858.67, 900.0, 3),
    )


def test_what_spreadsheets_paste_is_read_alike():
    found = edit_buildings(IASI, b"building\theated_m2\nn02\t1.000,5\n")
    assert [each.after for each in found.changes] == [1000.5]


def test_the_new_file_gives_the_old_buildings_with_the_change(tmp_path: Path):
    for file in IASI.glob("building*"):
        shutil.copy(file, tmp_path)
    found = edit_buildings(IASI, b"building,storeys_count\nn01,6\n")
    (tmp_path / "buildings.csv").write_text(found.csv(), "utf-8")
    before, after = (open_stock(folder).buildings for folder in (IASI, tmp_path))
    changed = [one.code for one, other in zip(before, after, strict=True) if one != other]
    # Its neighbours in the terrace share more wall with it than before.
    assert "n01" in changed
    assert len(changed) <= 3
    assert {each.code: each.shape.storeys_count for each in after}["n01"] == 6


def test_taking_out_and_handing_in_changes_nothing():
    text = chosen_csv(IASI, ["name", "built", "heated_m2", "tenure"], ["n01", "s02"])
    found = edit_buildings(IASI, text.encode())
    assert (found.ok, found.sent_count, found.changes) == (True, 2, ())


def test_numbers_go_out_in_the_style_of_the_folder(tmp_path: Path):
    for name in ("city.yaml", "buildings.geojson", "buildings.csv"):
        shutil.copy(IASI / name, tmp_path)
    city = (tmp_path / "city.yaml").read_text("utf-8").replace("numbers: plain", "numbers: ro")
    (tmp_path / "city.yaml").write_text(city, "utf-8")
    rows = "building,use,built,storeys_count,flats_count,heated_m2,source\n"
    (tmp_path / "buildings.csv").write_text(rows + 'n01,block,1965,5,23,"1161,74",x\n', "utf-8")
    (tmp_path / "buildings.geojson").unlink()
    found = edit_buildings(tmp_path, b'building,heated_m2\nn01,"900,25"\n')
    assert '"900,25"' in found.csv()


def test_buildings_that_are_only_drawn_can_be_changed_too(tmp_path: Path):
    shutil.copy("examples/quarters/manastur-like/buildings.geojson", tmp_path)
    code = open_stock(tmp_path).buildings[0].code
    found = edit_buildings(tmp_path, f"building,flats_count\n{code},40\n".encode())
    assert found.ok
    assert len(found.changes) == 1
    assert len(found.csv().splitlines()) == 331


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (b"built\n1966\n", "runs.stock-edit-key"),
        (b"building\nn01\n", "runs.stock-edit-columns"),
        (b"building,built\nzz,1966\n", "runs.stock-edit-unknown"),
        (b"building,heated_m2\nn01,0\n", "plans.stock.size-zero"),
        (b"building,built\nn01,abc\n", "tables.year-wrong"),
    ],
)
def test_every_fault_has_its_code_and_no_file_is_made_of_it(table: bytes, code: str):
    found = edit_buildings(IASI, table)
    assert not found.ok
    assert code in {each.code for each in found.findings}


def test_columns_that_do_not_exist_are_refused():
    with pytest.raises(ValueError, match="beauty"):
        chosen_csv(IASI, ["beauty"], ["n01"])
