"""Files of PVGIS: typical years and series are read in local time; what does not fit is told.

The files are written here in the form that PVGIS 5.2 and 5.3 give them; their numbers are made up.
"""

import json

import numpy as np
import pytest

from vatra.plans.blocks import read_weather, synthetic_climate
from vatra.plans.blocks.climate.clock import noon, to_local, usual_utc_offset_h
from vatra.plans.blocks.climate.epw import parse_epw
from vatra.plans.blocks.climate.pvgis import parse_pvgis, read_pvgis
from vatra.plans.blocks.sun.position import position
from vatra.words import LANGUAGES

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
TYPICAL_YEARS = (2018, 2007, 2009, 2013, 2008, 2006, 2011, 2010, 2020, 2006, 2007, 2016)
LOCAL = synthetic_climate("iasi")
# What UTC shows is what the place shows two hours later by its own clock.
UTC = {
    name: np.roll(getattr(LOCAL, name), -2)
    for name in ("dry_bulb_c", "ghi_w_m2", "dni_w_m2", "dhi_w_m2")
}


def stamps(years, minute=0, leap=False):
    """Times of PVGIS; a year a month, or one year for all."""
    return [
        f"{years[month]}{month + 1:02d}{day:02d}:{hour:02d}{minute:02d}"
        for month, days in enumerate(DAYS)
        for day in range(1, days + 1 + (leap and month == 1))
        for hour in range(24)
    ]


def typical_rows():
    return [
        {"time(UTC)": stamp, "T2m": round(float(UTC["dry_bulb_c"][n]), 2), "RH": 80.0,
         "G(h)": round(float(UTC["ghi_w_m2"][n]), 2), "Gb(n)": round(float(UTC["dni_w_m2"][n]), 2),
         "Gd(h)": round(float(UTC["dhi_w_m2"][n]), 2), "IR(h)": 300.0, "WS10m": 1.0,
         "WD10m": 90.0, "SP": 99000.0}
        for n, stamp in enumerate(stamps(TYPICAL_YEARS))
    ]  # fmt: skip


def csv_of(rows, head):
    lines = [*head, ",".join(rows[0])]
    lines += [",".join(str(each) for each in row.values()) for row in rows]
    return "\r\n".join([*lines, "", "T2m: 2-m air temperature (degree Celsius)", "PVGIS (c) EU"])


def typical_csv(rows=None, offset=True):
    head = ["Latitude (decimal degrees): 47.200", "Longitude (decimal degrees): 27.600",
            "Elevation (m): 102.0"]  # fmt: skip
    head += ["Irradiance Time Offset (h): 0.1761"] if offset else []
    head += ["month,year", *(f"{n},{year}" for n, year in enumerate(TYPICAL_YEARS, 1))]
    return csv_of(rows or typical_rows(), head)


def series_rows(years=(2015, 2016)):
    up = np.roll(position(LOCAL).cos_zenith, -2)
    height = np.degrees(np.arcsin(np.maximum(up, 0)))
    rows = []
    for year in years:
        leap = year % 4 == 0
        hours = np.r_[0:8760] if not leap else np.r_[0 : 59 * 24, 58 * 24 : 59 * 24, 59 * 24 : 8760]
        for n, stamp in zip(hours, stamps((year,) * 12, 10, leap), strict=True):
            beam = float(UTC["dni_w_m2"][n] * max(up[n], 0)) if height[n] > 3 else 0.0
            rows.append({"time": stamp, "Gb(i)": round(beam, 2),
                         "Gd(i)": round(float(UTC["ghi_w_m2"][n]) - beam, 2), "Gr(i)": 0.0,
                         "H_sun": round(float(height[n]), 2),
                         "T2m": round(float(UTC["dry_bulb_c"][n]) + year - 2015, 2),
                         "WS10m": 1.0, "Int": 0.0})  # fmt: skip
    return rows


SERIES_HEAD = ["Latitude (decimal degrees):\t47.200", "Longitude (decimal degrees):\t27.600",
               "Elevation (m):\t102", "Radiation database:\tPVGIS-SARAH3", "", "",
               "Slope: 0 deg. ", "Azimuth: 0 deg. "]  # fmt: skip


def codes(found):
    for each in found:
        for lang in LANGUAGES:
            assert each.message(lang)
    return [each.code.rpartition(".")[2] for each in found]


@pytest.fixture(scope="module")
def typical():
    return typical_csv()


