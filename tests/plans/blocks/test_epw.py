"""Weather files: a whole year is read; gaps, leap days and other units are told apart."""

import csv
import io

import pytest

from vatra.plans.blocks.climate.epw import parse_epw, read_epw
from vatra.words import LANGUAGES

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
HEAD = [
    "LOCATION,Test,-,ROU,made,000000,47.2,27.6,2.0,100.0",
    *["DESIGN CONDITIONS,0"] * 6,
    "DATA PERIODS,1,1,Data,Sunday,1/1,12/31",
]


def rows(leap=False):
    """A year of hours: as many degrees as the hour, 100 Wh/m2 from nine to three."""
    made = []
    for month, days in enumerate(DAYS, 1):
        for day in range(1, days + 1 + (leap and month == 2)):
            for hour in range(1, 25):
                sun = 300 if 9 <= hour <= 15 else 0
                row = ["2019", str(month), str(day), str(hour), "0", "?", f"{hour}.0", "0.0",
                       "50", "100000", "0", "0", "300", str(sun), str(sun), str(sun // 3),
                       *["0"] * 19]  # fmt: skip
                made.append(row)
    return made


def text(made, head=HEAD):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(made)
    return "\n".join(head) + "\n" + out.getvalue()


def codes(found):
    for each in found:
        for lang in LANGUAGES:
            assert each.message(lang)
    return [(each.code.rpartition(".")[2], each.severity) for each in found]


def test_a_year_is_read(tmp_path):
    file = tmp_path / "made.epw"
    file.write_text(text(rows()))
    climate, found = read_epw(file)
    assert found == []
    assert (climate.latitude_deg, climate.longitude_deg, climate.utc_offset_h) == (47.2, 27.6, 2.0)
    assert climate.dry_bulb_c[:24].tolist() == list(range(1, 25))
    assert climate.dni_w_m2.sum() == 365 * 7 * 300
    assert not climate.synthetic


def test_a_leap_day_is_left_out_and_said():
    climate, found = parse_epw(text(rows(leap=True)), "leap.epw")
    assert codes(found) == [("epw-leap-day", "warning")]
    assert found[0].line_count == 24
    assert len(climate.dry_bulb_c) == 8760


def test_short_gaps_are_bridged_and_said():
    made = rows()
    del made[100:103]
    climate, found = parse_epw(text(made), "gap.epw")
    assert codes(found) == [("epw-gap-bridged", "warning")]
    assert "hours missing: 3, the first 01-05 05:00" in found[0].message("en")
    # Between 4.0 and 8.0 degC in four steps; hours hold as many degrees as their number.
    assert climate.dry_bulb_c[99:104] == pytest.approx([4, 5, 6, 7, 8])


def test_long_gaps_are_refused():
    made = rows()
    del made[100:104]
    climate, found = parse_epw(text(made), "gap.epw")
    assert climate is None
    assert codes(found) == [("epw-gap", "error")]
    assert "4 hours are missing, the first 01-05 05:00" in found[0].message("en")


def test_the_year_is_a_circle():
    made = rows()[2:]
    climate, found = parse_epw(text(made), "gap.epw")
    assert codes(found) == [("epw-gap-bridged", "warning")]
    # From 24 degC at midnight down to 3 degC at the third hour: 7 K an hour.
    assert climate.dry_bulb_c[:3] == pytest.approx([17, 10, 3])


def test_hours_twice_and_out_of_order():
    twice = rows()
    twice.insert(50, twice[49])
    assert codes(parse_epw(text(twice), "x.epw")[1]) == [("epw-twice", "error")]
    turned = rows()
    turned[0], turned[1] = turned[1], turned[0]
    assert codes(parse_epw(text(turned), "x.epw")[1]) == [("epw-order", "error")]


def test_missing_values_are_bridged_where_they_are_few():
    made = rows()
    made[5][6], made[7][13] = "99.9", "9999"
    climate, found = parse_epw(text(made), "x.epw")
    assert codes(found) == [("weather-bridged", "warning")] * 2
    assert [each.lines for each in found] == [(14,), (16,)]
    assert climate.dry_bulb_c[5] == 6.0
    # Sun of hour 8 lies between none in hour 7 and 300 in hour 9.
    assert climate.ghi_w_m2[7] == 150.0


def test_missing_values_in_long_gaps_are_not_zero():
    made = rows()
    for row in made[5:12]:
        row[6] = "99.9"
    made[20][13] = ""
    found = parse_epw(text(made), "x.epw")[1]
    assert codes(found) == [("weather-missing", "error"), ("weather-bridged", "warning")]
    assert found[0].lines == tuple(range(14, 21))


def test_many_short_gaps_are_no_year():
    made = rows()
    for row in made[::40]:
        row[6] = "99.9"
    climate, found = parse_epw(text(made), "x.epw")
    assert climate is None
    assert codes(found) == [("weather-many-gaps", "error")]


def test_two_files_in_one():
    whole = text(rows())
    assert codes(parse_epw(whole + whole, "x.epw")[1]) == [("epw-two-headers", "error")]


def test_a_clock_put_forward_in_summer():
    changed = rows()
    # The last Sunday of March 2019 has no third hour, that of October two.
    spring = next(n for n, row in enumerate(changed) if row[1:4] == ["3", "31", "3"])
    autumn = next(n for n, row in enumerate(changed) if row[1:4] == ["10", "27", "3"])
    changed.insert(autumn, list(changed[autumn]))
    del changed[spring]
    assert codes(parse_epw(text(changed), "x.epw")[1]) == [("epw-clock-changed", "error")]
    late = rows()
    for row in late:
        if 4 <= int(row[1]) <= 10:
            sun = 300 if 10 <= int(row[3]) <= 16 else 0
            row[13], row[14], row[15] = str(sun), str(sun), str(sun // 3)
    assert codes(parse_epw(text(late), "x.epw")[1]) == [("weather-summer-time", "error")]


def test_a_clock_of_another_zone_is_noticed():
    head = [HEAD[0].replace(",2.0,", ",-1.0,"), *HEAD[1:]]
    climate, found = parse_epw(text(rows(), head), "x.epw")
    assert climate is not None
    assert codes(found) == [("weather-clock", "warning")]


def test_steps_of_half_an_hour():
    made = [row for each in rows() for row in (each, [*each[:4], "30", *each[5:]])]
    assert codes(parse_epw(text(made), "x.epw")[1]) == [("epw-steps", "error")]


def test_other_units():
    warm = rows()
    for row in warm:
        row[6] = str(float(row[6]) * 1.8 + 32)
    assert codes(parse_epw(text(warm), "x.epw")[1]) == [("weather-fahrenheit", "error")]
    hot = rows()
    for row in hot:
        row[6] = str(float(row[6]) + 273.15)
    assert codes(parse_epw(text(hot), "x.epw")[1]) == [("weather-kelvin", "error")]
    kilo = rows()
    for row in kilo:
        row[13] = str(float(row[13]) / 1000)
    assert codes(parse_epw(text(kilo), "x.epw")[1]) == [("weather-sun", "error")]
    much = rows()
    much[12][14] = "30000"
    assert codes(parse_epw(text(much), "x.epw")[1]) == [("weather-range", "error")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("hello\n" * 20, "epw-no-location"),
        (text(rows()[:10]), "epw-gap"),
        (text([row[:9] for row in rows()]), "epw-columns"),
        (text(rows(), [*HEAD[:-1], "DATA PERIODS,1,4,Data,Sunday,1/1,12/31"]), "epw-steps"),
        (text(rows(), [HEAD[0].replace("47.2", "north"), *HEAD[1:]]), "epw-place"),
    ],
)
def test_what_is_no_year_of_hours(content, code):
    climate, found = parse_epw(content, "x.epw")
    assert climate is None
    assert (code, "error") in codes(found)


def test_a_stray_quotation_mark_stays_in_its_field():
    climate, found = parse_epw(text(rows(), [HEAD[0].replace("Test", '"Test'), *HEAD[1:]]), "x.epw")
    assert found == [] and climate.name.startswith('"Test')
