"""The benchmark measures what it says: the same rows, both ways."""

import json
from pathlib import Path

import polars as pl
import pytest

from benchmarks.rows import floor, make, to_contract


def test_the_same_seed_makes_the_same_rows(tmp_path: Path) -> None:
    files = [make(tmp_path / name, 50) / "energy.csv" for name in ("a", "b")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_both_ways_see_all_rows(tmp_path: Path) -> None:
    pack = make(tmp_path / "pack", 500)
    seal = to_contract(str(pack), str(tmp_path / "contract.json"))
    contract = json.loads((tmp_path / "contract.json").read_text("utf-8"))
    assert contract["seal"]["value"] == seal
    assert sum(each["rows_count"] for each in contract["cells"]) == 500
    rows = pl.read_csv(pack / "energy.csv")
    assert floor(str(pack)) == pytest.approx(rows["amount"].sum())
    # MWh, kWh and GJ to watt-hours, each row rounded for itself
    sizes = {"MWh": 1e6, "kWh": 1e3, "GJ": 1e6 / 3.6}
    expected = sum(round(a * sizes[u]) for a, u in rows.select("amount", "unit").iter_rows())
    assert sum(each["energy_wh"] for each in contract["cells"]) == pytest.approx(expected, abs=500)
