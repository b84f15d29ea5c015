import pytest

from tests.plans.stock.tables_of import rows, told
from vatra.plans.stock import (
    Building,
    Shape,
    base_wh,
    degree_days_kd,
    read_meters,
    standard_wh,
    standard_years,
)

BLOCK = Building("b1", "block_t744r_p4_1973_1982", "block", Shape(200, 60, 5, 2.7, ()), 1000.0, 15)
METER = {"building": "b1", "year": 2022, "carrier": "district_heat", "metered": "heating"}
# What falls in each month of a year of 3,000 K d.
KD = [600, 500, 420, 200, 0, 0, 0, 0, 0, 230, 450, 600]


def read(*listed, buildings=(BLOCK,), codes=("b1",)):
    return read_meters(rows("building_meters", *listed), buildings, codes, "building_meters.csv")


def monthly(amounts, **more):
    return [
        {**METER, "month": month, "amount": amount, "unit": "MWh", "degree_days_kd": days, **more}
        for month, (amount, days) in enumerate(zip(amounts, KD, strict=True), 1)
    ]


def test_degree_days_by_hand():
    # 20 - 10 = 10, 20 - 12 = 8, 12.1 is warm, 20 - (-5) = 25: 43
    assert degree_days_kd([10, 12, 12.1, -5]) == 43


def test_heating_follows_degree_days():
    # 150 MWh in 3,000 K d is 0.05 to one; in 3,510 K d 175.5
    assert standard_wh(150, 3000, 3510) == pytest.approx(175.5)
    with pytest.raises(ValueError, match="no degree days"):
        standard_wh(150, 0, 3510)


def test_hot_water_is_the_load_of_summer():
    # June to August 3, 4, 5: mean 4, times 12 = 48
    months = [30, 25, 20, 10, 5, 3, 4, 5, 5, 10, 20, 28]
    assert base_wh(months) == 48
    assert base_wh([None] * 5 + [None, 4, None] + [None] * 4) == 4
    assert base_wh([1.0] * 5 + [None] * 3 + [1.0] * 4) is None
    # More in summer than in the rest of the year: no more than there was.
    assert base_wh([0.0] * 5 + [9.0] * 3 + [0.0] * 4) == 27


@pytest.mark.parametrize(
    ("amount", "unit"),
    [("150", "MWh"), ("150000", "kWh"), ("540", "GJ"), ("128.977055", "Gcal")],
)
def test_units_meet_in_watt_hours(amount, unit):
    # 150 MWh x 3.6 = 540 GJ; / 4.184 x 3.6 = 129.0631 Gcal of 4.184 GJ
    if unit == "Gcal":
        amount = repr(540 / 4.184)
    (reading,), findings = read({**METER, "amount": amount, "unit": unit})
    assert findings == []
    assert reading.energy_wh == 150_000_000


def test_a_year_of_months_becomes_a_standard_year():
    # 4 MWh of hot water each month, and 0.05 MWh to a degree day: 48 + 150 = 198
    amounts = [4 + 0.05 * days for days in KD]
    readings, findings = read(*monthly(amounts, metered="heating_and_hot_water"))
    assert findings == []
    (year,) = standard_years(readings, 3510)
    assert year.metered_wh == 198_000_000
    assert year.base_wh == 48_000_000
    assert year.heating_wh == 150_000_000
    assert year.degree_days_kd == 3000
    # 150 / 3000 x 3510
    assert year.heating_standard_wh == 175_500_000


def test_a_meter_of_heating_alone_holds_no_hot_water():
    readings, _ = read({**METER, "amount": 150, "unit": "MWh", "degree_days_kd": 3000})
    (year,) = standard_years(readings, 3510)
    assert (year.base_wh, year.heating_standard_wh) == (0, 175_500_000)


def test_what_is_not_known_stays_unknown():
    readings, _ = read({**METER, "amount": 150, "unit": "MWh"})
    assert standard_years(readings, 3510)[0].heating_standard_wh is None
    half = monthly([10.0] * 12)[:6]
    readings, _ = read(*half)
    assert standard_years(readings, 3510) == []


def test_electricity_is_no_heat():
    light = {**METER, "carrier": "electricity", "metered": "electricity"}
    readings, _ = read({**light, "amount": 30, "unit": "MWh"})
    assert standard_years(readings, 3510) == []


def test_all_faults_of_meters_at_once():
    # 150 Gcal written as GWh; a year beside one of its months; a building nobody knows.
    gas = {**METER, "carrier": "natural_gas"}
    _, findings = read(
        {**METER, "year": 2021, "amount": 150, "unit": "GWh"},
        {**gas, "amount": 150, "unit": "MWh"},
        {**gas, "month": 1, "amount": 30, "unit": "MWh"},
        {**METER, "building": "b9", "amount": 150, "unit": "MWh"},
    )
    assert told(findings) == [
        ("meter-building", (5,)),
        ("meter-unlikely", (2,)),
        ("meter-year-and-months", (3,)),
    ]
