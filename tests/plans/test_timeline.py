"""Years with rows, gaps as findings, and interpolation that is asked for and marked."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.timeline import gap_findings, gaps, series, years_with_rows

SUB = ("sub_sector",)


def rows(*each: tuple[str, int, int]) -> pl.DataFrame:
    """(sub-sector, year, milligrams)."""
    return pl.DataFrame(
        each,
        schema={"sub_sector": pl.String, "year": pl.Int32, "co2e_mg": pl.Int64},
        orient="row",
    )


def test_years_of_each_series():
    found = years_with_rows(rows(("II.1", 2024, 1), ("I.1", 2021, 1), ("I.1", 2021, 2)), SUB)
    assert found == {("I.1",): (2021,), ("II.1",): (2024,)}


def test_a_year_that_others_have_is_a_warning():
    table = rows(
        ("I.1", 2022, 1), ("I.1", 2024, 1), ("I.2", 2022, 1), ("I.2", 2024, 1),
        ("II.1", 2022, 1), ("II.1", 2023, 1), ("II.1", 2024, 1),
    )  # fmt: skip
    (finding,) = gap_findings(table, SUB, "energy.csv")
    assert (finding.code, finding.severity, finding.file) == (
        "plans.year-gap",
        "warning",
        "energy.csv",
    )
    assert finding.message("en").startswith("2023: no rows between 2022 and 2024 for I.1, I.2,")
    assert "între 2022 și 2024 pentru I.1, I.2" in finding.message("ro")


def test_a_year_that_nothing_has_is_a_note():
    (finding,) = gap_findings(rows(("I.1", 2021, 1), ("I.1", 2025, 1)), SUB)
    assert (finding.code, finding.severity) == ("plans.year-without-rows", "note")
    assert finding.message("en").startswith("2022-2024: no rows at all between 2021 and 2025")


def test_years_that_nothing_has_are_said_once_and_long_lists_are_cut():
    early = [(f"V.{number}", year, 1) for number in range(14) for year in (2021, 2024)]
    table = rows(*early, ("I.1", 2023, 1))
    note, warning = gap_findings(table, SUB)
    assert note.message("en").startswith("2022: no rows at all between 2021 and 2023.")
    assert warning.params["years"] == "2023"
    assert warning.params["groups"][-1] == "+4"
    assert len(warning.params["groups"]) == 11


def test_a_projection_is_no_part_of_the_series():
    table = rows(("I.1", 2021, 1), ("I.1", 2030, 1))
    assert gap_findings(table, SUB, until=2029) == []
    assert [each.years for each in gaps(table, SUB)] == [tuple(range(2022, 2030))]


def test_years_before_the_first_and_after_the_last_are_no_gap():
    assert gaps(rows(("I.1", 2021, 1), ("II.1", 2022, 1), ("II.1", 2023, 1)), SUB) == []


def test_nothing_is_filled_in_unasked():
    found = series(rows(("I.1", 2021, 10), ("I.1", 2024, 40)), SUB)
    assert found.rows() == [("I.1", 2021, 10, False), ("I.1", 2024, 40, False)]


def test_what_is_filled_in_is_on_the_line_and_marked():
    # 10 + (41 - 10) / 3 = 20.3, 10 + 2 x 31 / 3 = 30.7
    found = series(rows(("I.1", 2021, 10), ("I.1", 2024, 41)), SUB, interpolate=True)
    assert found.rows() == [
        ("I.1", 2021, 10, False),
        ("I.1", 2022, 20, True),
        ("I.1", 2023, 31, True),
        ("I.1", 2024, 41, False),
    ]


def test_rows_of_one_year_are_summed_first_and_groups_kept_apart():
    table = rows(("I.1", 2021, 4), ("I.1", 2021, 6), ("I.1", 2023, 30), ("II.1", 2022, 99))
    found = series(table, SUB, interpolate=True)
    assert found.filter("interpolated").rows() == [("I.1", 2022, 20, True)]


def test_no_line_is_drawn_to_a_projection():
    table = rows(("I.1", 2021, 10), ("I.1", 2023, 30), ("I.1", 2030, 0))
    found = series(table, SUB, interpolate=True, until=2029)
    assert found["year"].to_list() == [2021, 2022, 2023, 2030]


def test_several_values_and_no_group():
    table = rows(("I.1", 2021, 10), ("I.1", 2023, 30)).with_columns(energy_wh=pl.col("co2e_mg") * 2)
    found = series(table, (), ("co2e_mg", "energy_wh"), interpolate=True)
    assert found.rows() == [(2021, 10, 20, False), (2022, 20, 40, True), (2023, 30, 60, False)]


@given(st.integers(-(10**15), 10**15), st.integers(-(10**15), 10**15), st.integers(2, 30))
def test_values_in_between_lie_in_between(first, last, distance):
    table = rows(("I.1", 2000, first), ("I.1", 2000 + distance, last))
    found = series(table, SUB, interpolate=True)
    assert len(found) == distance + 1
    values = found["co2e_mg"].to_list()
    assert values == sorted(values, reverse=last < first)


@pytest.mark.parametrize("interpolate", [False, True])
def test_no_rows_give_no_series(interpolate):
    assert series(rows(), SUB, interpolate=interpolate).is_empty()
