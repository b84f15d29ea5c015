"""A large energy table, the same for the same seed, and the two ways through it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from vatra.contract import pretty
from vatra.runs.contract import run
from vatra.sources import Limits

CITY = """name: Rândul Lung
code: randul-lung
base_year: 2021
target_year: 2030
gwp_set: AR5
gases: [CO2]
numbers: plain
synthetic: true
source: rows made by a benchmark
"""
USES = (
    ("buildings", "natural_gas", 1),
    ("buildings", "electricity", 2),
    ("transport", "diesel", 1),
    ("transport", "gasoline", 1),
    ("industry", "natural_gas", 1),
    ("waste", "electricity", 3),
    ("land", "diesel", 1),
)
_PART = 1_000_000


def make(folder: Path, row_count: int, seed: int = 20260101) -> Path:
    """Write a synthetic pack with ``row_count`` energy rows of 2021; return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "city.yaml").write_text(CITY, encoding="utf-8")
    generator = np.random.default_rng(seed)
    with (folder / "energy.csv").open("wb") as stream:
        for start in range(0, row_count, _PART):
            _frame(generator, start, min(_PART, row_count - start)).write_csv(
                stream, include_header=start == 0
            )
    return folder


def _frame(generator: np.random.Generator, start: int, count: int) -> pl.DataFrame:
    use = generator.integers(0, len(USES), count)
    return pl.DataFrame(
        {
            "year": np.full(count, 2021),
            "sector": np.array([each[0] for each in USES])[use],
            "carrier": np.array([each[1] for each in USES])[use],
            "scope": np.array([each[2] for each in USES])[use],
            "item": [f"meter {number:08d}" for number in range(start, start + count)],
            "amount": np.round(generator.lognormal(2.5, 1.0, count), 3),
            "unit": np.array(["MWh", "kWh", "GJ"])[generator.integers(0, 3, count)],
            "source": np.full(count, "billing export 2021"),
        }
    )


def floor(folder: str) -> float:
    """Read the same file with polars and sum the same column: what cannot be undercut."""
    return float(pl.read_csv(Path(folder) / "energy.csv")["amount"].sum())


def to_contract(folder: str, out: str) -> str:
    """Read, check, compute, seal and write the contract; return its seal."""
    done = run(Path(folder), Limits(max_bytes=10**12))
    Path(out).write_bytes(pretty(done.contract))
    return done.run_id


def warm_up() -> None:
    """Send ten rows both ways first, so that loading the program is in neither figure."""
    with tempfile.TemporaryDirectory() as name:
        pack = make(Path(name) / "ten", 10)
        floor(str(pack))
        to_contract(str(pack), str(Path(name) / "contract.json"))
