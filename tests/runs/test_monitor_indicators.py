"""Indicators against the straight line from their baseline to their target."""

from __future__ import annotations

from pathlib import Path

import pytest

from vatra.runs.monitor_frozen import progress_content, unit_of
from vatra.runs.monitor_indicators import Indicators, read_indicators
from vatra.runs.monitor_spending import Spending
from vatra.runs.pack import open_pack

CITY = """name: Valea Mică
code: valea-mica
base_year: 2020
target_year: 2030
numbers: plain
"""
HEAD = (
    "code,name_en,name_ro,unit,action,sector,baseline_year,baseline_value,"
    "target_year,target_value,direction,source\n"
)
VALUES = "indicator,year,quarter,value,source\n"


def read(
    folder: Path,
    rows: str,
    values: str = "",
    actions: list[str] | None = None,
    heads: str = HEAD,
) -> Indicators:
    (folder / "city.yaml").write_text(CITY, "utf-8")
    (folder / "indicators.csv").write_text(heads + rows, "utf-8")
    if values:
        (folder / "indicator_values.csv").write_text(VALUES + values, "utf-8")
    return read_indicators(open_pack(folder).rows, actions)


def test_behind_the_line_and_on_it(tmp_path: Path) -> None:
    # From 100 in 2020 to 200 in 2030 is 10 a year: 140 in 2024.
    rows = (
        "A,Bikes,Biciclete,trips,,transport,2020,100,2030,200,up,plan\n"
        "B,Heat,Căldură,GWh,,,2020,200,2030,100,down,plan\n"
    )
    found = read(tmp_path, rows, "A,2024,,139,count\nB,2024,,160,meters\n")
    first, second = found.listed
    assert first.expected(2024) == 140
    assert first.verdict == "behind"
    # From 200 down to 100: 160 in 2024, and just there.
    assert second.expected(2024) == 160
    assert second.verdict == "on_track"
    assert found.findings == ()
    assert (found.count("on_track"), found.count("behind"), found.count("no_data")) == (1, 1, 0)


def test_a_unit_that_is_a_word_is_said_in_each_language(tmp_path: Path) -> None:
    heads = HEAD.replace("unit,", "unit,unit_en,unit_ro,")
    rows = (
        "A,,,,dwellings,locuințe,,,2020,0,2030,9,up,plan\n"
        "B,,,MWh,,,,,2020,0,2030,9,up,plan\n"
        "C,,,,dwellings,,,,2020,0,2030,9,up,plan\n"
    )
    found = read(tmp_path, rows, heads=heads)
    said = [(each.unit_in("en"), each.unit_in("ro")) for each in found.listed]
    assert said == [("dwellings", "locuințe"), ("MWh", "MWh"), ("dwellings", "dwellings")]
    # Sealed by language only where they differ: other reports keep their seals.
    content = progress_content({"actions": [], "names": {}}, found, Spending((), (), None), {})[
        "indicators"
    ]
    assert [(each["unit"], each.get("units")) for each in content] == [
        ("locuințe", {"en": "dwellings", "ro": "locuințe"}), ("MWh", None), ("dwellings", None),
    ]  # fmt: skip
    assert [unit_of(each, "en") for each in content] == ["dwellings", "MWh", "dwellings"]


def test_milestones_bend_the_line(tmp_path: Path) -> None:
    rows = "A,Bikes,,trips,,,2020,0,2025,10,up,plan\nA,,,,,,,,2030,110,,plan\n"
    one = read(tmp_path, rows).listed[0]
    assert one.milestones == ((2025, 10.0), (2030, 110.0))
    # 2 a year until 2025, 20 a year after it.
    assert [one.expected(year) for year in (2020, 2023, 2025, 2026, 2030, 2035)] == [
        0, 6, 10, 30, 110, 110,
    ]  # fmt: skip
    assert one.expected(2019) is None
    assert one.verdict == "no_data"


def test_a_quarter_counts_at_its_end_and_the_year_after_its_quarters(tmp_path: Path) -> None:
    rows = "A,Bikes,,trips,,,2020,0,2024,16,up,plan\n"
    values = "A,2023,,9,count\nA,2023,4,8,count\nA,2023,1,20,count\n"
    one = read(tmp_path, rows, values).listed[0]
    assert [each.value for each in one.values] == [20, 8, 9]
    # 4 a year: one quarter into 2023 is 2022.25, so 9.
    assert one.expected(one.values[0].moment) == 9
    assert one.verdict == "behind"


def test_without_a_baseline_only_the_target_says_anything(tmp_path: Path) -> None:
    rows = "A,Bikes,,trips,,,,,2030,100,up,plan\nB,Cars,,cars,,,,,2030,100,up,plan\n"
    first, second = read(tmp_path, rows, "A,2024,,50,count\nB,2024,,100,count\n").listed
    assert (first.verdict, second.verdict) == ("no_data", "on_track")


@pytest.mark.parametrize(
    ("rows", "values", "code", "words"),
    [
        ("A,,,,,,2030,1,2030,2,up,p\n", "", "runs.indicator-years", "2030, not after"),
        ("A,,,,,,2020,5,2030,5,,p\n", "", "runs.indicator-direction", "which way"),
        ("A,,,,,,2020,,2030,5,up,p\n", "", "runs.indicator-baseline-half", "half a baseline"),
        ("A,,,,,,2020,5,2030,4,up,p\n", "", "runs.indicator-goes-back", "the other way"),
        ("A,,,,9.9,,2020,5,2030,6,up,p\n", "", "runs.indicator-action", "action 9.9"),
        ("A,,,,,,2020,5,2030,6,up,p\n", "X,2024,,1,s\n", "runs.indicator-unknown", "'X'"),
    ],
)
def test_every_fault_says_the_row_and_the_next_step(
    tmp_path: Path, rows: str, values: str, code: str, words: str
) -> None:
    found = read(tmp_path, rows, values, actions=["1.1"])
    assert [each.code for each in found.findings] == [code]
    assert words in found.findings[0].message("en")
    assert found.findings[0].message("ro") != found.findings[0].message("en")
    assert found.findings[0].lines == (2,)


def test_a_pack_without_the_tables_has_none(tmp_path: Path) -> None:
    (tmp_path / "city.yaml").write_text(CITY, "utf-8")
    assert read_indicators(open_pack(tmp_path).rows).listed == ()
