"""Localities in one pass against the same rows computed one locality at a time."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from vatra.factors import Factor, open_book
from vatra.plans import numbering
from vatra.plans.compute import compute
from vatra.plans.localities import CELL, localities

GASES = ("CO2", "CH4", "N2O")
USES = (
    ("buildings", "natural_gas", "1"),
    ("buildings", "electricity", "2"),
    ("transport", "diesel", "1"),
    ("industry", "wood", "1"),
    ("waste", "electricity", "3"),
)


def own(value: float, region: str = "", year: int = 2021) -> Factor:
    return Factor(
        "local", "electricity", "any", "CO2", year, year, str(value), "t/MWh", value, "made up",
        region=region,
    )  # fmt: skip


BOOK = open_book("AR5", own=[own(0.26), own(0.13, "turda"), own(0.2, year=2022)])


def rows(count: int = 400, seed: int = 1) -> pl.DataFrame:
    generator = np.random.default_rng(seed)
    use = generator.integers(0, len(USES), count)
    return pl.DataFrame(
        {
            "locality": np.array(["turda", "dej", "gherla"])[generator.integers(0, 3, count)],
            "year": generator.integers(2021, 2023, count).astype(np.int32),
            "sector": np.array([each[0] for each in USES])[use],
            "carrier": np.array([each[1] for each in USES])[use],
            "scope": np.array([each[2] for each in USES])[use],
            "energy_wh": generator.integers(1, 10**12, count),
            "line": np.arange(2, count + 2),
        }
    )


def one_by_one(table: pl.DataFrame) -> pl.DataFrame:
    """The same sums by computing each locality on its own, in its region."""
    parts = []
    for (name,), mine in table.group_by("locality"):
        cells = compute(mine, replace(BOOK, region=str(name or "")), GASES).cells
        parts.append(cells.with_columns(locality=pl.lit(name, pl.String)))
    summed = pl.concat(parts).group_by(CELL).agg(pl.col("emission_mg", "co2e_mg").sum())
    return summed.sort(CELL, nulls_last=True)


def plain(cells: pl.DataFrame) -> list[tuple[object, ...]]:
    texts = ("locality", "sector", "scope", "gas")
    return cells.with_columns(pl.col(texts).cast(pl.String)).rows()


def test_cells_are_those_of_each_locality_alone():
    table = rows()
    assert plain(localities(table, BOOK, GASES).cells) == one_by_one(table).rows()


def test_codes_as_the_check_gives_them_make_no_difference():
    # An Enum in no order, and one in order
    table = rows()
    coded = table.with_columns(
        pl.col("locality").cast(pl.Enum(["turda", "dej", "gherla"])),
        pl.col("scope").cast(pl.Enum(["1", "2", "3"])),
        pl.col("sector").cast(pl.Enum(["waste", "buildings", "transport", "industry"])),
    )
    assert plain(localities(coded, BOOK, GASES).cells) == one_by_one(table).rows()


def test_rows_without_a_locality_are_counted_together():
    table = rows(60).with_columns(
        locality=pl.when(pl.col("line") % 2 == 0).then(pl.col("locality"))
    )
    assert plain(localities(table, BOOK, GASES).cells) == one_by_one(table).rows()
    without = rows(60).drop("locality")
    assert localities(without, BOOK, GASES).cells["locality"].null_count() > 0


def test_numbers_too_many_to_leave_empty_are_closed_up(monkeypatch):
    expected = plain(localities(rows(), BOOK, GASES).cells)
    monkeypatch.setattr(numbering, "_MOST_EMPTY", 1)
    assert plain(localities(rows(), BOOK, GASES).cells) == expected


def test_the_order_of_rows_decides_nothing():
    table = rows()
    turned = table.sample(fraction=1, shuffle=True, seed=3)
    assert localities(turned, BOOK, GASES).cells.equals(localities(table, BOOK, GASES).cells)


def test_a_factor_of_a_region_holds_there_alone():
    # 10 MWh each: 10 x 0.13 = 1.3 t in Turda, 10 x 0.26 = 2.6 t in Dej
    table = rows(2).with_columns(
        locality=pl.Series(["turda", "dej"]), year=pl.lit(2021, pl.Int32),
        sector=pl.lit("buildings"), carrier=pl.lit("electricity"), scope=pl.lit("2"),
        energy_wh=pl.lit(10_000_000),
    )  # fmt: skip
    found = localities(table, BOOK, GASES)
    assert found.totals("locality").rows() == [("dej", 2_600_000_000), ("turda", 1_300_000_000)]
    assert sorted(found.factors) == [
        "local/electricity/CO2/2021",
        "local/turda/electricity/CO2/2021",
    ]


def test_biogenic_co2_is_a_cell_and_in_no_total():
    found = localities(rows(), BOOK, GASES)
    by_gas = dict(found.totals("gas").rows())
    assert "CO2_BIOGENIC" in found.cells["gas"].cast(pl.String).to_list()
    assert sorted(by_gas) == sorted(GASES)
    assert found.totals()["co2e_mg"][0] == sum(by_gas.values())


def test_every_total_adds_up_to_the_whole():
    found = localities(rows(), BOOK, GASES)
    whole = found.totals()["co2e_mg"][0]
    for by in (*((each,) for each in CELL), ("locality", "year"), CELL):
        assert found.totals(*by)["co2e_mg"].sum() == whole


def test_energy_and_rows_of_every_place():
    table = rows()
    found = localities(table, BOOK, GASES).places
    assert found["energy_wh"].sum() == table["energy_wh"].sum()
    assert found["rows_count"].sum() == len(table)
    assert len(found) == table.select("locality", "year", "sector", "scope").n_unique()


def test_what_has_no_factor_is_said_once_for_all_localities():
    table = rows(30).with_columns(carrier=pl.lit("coke"), sector=pl.lit("industry"))
    found = localities(table, BOOK, GASES)
    codes = {(each.code, each.params["year"]): each for each in found.findings}
    assert sorted(codes) == [("plans.carrier-unknown", "2021"), ("plans.carrier-unknown", "2022")]
    assert sum(each.line_count for each in found.findings) == 30
    assert found.cells.is_empty()
    assert found.places["rows_count"].sum() == 30


def test_no_rows_give_no_cells():
    found = localities(rows(0), BOOK, GASES)
    assert (len(found.places), len(found.cells), found.findings) == (0, 0, ())


@pytest.mark.parametrize("dtype", [pl.Int16, pl.Int64])
def test_years_of_any_width(dtype):
    table = rows().with_columns(pl.col("year").cast(dtype))
    assert plain(localities(table, BOOK, GASES).cells) == one_by_one(rows()).rows()
