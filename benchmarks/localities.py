"""Energy rows of thousands of localities over ten years, and the two ways through them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.rows import CITY, USES
from vatra.plans.localities import CELL, localities
from vatra.runs.pack import open_pack
from vatra.sources import Limits

LOCALITY_COUNT = 3_000
YEARS = range(2021, 2031)
_PLACE = ("locality", "year", "sector", "scope")
_FACTORS_HEAD = "set,region,carrier,end_use,gas,year_from,year_to,amount,unit,source\n"
_OWN_FACTOR_EVERY = 100


def make(
    folder: Path, row_count: int, locality_count: int = LOCALITY_COUNT, seed: int = 20260102
) -> Path:
    """Write a synthetic pack of ``row_count`` energy rows, three gases; return its folder.

    Electricity has a factor of the country for each year and, in every hundredth locality, one
    of its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    city = CITY.replace("gases: [CO2]", "gases: [CO2, CH4, N2O]")
    (folder / "city.yaml").write_text(city, encoding="utf-8")
    names = [f"loc_{number:04d}" for number in range(locality_count)]
    (folder / "factors.csv").write_text(_factors(names), encoding="utf-8")
    _rows(np.random.default_rng(seed), row_count, names).write_csv(folder / "energy.csv")
    return folder


def _factors(names: list[str]) -> str:
    places = [("", 0.26), *((name, 0.21) for name in names[::_OWN_FACTOR_EVERY])]
    lines = (
        f"local,{region},electricity,any,CO2,{year},{year},{amount},t/MWh,made by a benchmark\n"
        for region, amount in places
        for year in YEARS
    )
    return _FACTORS_HEAD + "".join(lines)


def _rows(generator: np.random.Generator, count: int, names: list[str]) -> pl.DataFrame:
    use = generator.integers(0, len(USES), count)
    return pl.DataFrame(
        {
            "year": generator.integers(YEARS.start, YEARS.stop, count),
            "sector": np.array([each[0] for each in USES])[use],
            "carrier": np.array([each[1] for each in USES])[use],
            "scope": np.array([each[2] for each in USES])[use],
            "locality": np.array(names)[np.sort(generator.integers(0, len(names), count))],
            "item": [f"meter {number:08d}" for number in range(count)],
            "amount": np.round(generator.lognormal(2.5, 1.0, count), 3),
            "unit": np.array(["MWh", "kWh", "GJ"])[generator.integers(0, 3, count)],
            "source": np.full(count, "billing export"),
        }
    )


def floor(folder: str) -> float:
    """Read the same file with polars and sum the same column by place: what cannot be undercut."""
    rows = pl.read_csv(Path(folder) / "energy.csv")
    return float(rows.group_by(_PLACE).agg(pl.col("amount").sum())["amount"].sum())


def to_totals(folder: str) -> int:
    """Read, check and compute; return the grand total [mg] after taking all totals."""
    pack = open_pack(Path(folder), Limits(max_bytes=10**12))
    if not pack.ok:
        raise ValueError(pack.findings)
    found = localities(pack.rows["energy"], pack.book(), pack.city.gases)
    for name in CELL:
        found.totals(name)
    return int(found.totals()["co2e_mg"][0])


def warm_up() -> None:
    """Send ten rows both ways first, so that loading the program is in neither figure."""
    with tempfile.TemporaryDirectory() as name:
        pack = make(Path(name) / "ten", 10, 10)
        floor(str(pack))
        to_totals(str(pack))
