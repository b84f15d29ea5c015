"""A made-up stock that meets a city's counts: buildings, flats and floor area to the last one.

For cities that know how many blocks, flats and square metres they have and not which. Single
buildings mean nothing; every one of them is marked synthetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl

from vatra.plans.stock.archetypes import Archetype, archetypes, mix
from vatra.plans.stock.building import Building
from vatra.plans.stock.faults import Faults
from vatra.plans.stock.read import usual_perimeter_m
from vatra.plans.stock.shape import SECTOR_DEG, Shape, rectangle, sides
from vatra.tables import Finding

SEED = 20260131
SOURCE = "synthetic: made from counts"
FLAT_LEAST_M2, FLAT_MOST_M2 = 15.0, 400.0
# Blocks of one type differ this much in size: whole stairs are added or left out.
_SIZE_DEVIATION = 0.3
# Areas are counted in square decimetres, so that their sum is the total to the digit.
_DM2_PER_M2 = 100
# So many blocks stand wall to wall at most.
_LONGEST_TERRACE = 4


@dataclass(frozen=True)
class Count:
    """How many buildings of a type there are in a quarter; ``item`` tells two rows apart."""

    quarter: str
    archetype: str
    blocks_count: int
    flats_count: int
    heated_m2: float
    item: str = ""
    line: int = 0


COUNTED = ("quarter", "archetype", "blocks_count", "flats_count", "heated_m2")


def read_counts(rows: pl.DataFrame, file: str) -> tuple[list[Count], list[Finding]]:
    """Counts of the table and everything that is wrong with them."""
    faults, found = Faults(file), []
    for row in rows.sort("line").iter_rows(named=True):
        if any(row[column] is None for column in COUNTED):
            continue  # that it is blank was told with the table
        before = faults.error_count
        _count_faults(row, faults)
        if faults.error_count == before:
            found.append(
                Count(
                    row["quarter"],
                    row["archetype"],
                    int(row["blocks_count"]),
                    int(row["flats_count"]),
                    row["heated_m2"],
                    row["item"] or "",
                    row["line"],
                )
            )
    return found, faults.found


def _count_faults(row: Mapping[str, Any], faults: Faults) -> None:
    where: dict[str, Any] = {"quarter": row["quarter"]}
    if row["archetype"] not in archetypes():
        params: dict[str, Any] = {"value": row["archetype"], "choices": list(archetypes())}
        faults.add("counts-archetype", row, "archetype", **params)
    where["archetype"] = f"@tables.archetype-{row['archetype']}"
    blocks, flats, area = row["blocks_count"], row["flats_count"], row["heated_m2"]
    for column in ("blocks_count", "flats_count"):
        if row[column] != int(row[column]):
            faults.add("counts-whole", row, column, value=row[column], **where)
    if flats < blocks or not blocks:
        faults.add("counts-few", row, "flats_count", flats=flats, blocks=blocks, **where)
    elif not FLAT_LEAST_M2 <= area / flats <= FLAT_MOST_M2:
        limits: dict[str, Any] = {"least": FLAT_LEAST_M2, "most": FLAT_MOST_M2}
        faults.add("counts-area", row, "heated_m2", area=area, flats=flats, **where, **limits)


def spread(
    quarter: str, blocks_count: int, flats_count: int, heated_m2: float
) -> tuple[Count, ...]:
    """Totals of a city -> counts by type, by the mix of ``data/mix.csv``; the totals are met.

    Flats fall to the types by blocks times flats of the reference block, area likewise.
    """
    shares = mix()
    kinds = [archetypes()[code] for code in shares]
    blocks = shared(blocks_count, list(shares.values()))
    flats = _at_least(
        flats_count,
        [count * each.of("flats_count") for count, each in zip(blocks, kinds, strict=True)],
        blocks,
    )
    weights = [count * each.flat_m2 for count, each in zip(flats, kinds, strict=True)]
    areas = shared(round(heated_m2 * _DM2_PER_M2), weights)
    return tuple(
        Count(quarter, each.code, block, flat, area / _DM2_PER_M2)
        for each, block, flat, area in zip(kinds, blocks, flats, areas, strict=True)
        if block
    )


def shared(total: int, weights: Sequence[float]) -> list[int]:
    """A whole number split by weights into whole parts whose sum it is (largest remainders)."""
    exact = [Fraction(each) for each in weights]
    whole = sum(exact)
    if not whole:
        raise ValueError("weights sum to zero")
    parts = [total * each / whole for each in exact]
    found = [int(each) for each in parts]
    rest = sorted(range(len(parts)), key=lambda index: (found[index] - parts[index], index))
    for index in rest[: total - sum(found)]:
        found[index] += 1
    return found


def _at_least(total: int, weights: Sequence[float], least: Sequence[int]) -> list[int]:
    """As ``shared``, and every part at least ``least``."""
    if total < sum(least):
        raise ValueError(f"{total} do not make at least {sum(least)}")
    over = shared(total - sum(least), weights)
    return [low + more for low, more in zip(least, over, strict=True)]


def generate(counts: Iterable[Count], seed: int = SEED) -> list[Building]:
    """Buildings whose number, flats and heated area are those of the counts, row by row.

    Storeys are those of the type; blocks differ in length, bearing and neighbours. The same counts
    and seed give the same buildings on every machine.

    Raises
    ------
    KeyError for a type that is not known; ``ValueError`` where flats are fewer than buildings.
    """
    found: list[Building] = []
    for count in sorted(counts, key=lambda each: (each.quarter, each.archetype, each.item)):
        # One stream a row: a row added elsewhere leaves the others as they were.
        key = f"{seed}/{count.quarter}/{count.archetype}/{count.item}".encode()
        random = np.random.RandomState(list(key))
        found += _row(count, archetypes()[count.archetype], random)
    return found


def _row(count: Count, archetype: Archetype, random: np.random.RandomState) -> list[Building]:
    sizes = np.exp(_SIZE_DEVIATION * random.standard_normal(count.blocks_count))
    # Rounded, so that a last digit of the exponential moves no flat.
    weights = [round(float(each), 6) for each in sizes]
    flats = _at_least(count.flats_count, weights, [1] * count.blocks_count)
    areas = shared(round(count.heated_m2 * _DM2_PER_M2), flats)
    stem = "_".join(each for each in (count.quarter, archetype.code, count.item) if each)
    bodies = [_body(area / _DM2_PER_M2, archetype) for area in areas]
    found: list[Building] = []
    for number, terrace in enumerate(_terraces(count.blocks_count, archetype, random), 1):
        azimuth_deg = float(random.randint(0, round(360 / SECTOR_DEG)) * SECTOR_DEG)
        for index in terrace:
            party_m = sum(
                min(bodies[index][1], bodies[beside][1])
                for beside in (index - 1, index + 1)
                if beside in terrace
            )
            found.append(
                Building(
                    code=f"{stem}_{index + 1:04d}",
                    archetype=archetype.code,
                    use=archetype.use,
                    shape=_shape(bodies[index], party_m, archetype, azimuth_deg),
                    heated_m2=areas[index] / _DM2_PER_M2,
                    flats_count=flats[index],
                    quarter=count.quarter,
                    synthetic=True,
                    source=SOURCE,
                    terrace=f"{stem}/{number}",
                )
            )
    return found


def _terraces(
    blocks_count: int, archetype: Archetype, random: np.random.RandomState
) -> Iterator[range]:
    """Blocks that stand wall to wall, up to four of them; houses stand alone."""
    begin = 0
    while begin < blocks_count:
        length = int(random.randint(1, _LONGEST_TERRACE + 1)) if archetype.use == "block" else 1
        end = min(begin + length, blocks_count)
        yield range(begin, end)
        begin = end


def _body(heated_m2: float, archetype: Archetype) -> tuple[float, float]:
    """Long and short side [m] of the footprint that holds the heated area."""
    floors = archetype.of("storeys_count") * archetype.of("heated_share")
    footprint = heated_m2 / floors
    return rectangle(footprint, usual_perimeter_m(footprint, archetype))


def _shape(
    body: tuple[float, float], party_m: float, archetype: Archetype, azimuth_deg: float
) -> Shape:
    storeys, height = int(archetype.of("storeys_count")), archetype.of("storey_height_m")
    facades = sides(*body, party_m, storeys * height, azimuth_deg)
    return Shape(body[0] * body[1], 2 * sum(body), storeys, height, facades)
