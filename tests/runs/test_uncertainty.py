"""Ranges on the totals of a pack: the same totals as published, and doubts that are in its rows."""

import csv
import shutil
from pathlib import Path

import polars as pl
import pytest

from vatra.runs.inventory import Inventory, inventory
from vatra.runs.pack import open_pack
from vatra.runs.uncertainty import GROUPINGS, Uncertainty, counted_rows, uncertainty

CLUJ = Path(__file__).parents[2] / "examples" / "cluj"
SETS = ("ipcc_2006", "local", "ro_aib_production", "renewable")


@pytest.fixture(scope="module")
def cluj() -> Inventory:
    return inventory(open_pack(CLUJ))


@pytest.fixture(scope="module")
def doubted(tmp_path_factory) -> Inventory:
    """Cluj-Napoca with 10 % on every row of energy and the factors of the IPCC."""
    folder = Path(shutil.copytree(CLUJ, tmp_path_factory.mktemp("pack") / "cluj"))
    rows = list(csv.DictReader((folder / "energy.csv").read_text("utf-8").splitlines()))
    with (folder / "energy.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0], "doubt_percent"])
        writer.writeheader()
        writer.writerows(row | {"doubt_percent": "10"} for row in rows)
    return inventory(open_pack(folder).with_changes(factor_sets=SETS))


@pytest.fixture(scope="module")
def ranges(doubted: Inventory) -> Uncertainty:
    return uncertainty(doubted, draws=20_000, seed=3)


@pytest.mark.parametrize("name", [each for each in GROUPINGS if each != "level"])
def test_every_range_is_around_the_published_total(doubted, ranges, name):
    by = GROUPINGS[name]
    published = doubted.counted().group_by(by).agg(pl.col("co2e_mg").sum()).sort(by)
    assert ranges.ranges[name].select(*by, "total_mg").rows() == published.rows()


def test_levels_add_up_to_the_total(ranges):
    by_year = ranges.ranges["level"].group_by("year").agg(pl.col("total_mg").sum()).sort("year")
    assert by_year.rows() == ranges.ranges["total"].select("year", "total_mg").rows()


def test_both_approaches_agree_on_small_doubts(ranges):
    found = ranges.of("total", year=2021)
    assert found["p2_5_mg"] == pytest.approx(found["propagated_low_mg"], rel=0.005)
    assert found["p97_5_mg"] == pytest.approx(found["propagated_high_mg"], rel=0.005)
    assert found["unknown_share"] == pytest.approx(0)


def test_the_range_of_one_row_by_hand(doubted, ranges):
    # Buildings, scope 1, is gas alone: 10 % of the figure, -3.2 / +3.9 % of the factor
    # (54,300 to 58,300 around 56,100 kg/TJ): sqrt(10^2 + 3.565^2) = 10.62 %
    found = ranges.of("sector_scope", year=2021, sector="buildings", scope="1")
    half = (58_300 - 54_300) / 2 / 56_100
    assert found["propagated_half_width_share"] == pytest.approx(
        (0.1**2 + half**2) ** 0.5, rel=1e-3
    )


def test_the_largest_source_is_the_gas_of_the_buildings(doubted, ranges):
    first = ranges.sources.filter(year=2021, rank=1).row(0, named=True)
    assert (first["kind"], first["source"]) == ("activity", "energy:2")
    # 10 % of 2,372,076 MWh x 0.20196 t/MWh
    assert first["high_move_mg"] == pytest.approx(0.1 * 2_372_076 * 0.20196 * 1e9, rel=1e-6)


def test_the_change_since_the_base_year_has_a_range(ranges):
    (trend,) = ranges.trends.to_dicts()
    assert trend["year"] == 2030
    assert trend["low_share"] < trend["change_share"] < trend["high_share"] < 0


def test_a_pack_without_any_doubt_says_so(cluj):
    found = uncertainty(cluj, draws=50).of("total", year=2021)
    # Only the rounding in print, 1.54 t of 1,167,223, is known not to be doubtful.
    assert found["unknown_share"] == pytest.approx(1, abs=1e-5)
    assert found["p2_5_mg"] == found["p97_5_mg"] == found["total_mg"]


def test_rounding_in_print_is_counted_and_moves_nothing(cluj):
    rows, terms = counted_rows(cluj)
    assert rows["co2e_mg"].sum() == cluj.counted()["co2e_mg"].sum()
    rounding = rows.filter(pl.col("carrier") == "print_rounding")
    assert rounding["activity_doubt_ratio"].unique().to_list() == [0.0]
    assert terms.join(rounding, on="row", how="semi").is_empty()


def test_a_group_that_does_not_exist_is_named(ranges):
    with pytest.raises(KeyError, match="sector has 0 groups"):
        ranges.of("sector", year=2021, sector="moon")


def test_plain_data_is_in_tonnes(ranges):
    data = ranges.as_dict("sector")
    assert data["seed"] == 3
    buildings = next(
        row for row in data["ranges"] if row["year"] == 2021 and row["sector"] == "buildings"
    )
    assert buildings["p2_5_t"] < buildings["total_t"] < buildings["p97_5_t"]
