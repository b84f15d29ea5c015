"""A million synthetic buildings from one Parquet file to another, in bounded memory.

The floor reads and writes the same Parquet and does nothing between. ``python -m
benchmarks.million`` prints seconds and peak memory of both, and what a second process brings.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.measure import measure
from vatra.plans.blocks import Engine
from vatra.plans.stock.archetypes import Archetype, archetypes, mix
from vatra.runs.stream import ROWS_PER_PART, run_stream
from vatra.runs.stream_cluster import cluster

MILLION = 1_000_000
_PART = 100_000
_SEED = 20261122


def make(file: Path, count: int) -> Path:
    """Buildings of the national mix of types, turned and sized by chance; the same every time."""
    folder = file.with_suffix(".parts")
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for first in range(0, count, _PART):
        parts.append(folder / f"{first:09d}.parquet")
        _buildings(first, min(_PART, count - first)).write_parquet(parts[-1])
    pl.scan_parquet(parts).sink_parquet(file, row_group_size=ROWS_PER_PART)
    for part in parts:
        part.unlink()
    folder.rmdir()
    return file


def _buildings(first: int, count: int) -> pl.DataFrame:
    random = np.random.default_rng([_SEED, first])
    weights = np.array(list(mix().values()), float)
    kinds: list[Archetype] = [archetypes()[code] for code in mix()]
    kind = random.choice(len(kinds), count, p=weights / weights.sum())

    def of(name: str) -> np.ndarray:
        return np.array([each.of(name) for each in kinds])[kind]

    size = np.exp(0.3 * random.standard_normal(count))
    depth = np.array([each.depth_m for each in kinds])[kind]
    footprint = of("footprint_m2") * size
    long_m, height = footprint / depth, of("storeys_count") * of("storey_height_m")
    touched = random.choice([0.0, 0.5, 1.0], count, p=[0.5, 0.3, 0.2])
    sides = np.column_stack([long_m, depth * (1 - touched), long_m, depth]) * height[:, None]
    turns = 22.5 * random.integers(0, 16, count)
    azimuth = (turns[:, None] + np.array([0.0, 90.0, 180.0, 270.0])) % 360
    measured = random.random(count) < 0.1
    return pl.DataFrame(
        {
            "building": [f"b{first + each:08d}" for each in range(count)],
            "archetype": [kinds[each].code for each in kind],
            "heated_m2": footprint * of("storeys_count") * of("heated_share"),
            "footprint_m2": footprint,
            "storeys_count": of("storeys_count").astype(int),
            "storey_height_m": of("storey_height_m"),
            "flats_count": np.maximum(np.rint(of("flats_count") * size), 1).astype(int),
            "facade_azimuth_deg": azimuth,
            "facade_outer_m2": sides,
            "wall_u_w_m2k": np.where(measured, random.uniform(0.2, 1.8, count), np.nan),
        },
        schema_overrides={
            "facade_azimuth_deg": pl.Array(pl.Float64, 4),
            "facade_outer_m2": pl.Array(pl.Float64, 4),
        },
    ).with_columns(
        pl.col("facade_azimuth_deg", "facade_outer_m2").arr.to_list(),
        pl.col("wall_u_w_m2k").fill_nan(None),
    )


def stream(source: str, target: str, engine: Engine = "rc5") -> int:
    """The whole way; heat of a year [Wh]."""
    return run_stream(Path(source), Path(target), "iasi", engine).heating_wh


def floor(source: str, target: str) -> int:
    """Read and write the same Parquet and nothing else; how many rows."""
    total = int(pl.scan_parquet(source).select(pl.len()).collect().item())
    parts = []
    for first in range(0, total, ROWS_PER_PART):
        parts.append(Path(f"{target}.{first}"))
        frame = pl.scan_parquet(source).slice(first, ROWS_PER_PART).collect()
        frame.select(
            "building", "heated_m2", *(pl.col("heated_m2").alias(f"m{n}") for n in range(14))
        ).write_parquet(parts[-1])
    pl.scan_parquet(parts).sink_parquet(target, row_group_size=ROWS_PER_PART)
    for part in parts:
        part.unlink()
    return total


def on_cluster(source: str, target: str, workers: int, engine: Engine = "rc5") -> float:
    """Seconds on so many processes, each warm."""
    with cluster(workers) as pool:
        small = Path(target + ".warm")
        pl.scan_parquet(source).head(workers * 400).sink_parquet(small)
        warm = Path(target + ".out")
        run_stream(small, warm, "iasi", engine, rows_per_part=200, pool=pool)
        begin = time.perf_counter()
        run_stream(Path(source), Path(target), "iasi", engine, pool=pool)
        return time.perf_counter() - begin


def warm_up() -> None:
    """A few buildings of every type once, so that compiling and the sun are in no figure."""
    with tempfile.TemporaryDirectory() as name:
        file = make(Path(name) / "few.parquet", 500)
        for engine in ("rc5", "modal", "seasonal"):
            stream(str(file), str(Path(name) / "need.parquet"), engine)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MILLION
    with tempfile.TemporaryDirectory() as name:
        source, target = str(make(Path(name) / "b.parquet", count)), str(Path(name) / "n.parquet")
        for what, function, *rest in (
            ("read and write alone", "floor"),
            ("rc5", "stream", "rc5"),
            ("seasonal", "stream", "seasonal"),
        ):
            found = measure("benchmarks.million", function, source, target, *rest, runs=1)
            print(f"{what}: {found.seconds:.1f} s, peak {found.peak_mb:.0f} MB "
                  f"(before {found.imports_mb:.0f} MB)", flush=True)  # fmt: skip
        one, two = (
            measure("benchmarks.million", "on_cluster", source, target, n, runs=1).answer
            for n in (1, 2)
        )
        print(f"cluster of 1: {one:.1f} s, of 2: {two:.1f} s, efficiency {one / two / 2:.0%}")


if __name__ == "__main__":
    main()
