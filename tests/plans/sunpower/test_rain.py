from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.plans.blocks import synthetic_climate
from vatra.plans.sunpower import (
    SunpowerError,
    drinks_mm,
    irrigation_mm,
    monthly_rain,
    read_rain,
    runoff_m3,
    synthetic_rain,
    tanks,
    usual_sizes_m3,
)
from vatra.plans.sunpower.green import above_air_mj_m2, reference_mm

PLACES = sorted(monthly_rain())


@pytest.mark.parametrize("place", PLACES)
def test_a_synthetic_year_meets_the_months(place: str) -> None:
    rain = synthetic_rain(place)
    assert rain.synthetic and rain.rain_mm.shape == (365,)
    assert rain.monthly_mm == pytest.approx(monthly_rain()[place])
    wet = int((rain.rain_mm > 0.1).sum())
    assert 60 <= wet <= 150
    assert rain.rain_mm.max() < 80


def test_the_level_of_the_months_is_the_countrys() -> None:
    # The national weather service gives 84.5 mm for June and 77.8 mm for July, 1981 to 2010, over
    # the whole country with its mountains; these are six lowland and hill towns.
    june, july = (np.mean([monthly_rain()[place][month] for place in PLACES]) for month in (5, 6))
    assert june == pytest.approx(84.5, rel=0.1)
    assert july == pytest.approx(77.8, rel=0.15)


def test_a_place_without_rain_is_refused_with_those_known() -> None:
    with pytest.raises(SunpowerError, match="bucuresti, cluj"):
        synthetic_rain("atlantis")


def test_the_sun_above_the_air_is_that_of_fao_56() -> None:
    # Example 8: 3 September (day 246) at 20 degrees south, 32.2 MJ/m2.
    assert above_air_mj_m2(-20.0)[245] == pytest.approx(32.2, abs=0.05)


def test_hargreaves_by_hand() -> None:
    # 0.0023 (22 + 17.8) sqrt(25 - 19) x 0.408 x 32 = 0.09154 x 2.4495 x 13.056 = 2.9275 mm.
    found = reference_mm(np.array([19.0]), np.array([25.0]), np.array([32.0]))
    assert found == pytest.approx([2.9275], abs=1e-3)
    frost = reference_mm(np.array([-9.0]), np.array([-1.0]), np.array([12.0]))
    assert frost.tolist() == [0.0]


def test_a_lawn_in_romania_drinks_what_tables_say() -> None:
    for place in PLACES:
        year = drinks_mm(synthetic_climate(place), 1.0).sum()
        assert 600 <= year <= 950, place


def test_rain_fills_the_soil_before_water_is_brought() -> None:
    rain, wanted = np.zeros(365), np.zeros(365)
    wanted[180:186] = 10.0
    rain[183] = 12.0
    # 25 mm in the soil: two days and a half; then 5 mm lack; the fourth day's 12 mm serve that day
    # and leave 2; then 8 and 10 lack. Sprinklers bring 0.8 of the water.
    found = irrigation_mm(rain, wanted, 25.0) * 0.8
    assert found[180:186] == pytest.approx([0, 0, 5, 0, 8, 10])
    # In winter nothing is brought.
    winter = np.zeros(365)
    winter[:60] = 5.0
    assert not irrigation_mm(np.zeros(365), winter, 0.0).any()


def test_a_roof_by_hand() -> None:
    # 10 mm on 380 m2 of flat roof: 3.8 m3 x 0.8 x 0.9 = 2.736 m3.
    rain = np.zeros(365)
    rain[3] = 10.0
    assert runoff_m3(rain, 380).sum() == pytest.approx(2.736)
    assert runoff_m3(rain, 380, "green").sum() < runoff_m3(rain, 380, "gravel").sum() < 2.736