def test_a_typical_year_comes_in_local_time(typical, tmp_path):
    file = tmp_path / "tmy_47.200_27.600_2005_2023.csv"
    file.write_text(typical)
    climate, found = read_pvgis(file)
    assert codes(found) == ["pvgis-utc"]
    assert "2 h ahead" in found[0].message("en")
    assert (climate.latitude_deg, climate.utc_offset_h, climate.year) == (47.2, 2.0, 2018)
    assert not climate.synthetic
    # Samples of the full hour: the middle of an hour lies halfway to the next.
    air = UTC["dry_bulb_c"]
    assert climate.dry_bulb_c[12] == pytest.approx((air[10] + air[11]) / 2, abs=0.01)
    assert climate.ghi_w_m2.sum() == pytest.approx(LOCAL.ghi_w_m2.sum(), rel=1e-4)
    # The sun's samples at 0.1761 h, the middle at 0.5 h: the share of the next is 0.3239.
    sun = UTC["ghi_w_m2"]
    wanted = (1 - 0.3239) * sun[10] + 0.3239 * sun[11]
    assert climate.ghi_w_m2[12] == pytest.approx(wanted, abs=0.01)


def test_json_says_the_same(typical):
    place = {"latitude": 47.2, "longitude": 27.6, "elevation": 102.0,
             "irradiance_time_offset": 0.1761}  # fmt: skip
    data = {
        "inputs": {"location": place, "meteo_data": {"radiation_db": "PVGIS-SARAH3"}},
        "outputs": {"months_selected": [], "tmy_hourly": typical_rows()},
        "meta": {},
    }
    climate, found = parse_pvgis(json.dumps(data), "tmy.json")
    assert codes(found) == ["pvgis-utc"]
    assert climate.digest == parse_pvgis(typical, "tmy.csv")[0].digest
    assert "PVGIS-SARAH3" in climate.source


def test_the_epw_of_pvgis_is_in_utc_whatever_it_says(typical):
    head = [
        "LOCATION,unknown,-,unknown,ECMWF/ERA,unknown,47.200000,27.600000,2,102",
        "DESIGN CONDITIONS,0",
        "TYPICAL/EXTREME PERIODS,0",
        "GROUND TEMPERATURES,0",
        "HOLIDAYS/DAYLIGHT SAVING,No,0,0,0",
        "COMMENTS 1,ECMWF-ERA",
        "COMMENTS 2,Irradiance Time Offset (h):-0.8239",
        "DATA PERIODS,1,1,Data,Thursday, 1/ 1,12/31",
    ]
    lines = []
    for row in typical_rows():
        stamp = row["time(UTC)"]
        when = [stamp[:4], str(int(stamp[4:6])), str(int(stamp[6:8])), str(int(stamp[9:11]) + 1)]
        lines.append(",".join([*when, "0", "?", str(row["T2m"]), "1.0", "80", "99000", "9999",
                               "9999", "300", str(row["G(h)"]), str(row["Gb(n)"]),
                               str(row["Gd(h)"]), *["9999"] * 19]))  # fmt: skip
    climate, found = parse_epw("\n".join([*head, *lines]), "tmy.epw")
    assert codes(found) == ["pvgis-utc"]
    assert climate.digest == parse_pvgis(typical, "tmy.csv")[0].digest


def test_without_an_offset_the_usual_minute_is_taken(typical):
    climate, found = parse_pvgis(typical_csv(offset=False), "tmy.csv")
    assert codes(found) == ["pvgis-minute", "pvgis-utc"]
    late = noon(climate)
    assert abs(late.winter_h) < 0.5 and abs(late.summer_h) < 0.5


def test_a_year_of_a_series(tmp_path):
    text = csv_of(series_rows(), SERIES_HEAD)
    assert codes(parse_pvgis(text, "s.csv")[1]) == ["pvgis-years"]
    assert codes(parse_pvgis(text, "s.csv", 2012)[1]) == ["pvgis-no-year"]
    first, found = parse_pvgis(text, "s.csv", 2015)
    assert codes(found) == ["pvgis-utc"]
    file = tmp_path / "s.csv"
    file.write_text(text)
    shifted, found = read_weather(f"{file}@2015+1.5")
    assert codes(found) == ["pvgis-utc"] and shifted.name.endswith("2015, +1.5 K")
    assert (shifted.dry_bulb_c - first.dry_bulb_c) == pytest.approx(np.full(8760, 1.5))
    second, found = parse_pvgis(text, "s.csv", 2016)
    assert codes(found) == ["epw-leap-day", "pvgis-utc"]
    # The second year was made one kelvin warmer.
    assert (second.dry_bulb_c - first.dry_bulb_c) == pytest.approx(np.ones(8760))
    assert first.ghi_w_m2.sum() == pytest.approx(LOCAL.ghi_w_m2.sum(), rel=1e-3)
    high = position(LOCAL).cos_zenith > 0.3
    assert first.dni_w_m2[high].sum() == pytest.approx(LOCAL.dni_w_m2[high].sum(), rel=0.02)
    assert "2015" in first.name


