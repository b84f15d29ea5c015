"""Bad meters: each year that cannot be used is told with its rows."""

from __future__ import annotations

import pytest

from tests.plans.stock.tables_of import rows
from tests.plans.stock.test_meters import KD
from vatra.plans.bills import observe
from vatra.plans.stock import read_meters
from vatra.words import LANGUAGES

METER = {"building": "b1", "year": 2022, "carrier": "district_heat", "metered": "heating"}
MONTHS = [4 + 0.05 * days for days in KD]


def seen(*listed):
    readings, found = read_meters(rows("building_meters", *listed), [], ["b1"], "m.csv")
    assert [each for each in found if each.severity == "error"] == []
    observations, findings = observe(readings, 3510.0, "m.csv")
    for each in findings:
        assert all(each.message(lang) for lang in LANGUAGES)
    told = [(each.code.removeprefix("plans.bills."), each.lines) for each in findings]
    return observations.get("b1", ()), told


def year(amount, unit="MWh", kd=3000, **more):
    return {**METER, "amount": amount, "unit": unit, "degree_days_kd": kd, **more}


def months(amounts=MONTHS, unit="MWh", left_out=(), **more):
    return [
        {**METER, "metered": "heating_and_hot_water", "month": month, "amount": amount,
         "unit": unit, "degree_days_kd": days, **more}
        for month, (amount, days) in enumerate(zip(amounts, KD, strict=True), 1)
        if month not in left_out
    ]  # fmt: skip


def test_each_row_is_read_in_its_own_unit():
    # 1 Gcal is 1.163 MWh here as 4.184 GJ / 3.6; three years of the same heat.
    found, told = seen(
        year(150, year=2022), year(150_000, "kWh", year=2023), year(540 / 4.184, "Gcal", year=2024)
    )
    assert told == []
    assert found[0].years == (2022, 2023, 2024)
    assert found[0].wh == pytest.approx(150e6, rel=1e-6)


@pytest.mark.parametrize(("amount", "unit"), [(150, "kWh"), (129, "kWh"), (150_000, "MWh")])
def test_a_year_in_another_unit_is_told_with_its_row(amount, unit):
    # MWh, or Gcal, written as kWh: 1,000 or 1,163 times apart.
    found, told = seen(year(150, year=2021), year(155, year=2022), year(amount, unit, year=2023))
    assert found == ()
    assert told == [("unit-of-years", (4,))]


def test_months_in_another_unit_are_told_with_their_rows():
    mixed = months()
    mixed[10]["unit"] = "kWh"
    found, told = seen(*mixed)
    assert found == ()
    assert told == [("unit-of-months", (12,))]


def test_a_gap_is_no_zero():
    found, told = seen(*months(left_out=(2, 11)))
    assert found == ()
    assert told == [("months-missing", tuple(range(2, 12)))]


def test_heating_alone_may_be_silent_in_summer():
    amounts = [0.05 * days for days in KD]
    found, told = seen(*months(amounts, left_out=(5, 6, 7, 8, 9), metered="heating"))
    assert [each.part for each in found] == ["year"]
    # 0.05 MWh x 3,000 K d, in 3,000 / 3,510 of a standard year
    assert found[0].wh == pytest.approx(150e6)
    assert found[0].degree_ratio == pytest.approx(3000 / 3510)
    assert told == [("summer-silent", tuple(range(2, 9)))]


def test_heating_in_july_is_no_heating():
    found, told = seen(*months(metered="heating"))
    assert found == ()
    # June to August in rows 7 to 9
    assert told == [("heating-in-summer", (7, 8, 9))]


def test_a_year_counted_twice_goes():
    both = year(200, metered="heating_and_hot_water")
    found, told = seen(year(150), both, year(150, year=2023))
    assert told == [("counted-twice", (2, 3))]
    assert [each.years for each in found] == [(2023,)]


def test_a_year_that_reads_nothing_goes():
    found, told = seen(year(0), year(150, year=2023))
    assert ("nothing-metered", (2,)) in told
    assert found[0].years == (2023,)


def test_years_far_apart_are_kept_and_told():
    found, told = seen(year(150), year(300, year=2023))
    assert told == [("years-apart", (2, 3))]
    assert found[0].wh == pytest.approx(225e6)


def test_weather_that_is_not_known_makes_the_meter_less_sure():
    sure, _ = seen(year(150))
    unsure, told = seen(year(150, kd=None))
    assert told == [("weather-unknown", (2,))]
    assert unsure[0].spread > 1.5 * sure[0].spread
    assert unsure[0].degree_ratio == 1.0


def test_months_of_both_are_summer_and_what_is_above():
    found, told = seen(*months())
    assert told == []
    summer, above = found
    # June to August 4 MWh each: 48 in a year; 198 metered less 48 are 150.
    assert (summer.part, summer.wh) == ("summer", pytest.approx(48e6))
    assert (above.part, above.wh) == ("above_summer", pytest.approx(150e6))
    assert (summer.degree_ratio, above.degree_ratio) == (1.0, pytest.approx(3000 / 3510))


def test_more_years_are_surer():
    one, _ = seen(year(150))
    three, _ = seen(*(year(150, year=each) for each in (2022, 2023, 2024)))
    # meter 2 %, model 4 %, weather 4 % of one year: 6 %; of three: sqrt(4 + 16 + 16/3) = 5.03 %
    assert one[0].spread == pytest.approx(0.06)
    assert three[0].spread == pytest.approx(0.0503, abs=1e-4)