def test_days_of_a_tank_by_hand() -> None:
    # A tank of 3 m3. Day 0: 5 m3 run in, 2 overflow. Day 1: 2 of 2 drawn, 1 left. Day 2: 2 wanted,
    # 1 drawn, 1 from the mains; 4 run in: yield after spillage counts 3 - 1 = 2 held, so of
    # 1 + 4 = 5 m3 two spill, one is drawn, two stay. Day 3: 2 drawn, 0 left.
    into, wanted = np.zeros(365), np.zeros(365)
    into[[0, 2]] = 5.0, 4.0
    wanted[[1, 2, 3]] = 2.0
    found = tanks(into, wanted, [3.0])
    # What is left at the end of the year stands there at its beginning.
    assert found.used_m3.sum() == pytest.approx(5.0)
    assert found.mains_m3.sum() == pytest.approx(1.0)
    assert found.overflow_m3.sum() == pytest.approx(4.0)
    assert found.saved_share == pytest.approx([5 / 6])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31 - 1), st.floats(10, 5000), st.floats(0.05, 3))
def test_water_closes_and_a_larger_tank_never_saves_less(
    seed: int, roof_m2: float, per_day: float
) -> None:
    random = np.random.RandomState(seed)
    into = runoff_m3(random.standard_exponential(365) * 2, roof_m2)
    wanted = random.random_sample(365) * per_day
    found = tanks(into, wanted, [0, 1, 3, 10, 50, 400])
    assert found.used_m3 + found.mains_m3 == pytest.approx(
        np.broadcast_to(found.need_m3, found.used_m3.shape)
    )
    whole = found.used_m3 + found.overflow_m3 + found.stored_m3
    assert whole == pytest.approx(np.broadcast_to(found.runoff_m3, whole.shape), abs=1e-9)
    assert found.stored_m3.sum(axis=1) == pytest.approx(np.zeros(6), abs=1e-6)
    assert (np.diff(found.saved_share) >= -1e-12).all()
    assert found.saved_share[0] == 0.0


def test_a_curve_begins_without_a_tank() -> None:
    sizes = usual_sizes_m3(120.0)
    assert sizes[0] == 0 and sizes[-1] == 30 and (np.diff(sizes) > 0).all()


def test_tanks_that_cannot_be_are_refused() -> None:
    days = np.zeros(365)
    with pytest.raises(SunpowerError, match="zero or more"):
        tanks(days, days, [-1.0])
    with pytest.raises(SunpowerError, match="365 days"):
        tanks(days[:-1], days, [1.0])
    with pytest.raises(SunpowerError, match="missing"):
        tanks(days + np.nan, days, [1.0])


def _file(tmp_path: Path, rows: list[str]) -> Path:
    path = tmp_path / "rain.csv"
    path.write_text("date,rain_mm\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def _days(year: int) -> list[str]:
    first = date(year, 1, 1)
    count = (date(year + 1, 1, 1) - first).days
    return [f"{(first + timedelta(days=day)).isoformat()},{day % 7}" for day in range(count)]


@pytest.mark.parametrize("year", [2023, 2024])
def test_a_year_from_a_file(tmp_path: Path, year: int) -> None:
    rain, findings = read_rain(_file(tmp_path, _days(year)))
    assert not findings and rain is not None and not rain.synthetic
    assert rain.rain_mm.shape == (365,)
    assert rain.rain_mm[:5].tolist() == [0, 1, 2, 3, 4]


def test_all_faults_of_a_file_at_once(tmp_path: Path) -> None:
    rows = _days(2023)
    rows[4] = "2023-01-05,"
    rows[9] = "10.01.2023,4"
    rows[20] = "2023-01-21,-3"
    rows[30] = rows[29]
    del rows[40:44]
    rain, findings = read_rain(_file(tmp_path, rows))
    assert rain is None
    assert {each.code.rpartition(".")[2] for each in findings} == {
        "rain-number", "rain-date", "rain-range", "rain-twice", "rain-gap"
    }  # fmt: skip
    for each in findings:
        assert each.message("en") and each.message("ro")


def test_two_years_and_no_columns(tmp_path: Path) -> None:
    _, findings = read_rain(_file(tmp_path, [*_days(2022), *_days(2023)]))
    assert [each.code for each in findings] == ["plans.sunpower.rain-years"]
    path = tmp_path / "other.csv"
    path.write_text("day;mm\n1;2\n", "utf-8")
    _, findings = read_rain(path)
    assert [each.code for each in findings] == ["plans.sunpower.rain-columns"]
    _, findings = read_rain(tmp_path / "none.csv")
    assert [each.code for each in findings] == ["plans.sunpower.rain-unreadable"]
