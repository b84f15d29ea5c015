"""A file of any number of buildings, part by part, on this machine or on many: what each needs.

Parts are rows in a row; each is read, simulated and written on its own, so that memory holds one
part for each worker and a part whose worker died is done again. The answer is the parts in their
order: the same bytes however many workers there were.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from vatra.plans.blocks import Climate, Engine
from vatra.plans.blocks.bulk.found import cores
from vatra.plans.blocks.bulk.stream import need_of
from vatra.runs.blocks import read_climate
from vatra.runs.stream_faults import stream_faults
from vatra.tables import FindingsError, has_errors

ROWS_PER_PART = 20_000
# Called with how many buildings are done, and of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Part:
    """Some rows of the file, and all that a worker must know to do them."""

    source: str
    target: str
    first: int
    count: int
    climate: str
    engine: Engine
    threads: int


@dataclass(frozen=True)
class Streamed:
    """What all buildings need together; ``per_m2`` in kWh over the heated area."""

    target: Path
    climate: Climate
    engine: Engine
    buildings_count: int
    heated_m2: float
    heating_wh: int

    @property
    def heating_kwh_m2(self) -> float:
        """Need of a year per heated floor area."""
        return self.heating_wh / 1e3 / self.heated_m2


# Does parts in any order; gives back the number of buildings of each as it is done.
Pool = Callable[[list[Part]], Iterable[int]]


def run_stream(
    source: Path,
    target: Path,
    climate: str,
    engine: Engine = "rc5",
    *,
    rows_per_part: int = ROWS_PER_PART,
    pool: Pool | None = None,
    progress: Progress | None = None,
) -> Streamed:
    """Simulate every building of a Parquet file and write their need to another.

    Parameters
    ----------
    source : columns of ``plans.blocks.bulk.stream.need_of``
    climate : as for ``run_blocks``
    rows_per_part : how many buildings are in memory at a time, for each worker
    pool : where the parts are done; by default here, one after the other on all cores

    Raises ``FindingsError`` with all that is wrong with the file and the climate at once; nothing
    is written then.
    """
    around, findings = read_climate(climate)
    findings = [*findings, *stream_faults(source)]
    if around is None or has_errors(findings):
        raise FindingsError(findings)
    folder = target.with_name(f".{target.name}.parts")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    total = pl.scan_parquet(source).select(pl.len()).collect().item()
    parts = [
        Part(str(source), str(folder / f"{first:012d}.parquet"), first,
             min(rows_per_part, total - first), climate, engine, 1 if pool else cores())
        for first in range(0, total, rows_per_part)
    ]  # fmt: skip
    try:
        done = 0
        for count in (pool or _here)(parts):
            done += count
            if progress:
                progress(done, total)
        whole = pl.scan_parquet([each.target for each in parts])
        whole.sink_parquet(target, row_group_size=rows_per_part, maintain_order=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _summed(target, around, engine)


def _here(parts: list[Part]) -> Iterator[int]:
    return map(do_part, parts)


def do_part(part: Part) -> int:
    """Do one part and write it; how many buildings it has. A part that is there is whole: it
    takes its name when it is written."""
    frame = pl.scan_parquet(part.source).slice(part.first, part.count).collect()
    need = need_of(frame, _climate(part.climate), part.engine, threads=part.threads)
    target = Path(part.target)
    begun = target.with_name(f"{target.name}.{_unique()}")
    need.write_parquet(begun)
    begun.replace(target)
    return len(need)


def _unique() -> str:
    """A name that no other worker takes for the same part."""
    import uuid

    return uuid.uuid4().hex


@lru_cache(maxsize=4)
def _climate(text: str) -> Climate:
    climate, findings = read_climate(text)
    if climate is None:
        raise FindingsError(findings)
    return climate


def _summed(target: Path, climate: Climate, engine: Engine) -> Streamed:
    sums: Any = (
        pl.scan_parquet(target)
        .select(pl.len(), pl.col("heated_m2").sum(), pl.col("heating_wh").sum())
        .collect(engine="streaming")
        .row(0)
    )
    count, heated_m2, heating_wh = sums
    return Streamed(target, climate, engine, count, float(heated_m2), int(heating_wh))
