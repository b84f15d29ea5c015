"""Years that are missing in a pack, and its series."""

from pathlib import Path

import polars as pl
import pytest

from tests.runs.packs import CITY, pack
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack
from vatra.runs.years import missing_years, yearly

ROOT = Path(__file__).parents[2]
USES = (("buildings", "natural_gas", "1", 1000), ("transport", "diesel", "1", 100))


def energy(*years: int, without: tuple[int, str] = (0, "")) -> str:
    rows = [
        f"{year},{sector},{carrier},{scope},{amount + year},MWh,Made up"
        for year in years
        for sector, carrier, scope, amount in USES
        if (year, sector) != without
    ]
    return "\n".join(["year,sector,carrier,scope,amount,unit,source", *rows])


def found_in(folder: Path, text: str, city: str = CITY):
    return inventory(open_pack(pack(folder, city, energy=text)))


def test_a_year_left_out_is_one_warning_with_the_year_and_the_categories(tmp_path):
    (finding,) = found_in(tmp_path, energy(2021, 2022, 2024)).findings
    assert (finding.code, finding.severity) == ("runs.year-missing", "warning")
    assert finding.place() == "energy.csv:year"
    assert finding.message("en").startswith("2023: no rows, though 2022 and 2024 have some")
    assert "It concerns I.6.1, II.1.1." in finding.message("en")
    assert "Sunt vizate I.6.1, II.1.1." in finding.message("ro")


def test_a_year_that_one_category_lacks_is_named_with_it(tmp_path):
    text = energy(2021, 2022, 2023, without=(2022, "transport"))
    (finding,) = found_in(tmp_path, text).findings
    assert finding.code == "plans.year-gap"
    assert "2022: no rows between 2021 and 2023 for II.1.1," in finding.message("en")


@pytest.mark.parametrize(
    "years", [(2021,), (2021, 2030), (2021, 2025), (2021, 2025, 2029), (2021, 2022, 2023, 2030)]
)
def test_years_at_one_step_have_no_gap(tmp_path, years):
    assert found_in(tmp_path, energy(*years)).findings == ()


@pytest.mark.parametrize("name", ["cluj", "iasi", "valea-lupului-de-sus"])
def test_the_examples_have_no_missing_year(name):
    counted = inventory(open_pack(ROOT / "examples" / name))
    codes = {each.code for each in counted.findings}
    assert not codes & {"runs.year-missing", "plans.year-gap"}


def test_long_lists_of_categories_are_cut():
    cells = pl.DataFrame(
        [(year, f"III.{number}") for year in (2021, 2022, 2024) for number in range(12)],
        schema={"year": pl.Int32, "category": pl.String},
        orient="row",
    )
    (finding,) = missing_years(cells, 2030)
    assert finding.params["groups"][-1] == "+2"
    assert finding.file == ""


def test_the_series_is_the_inventory_of_each_year(tmp_path):
    counted = found_in(tmp_path, energy(2021, 2022, 2024, 2030))
    table = yearly(counted.cells, "total", 2030)
    assert table["year"].to_list() == [2021, 2022, 2024, 2030]
    assert not table["interpolated"].any()
    for year, mass in table.select("year", "co2e_mg").iter_rows():
        assert mass == counted.counted().filter(year=year)["co2e_mg"].sum()


def test_a_year_in_between_is_halfway_and_marked(tmp_path):
    counted = found_in(tmp_path, energy(2021, 2022, 2024, 2030))
    table = yearly(counted.cells, "sector", 2030, interpolate=True)
    of_gas = {year: (mass, made) for sector, year, mass, made in table.iter_rows()
              if sector == "buildings"}  # fmt: skip
    # Nothing is interpolated towards the target year 2030.
    assert sorted(of_gas) == [2021, 2022, 2023, 2024, 2030]
    assert of_gas[2023] == (round((of_gas[2022][0] + of_gas[2024][0]) / 2), True)
    assert [year for year, (_, made) in of_gas.items() if made] == [2023]


def test_an_unknown_grouping_is_refused(tmp_path):
    with pytest.raises(KeyError):
        yearly(found_in(tmp_path, energy(2021)).cells, "moon", 2030)