def test_the_only_year_needs_no_choice():
    rows = series_rows((2015,))
    assert parse_pvgis(csv_of(rows, SERIES_HEAD), "s.csv")[0] is not None
    data = {"inputs": {"location": {"latitude": 47.2, "longitude": 27.6, "elevation": 102},
                       "mounting_system": {"fixed": {"slope": {"value": 0}}}},
            "outputs": {"hourly": rows}}  # fmt: skip
    climate, _ = parse_pvgis(json.dumps(data), "s.json")
    assert climate.digest == parse_pvgis(csv_of(rows, SERIES_HEAD), "s.csv")[0].digest


def without(rows, name):
    return [{key: value for key, value in row.items() if key != name} for row in rows]


def test_series_that_do_not_serve():
    rows = series_rows((2015,))[:48]
    tilted = [each.replace("0 deg", "30 deg") for each in SERIES_HEAD]
    assert codes(parse_pvgis(csv_of(rows, tilted), "s.csv")[1]) == ["pvgis-tilted"]
    summed = [{"time": row["time"], "G(i)": 1.0, "H_sun": 0.0, "T2m": 3.0} for row in rows]
    assert codes(parse_pvgis(csv_of(summed, SERIES_HEAD), "s.csv")[1]) == ["pvgis-no-parts"]
    airless = without(rows, "T2m")
    assert codes(parse_pvgis(csv_of(airless, SERIES_HEAD), "s.csv")[1]) == ["pvgis-columns"]
    assert "epw-gap" in codes(parse_pvgis(csv_of(rows, SERIES_HEAD), "s.csv")[1])


def test_all_faults_at_once(typical):
    nowhere = typical.replace("Latitude (decimal degrees): 47.200", "Latitude: north")
    assert codes(parse_pvgis(nowhere, "x.csv")[1]) == ["pvgis-place"]
    rows = typical_rows()
    for row in rows[100:110]:
        row["T2m"] = ""
    rows[20]["G(h)"] = -999.0
    rows.insert(50, rows[49])
    found = parse_pvgis(typical_csv(rows), "x.csv")[1]
    assert codes(found) == ["epw-twice", "weather-missing", "weather-range"]
    # 17 lines of header and one of names: the hour with number 20 stands in line 39.
    assert found[2].lines == (39,)
    assert codes(parse_pvgis(typical, "x.csv", 2016)[1]) == ["pvgis-typical"]


@pytest.mark.parametrize("text", ["", "hello", "{", '{"outputs": 3}', "time(UTC),T2m\n"])
def test_what_is_no_file_of_pvgis(text):
    climate, found = parse_pvgis(text, "x.csv")
    assert climate is None
    assert found and all(each.severity == "error" for each in found)
    codes(found)


def test_standard_time():
    # Timișoara lies nearer to UTC+1 by the sun, but keeps the time of Romania.
    assert usual_utc_offset_h(45.75, 21.2) == 2.0
    assert usual_utc_offset_h(45.0, 8.0) == 1.0
    assert usual_utc_offset_h(39.8, -104.9) == -7.0
    hours = np.arange(8760.0)
    # Two hours ahead, samples half past: the first local hour is that of 22:00 UTC.
    assert to_local(hours, 2.0, 0.5)[:3].tolist() == [8758.0, 8759.0, 0.0]


def test_another_reader_sees_the_same_hours(typical, tmp_path):
    """pvlib reads the same files; what we bring to local time is what it has in UTC."""
    iotools = pytest.importorskip("pvlib.iotools")
    file, series = tmp_path / "tmy.csv", tmp_path / "series.csv"
    file.write_text(typical)
    series.write_text(csv_of(series_rows((2015,)), SERIES_HEAD))
    data, meta = iotools.read_pvgis_tmy(file, map_variables=True)[:2]
    climate = parse_pvgis(typical, "tmy.csv")[0]
    assert meta is not None and len(data) == 8760
    moved = to_local(data["temp_air"].to_numpy(), 2.0, 0.0)
    assert climate.dry_bulb_c == pytest.approx(moved)
    moved = to_local(np.maximum(data["dni"].to_numpy(), 0), 2.0, 0.1761)
    assert climate.dni_w_m2 == pytest.approx(moved)
    hours = iotools.read_pvgis_hourly(series, map_variables=False)[0]
    climate = parse_pvgis(series.read_text(), "series.csv")[0]
    level = to_local((hours["Gb(i)"] + hours["Gd(i)"]).to_numpy(), 2.0, 10 / 60)
    assert climate.ghi_w_m2 == pytest.approx(level)
