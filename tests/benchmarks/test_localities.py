"""Both ways of the benchmark of localities see the same rows."""

from pathlib import Path

import polars as pl
import pytest

from benchmarks.localities import floor, make, to_totals


def test_the_same_seed_makes_the_same_pack(tmp_path: Path) -> None:
    packs = [make(tmp_path / name, 50, 7) for name in ("a", "b")]
    for file in ("energy.csv", "factors.csv", "city.yaml"):
        assert (packs[0] / file).read_bytes() == (packs[1] / file).read_bytes()


def test_both_ways_see_all_rows(tmp_path: Path) -> None:
    pack = make(tmp_path / "pack", 300, 20)
    rows = pl.read_csv(pack / "energy.csv")
    assert floor(str(pack)) == pytest.approx(rows["amount"].sum())
    # Every gas of every row is above zero, and doubling all amounts doubles the total
    total_mg = to_totals(str(pack))
    doubled = rows.with_columns((pl.col("amount") * 2).round(3))
    doubled.write_csv(pack / "energy.csv")
    assert to_totals(str(pack)) == pytest.approx(2 * total_mg, abs=300 * 10)
