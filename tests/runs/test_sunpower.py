"""A block and a quarter in the sun, from their folder to cents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from vatra.plans.sunpower import synthetic_rain
from vatra.runs.sunpower import Asked, SunRun, run_sun
from vatra.runs.sunpower_picture import weeks
from vatra.runs.sunpower_rain import rain_rows, run_rain
from vatra.runs.sunpower_rows import member_rows, month_rows, per_kwp_kwh, summary
from vatra.tables import FindingsError

pytest.importorskip("numba")
pytest.importorskip("pvlib")

TODAY = date(2026, 11, 22)
BUILDINGS = """building,built,storeys_count,flats_count,source
a,1978,5,20,survey
b,1978,5,20,survey
c,1988,11,66,survey
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stock")
    (path / "buildings.csv").write_text(BUILDINGS, "utf-8")
    return path


@pytest.fixture(scope="module")
def block(folder: Path) -> SunRun:
    return run_sun(folder, "iasi", Asked(TODAY, kwp=12, battery_kwh=15), "a")


@pytest.fixture(scope="module")
def quarter(folder: Path) -> SunRun:
    return run_sun(folder, "iasi", Asked(TODAY, battery_kwh=5))


def test_months_of_a_block_close(block: SunRun) -> None:
    for row in month_rows(block):
        # Each is rounded to a watt-hour.
        assert row["load_wh"] == pytest.approx(row["own_wh"] + row["bought_wh"], abs=2)
        out = row["own_wh"] + row["fed_wh"] + row["lost_wh"] + row["stored_wh"]
        assert row["made_wh"] == pytest.approx(out, abs=3)
        assert row["shared_wh"] == 0
    assert sum(row["stored_wh"] for row in month_rows(block)) == pytest.approx(0, abs=12)
    assert 1_050 < (per_kwp_kwh(block) or 0) < 1_290


def test_flats_share_all_that_the_block_uses_and_feeds(block: SunRun) -> None:
    year = block.blocks[0].flow
    assert len(block.names) == 21 and block.names[-1] == ""
    assert block.members.own_wh.sum() == pytest.approx(year.own_w.sum(), rel=1e-9)
    assert block.members.fed_wh.sum() == pytest.approx(year.fed_w.sum(), rel=1e-9)
    rows = member_rows(block)
    assert sum(row["total_cents"] for row in rows) == summary(block)["total_cents"]
    # The stairs save the whole price of what they use, flats the active energy alone.
    stairs, flat = rows[-1], rows[0]
    ratio = 160 / 96
    assert (stairs["own_cents"] / stairs["own_wh"]) / (
        flat["own_cents"] / flat["own_wh"]
    ) == pytest.approx(ratio, rel=1e-3)


def test_one_meter_saves_the_whole_price(folder: Path, block: SunRun) -> None:
    asked = Asked(TODAY, kwp=12, battery_kwh=15, one_meter=True)
    whole = run_sun(folder, "iasi", asked, "a")
    assert whole.total_cents.sum() > block.total_cents.sum()
    assert whole.income.credit_cents.sum() == block.income.credit_cents.sum()


def test_a_fixed_key_leaves_more_to_the_grid(folder: Path, block: SunRun) -> None:
    fixed = run_sun(folder, "iasi", Asked(TODAY, kwp=12, battery_kwh=15, share="static"), "a")
    assert fixed.members.own_wh.sum() < block.members.own_wh.sum()
    assert fixed.members.fed_wh.sum() > block.members.fed_wh.sum()


def test_larger_flats_have_more_of_it(folder: Path) -> None:
    areas = (40.0,) * 10 + (80.0,) * 10
    found = run_sun(folder, "iasi", Asked(TODAY, share="static", flat_m2=areas), "a")
    own = found.members.own_wh[:-1].sum(axis=1)
    assert own[10:].mean() > 1.5 * own[:10].mean()


