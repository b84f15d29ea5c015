"""Whatever a face writes comes back to the same rows, in every format."""

from __future__ import annotations

import json

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from polars.testing import assert_frame_equal

from tests.faces.generated import reports
from vatra.faces import faces
from vatra.faces.files import FORMATS, read, write
from vatra.words import LANGUAGES

ENDINGS = sorted(FORMATS)


def same(face, report, folder, ending, lang="en"):
    path = folder / f"inventory{ending}"
    write(face, report, path, lang)
    back = read(face, path)
    for part, frame in face.write(report).items():
        assert_frame_equal(back.frames[part], frame, check_exact=True)
    return back


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", sorted(faces()))
def test_cluj_comes_back_from_every_face_and_format(name, ending, lang, cluj_all, tmp_path):
    back = same(faces()[name], cluj_all, tmp_path, ending, lang)
    assert any(len(frame) for frame in back.frames.values())


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", sorted(faces()))
def test_any_rows_come_back(name, ending, tmp_path_factory):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(reports())
    def holds(report):
        face = faces()[name]
        back = same(face, report, tmp_path_factory.mktemp("trip"), ending)
        shown = any(len(frame) for frame in back.frames.values())
        # A workbook and JSON hold tables without rows too; no row, no mark.
        assert back.synthetic == (report.city.synthetic and shown)

    holds()


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
@pytest.mark.parametrize("name", sorted(faces()))
def test_every_sub_sector_of_the_invented_town_comes_back(name, ending, town, tmp_path):
    back = same(faces()[name], town, tmp_path, ending)
    assert back.synthetic


def test_rows_of_cluj_are_the_rows_of_its_inventory(cluj, cluj_all, tmp_path):
    face = faces()["rows"]
    path = tmp_path / "rows.csv"
    write(face, cluj_all, path)
    found = read(face, path).frames["rows"]
    for column in ("emission_mg", "co2e_mg", "line", "evidence_id", "factor_id", "category"):
        assert found[column].to_list() == cluj.results[column].to_list()


@given(st.integers(-(2**62), 2**62))
def test_every_milligram_survives_as_tonnes(mass_mg):
    from vatra.faces.fields import Field

    field = Field("co2e_mg", "mass")
    assert field.parsed(str(field.printed(mass_mg))) == mass_mg


def test_a_sheet_keeps_seventeen_digits(cluj_base, tmp_path):
    # 0.1 + 0.2 needs 17 digits; the writer's own 16 would give 0.3.
    results = cluj_base.results.with_columns(pl.lit(0.1 + 0.2).alias("activity"))
    report = type(cluj_base)(cluj_base.city, results, cluj_base.lines)
    path = tmp_path / "rows.xlsx"
    write(faces()["rows"], report, path)
    assert set(read(faces()["rows"], path).frames["rows"]["activity"]) == {0.1 + 0.2}


def test_what_a_float_cannot_hold_travels_as_text(cluj_base, tmp_path):
    mass_mg = 2**53 + 1
    results = cluj_base.results.with_columns(pl.lit(mass_mg).alias("co2e_mg"))
    report = type(cluj_base)(cluj_base.city, results, cluj_base.lines)
    write(faces()["rows"], report, tmp_path / "rows.json")
    table = json.loads((tmp_path / "rows.json").read_text("utf-8"))["tables"]["rows"]
    assert table["rows"][0][table["columns"].index("co2e_mg")] == "9007199254740993"
    assert set(read(faces()["rows"], tmp_path / "rows.json").frames["rows"]["co2e_mg"]) == {mass_mg}


def test_the_same_bytes_every_time(cluj_base, tmp_path):
    for ending in ENDINGS:
        first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
        write(faces()["gpc"], cluj_base, first)
        write(faces()["gpc"], cluj_base, second)
        assert first.read_bytes() == second.read_bytes(), ending


def test_numbers_in_a_workbook_are_numbers(cluj_base, tmp_path):
    write(faces()["gpc"], cluj_base, tmp_path / "gpc.xlsx")
    sheet = load_workbook(tmp_path / "gpc.xlsx")["gpc"]
    headings = [cell.value for cell in sheet[1]]
    basic = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "BASIC")
    # The rows of Cluj-Napoca add up to 1,167,221.460 t; rounding in print adds 1.54 t.
    assert basic[headings.index("total [t CO2e]")] == 1167221.46
