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


def test_gaps_name_their_hours():
    made = rows()
    del made[100:103]
    climate, found = parse_epw(text(made), "gap.epw")
    assert climate is None
    assert codes(found) == [("epw-gap", "error")]
    assert "3 hours are missing, the first 5 Jan 5:00" in found[0].message("en")


def test_hours_twice_and_out_of_order():
    twice = rows()
    twice.insert(50, twice[49])
    assert codes(parse_epw(text(twice), "x.epw")[1]) == [("epw-twice", "error")]
    turned = rows()
    turned[0], turned[1] = turned[1], turned[0]
    assert codes(parse_epw(text(turned), "x.epw")[1]) == [("epw-order", "error")]


def test_missing_values_are_not_zero():
    made = rows()
    made[5][6], made[7][13] = "99.9", "9999"
    found = parse_epw(text(made), "x.epw")[1]
    assert codes(found) == [("epw-missing", "error"), ("epw-missing", "error")]
    assert [each.lines for each in found] == [(14,), (16,)]


def test_other_units():
    warm = rows()
    for row in warm:
        row[6] = str(float(row[6]) * 1.8 + 32)
    assert codes(parse_epw(text(warm), "x.epw")[1]) == [("epw-fahrenheit", "error")]
    kilo = rows()
    for row in kilo:
        row[13] = str(float(row[13]) / 1000)
    assert codes(parse_epw(text(kilo), "x.epw")[1]) == [("epw-sun", "error")]
    much = rows()
    much[12][14] = "30000"
    assert codes(parse_epw(text(much), "x.epw")[1]) == [("epw-range", "error")]


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