def test_a_quarter_closes_and_blocks_have_of_each_other(quarter: SunRun) -> None:
    months = month_rows(quarter)
    for row in months:
        served = row["own_wh"] + row["shared_wh"] + row["bought_wh"]
        assert row["load_wh"] == pytest.approx(served, abs=3)
        out = row["own_wh"] + row["shared_wh"] + row["fed_wh"] + row["lost_wh"] + row["stored_wh"]
        assert row["made_wh"] == pytest.approx(out, abs=4)
    assert sum(row["shared_wh"] for row in months) > 0
    assert [row["member"] for row in member_rows(quarter)] == ["a", "b", "c"]
    # Two blocks of one kind have the same.
    first, second = member_rows(quarter)[:2]
    assert first["direct_wh"] == second["direct_wh"]
    # A cent of rounding in each of four amounts.
    assert abs(first["total_cents"] - second["total_cents"]) <= 4


def test_a_roof_takes_no_more_than_fits(folder: Path) -> None:
    found = run_sun(folder, "iasi", Asked(TODAY, kwp=45))
    small = [each for each in found.blocks if each.kwp < 45]
    assert small and all(each.kwp == each.roof_kwp for each in small)
    assert [each.code for each in found.findings] == ["runs.sun-roof-small"]
    assert "45.0 kWp do not fit" in found.findings[0].message("en")


def test_other_flats_than_the_building_has_are_told(folder: Path) -> None:
    found = run_sun(folder, "iasi", Asked(TODAY, kwp=5, flat_m2=(50.0, 60.0)), "a")
    assert [each.code for each in found.findings] == ["runs.sun-flats-differ"]
    assert len(found.names) == 3


def test_no_panels_no_sun(folder: Path) -> None:
    none = run_sun(folder, "iasi", Asked(TODAY, kwp=0), "a")
    assert not none.total_cents.any()
    assert per_kwp_kwh(none) is None
    assert summary(none)["own_share"] is None


def test_faults_are_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as told:
        run_sun(folder, "atlantis", Asked(TODAY, kwp=float("nan"), battery_kwh=-1), "z")
    codes = {each.code for each in told.value.findings}
    assert {"runs.sun-no-building", "runs.sun-size"} < codes
    assert any("climate" in each for each in codes)
    with pytest.raises(FindingsError, match="no buildings|stock-none"):
        run_sun(tmp_path, "iasi", Asked(TODAY))
    with pytest.raises(FindingsError) as told:
        run_sun(folder, "iasi", Asked(date(2019, 1, 1)), "a")
    assert [each.code for each in told.value.findings] == ["plans.sunpower.no-rule"]


def test_the_picture_holds_two_weeks_that_close(block: SunRun) -> None:
    for lang, month in (("en", "14–20 July"), ("ro", "14–20 iulie")):
        chart = weeks(block, lang)  # type: ignore[arg-type]
        svg = chart.svg()
        assert month in svg and chart.synthetic
        assert svg == weeks(block, lang).svg()  # type: ignore[arg-type]
        for week in chart.data["weeks"]:
            served = np.sum([week[name] for name in ("direct", "out", "bought")], axis=0)
            assert served == pytest.approx(week["load"], abs=1e-9)
    assert len(chart.rows) == 12


def test_tanks_under_a_roof(block: SunRun, tmp_path: Path) -> None:
    found = run_rain(block.climate, 300.0, 400.0, rain="iasi")
    rows = rain_rows(found)
    assert rows[0]["saved_share"] == 0 and rows[-1]["saved_share"] > 0.6
    for row in rows:
        assert row["used_m3"] + row["mains_m3"] == pytest.approx(row["need_m3"], abs=0.11)
        assert row["used_m3"] + row["overflow_m3"] == pytest.approx(row["runoff_m3"], abs=0.11)
    # A zone stands for its first place.
    assert run_rain(block.climate, 300.0, 400.0, rain="III").rain is synthetic_rain("iasi")
    with pytest.raises(FindingsError):
        run_rain(block.climate, 300.0, 400.0, rain="atlantis")
    with pytest.raises(FindingsError):
        run_rain(block.climate, 300.0, 400.0, rain=tmp_path / "none.csv")
