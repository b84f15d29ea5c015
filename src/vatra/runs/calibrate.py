"""From the meters of a stock to how sure each of its blocks is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vatra.plans.bills import (
    DRAWS,
    Normal,
    Observation,
    Pool,
    Subject,
    observe,
    pool,
)
from vatra.plans.blocks import Climate, Engine
from vatra.plans.services import Systems, systems_of, usual_systems
from vatra.runs.calibrate_block import Calibrated, Metered, calibrate_block, metered
from vatra.runs.retrofit import USUAL_HEAT, opened, place_of
from vatra.runs.stock import Stock
from vatra.tables import Finding, order

# Draws of every block where the answer is about all of a folder.
DRAWS_OF_MANY = 1_024
# Draws from which the line of pooling is taken, and conflicts are told.
_DRAWS_OF_POOL = 1_024
Progress = Callable[[int, int], None]
_Kind = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Calibration:
    """Blocks of a stock, each as its meters, its type's or nobody's know it.

    ``findings`` of the files, of the meters, and where a bill and the model disagree.
    """

    stock: Stock
    climate: Climate
    blocks: tuple[Calibrated, ...]
    findings: tuple[Finding, ...]

    @property
    def synthetic(self) -> bool:
        """Whether buildings or climate are made up."""
        return self.climate.synthetic or any(b.subject.building.synthetic for b in self.blocks)


def calibrate_folder(
    folder: Path,
    climate: str,
    *,
    building: str | None = None,
    engine: Engine = "rc5",
    heat: str = USUAL_HEAT,
    warmer_k: float = 0.0,
    draws: int | None = None,
    progress: Progress | None = None,
) -> Calibration:
    """Calibrate one building of a folder, or all of them.

    ``draws`` of each block: 10,000 for one, 1,024 for each of many unless stated. Raises
    ``FindingsError`` with all faults of the files, ``ServicesError`` for systems that cannot serve,
    ``ValueError`` for an engine that knows no peak loads.
    """
    stock, around = opened(folder, climate, warmer_k)
    places = None if building is None else [place_of(stock, building)]
    count = draws or (DRAWS_OF_MANY if building is None else DRAWS)
    return calibrate_stock(
        stock, around, places, engine=engine, heat=heat, draws=count, progress=progress
    )


def calibrate_stock(
    stock: Stock,
    climate: Climate,
    places: Sequence[int] | None = None,
    *,
    engine: Engine = "rc5",
    heat: str = USUAL_HEAT,
    draws: int = DRAWS_OF_MANY,
    progress: Progress | None = None,
    usual: Systems | None = None,
) -> Calibration:
    """Calibrate some buildings of a stock, or all.

    A building learns from its own meters and from those of its type in its quarter. ``usual``
    systems of those without rows, instead of what ``heat`` brings.
    """
    zones = stock.zones()

    def subject(place: int) -> Subject:
        found = stock.buildings[place]
        given = usual or usual_systems(found.use if found.use == "house" else "block", heat)
        systems = systems_of(found.code, stock.systems, given)
        return Subject(found, zones[place], systems, climate, engine)

    seen, findings = observe(stock.readings, climate.degree_days_kd)
    asked = range(len(stock.buildings)) if places is None else places
    kinds = {_kind(stock, place) for place in asked}
    others = [
        place
        for place, each in enumerate(stock.buildings)
        if each.code in seen and _kind(stock, place) in kinds
    ]
    known = {
        place: _metered(stock, subject(place), seen[stock.buildings[place].code])
        for place in others
    }
    pools = _pools(stock, known)
    blocks = []
    for number, place in enumerate(asked, 1):
        before = _before(pools.get(_kind(stock, place)), place)
        own = known.get(place)
        made = subject(place)
        blocks.append(calibrate_block(made, _elements(stock, place), before, own, draws))
        if progress is not None:
            progress(number, len(asked))
    mine = {stock.buildings[place].code for place in asked}
    told = [each for each in findings if each.params.get("building") in mine]
    told += [finding for each in blocks for finding in each.findings]
    return Calibration(stock, climate, tuple(blocks), tuple(order([*stock.findings, *told])))


def _kind(stock: Stock, place: int) -> _Kind:
    found = stock.buildings[place]
    return found.quarter, found.archetype


def _elements(stock: Stock, place: int) -> frozenset[str]:
    """Kinds of element of a building whose U somebody stated."""
    own = stock.elements.get(stock.buildings[place].code, ())
    return frozenset(each.kind for each in own if each.u_w_m2k is not None)


def _metered(stock: Stock, subject: Subject, seen: Sequence[Observation]) -> Metered:
    place = [each.code for each in stock.buildings].index(subject.building.code)
    return metered(subject, _elements(stock, place), seen, _DRAWS_OF_POOL)


@dataclass(frozen=True, eq=False)
class _Pooled:
    """A type's pool, and which part of it each place is."""

    found: Pool
    part: Mapping[int, int]


def _pools(stock: Stock, known: Mapping[int, Metered]) -> dict[_Kind, _Pooled]:
    members: dict[_Kind, list[int]] = {}
    for place, each in known.items():
        if each.line is not None:
            members.setdefault(_kind(stock, place), []).append(place)
    found = {}
    for kind, places in members.items():
        shared = np.array([each.shared_share for each in known[places[0]].priors])
        lines = [line for place in places if (line := known[place].line) is not None]
        part = {place: number for number, place in enumerate(places)}
        found[kind] = _Pooled(pool(shared, lines), part)
    return found


def _before(pooled: _Pooled | None, place: int) -> Normal | None:
    """What the others of its type say of a block; None where no other has meters."""
    if pooled is None:
        return None
    own = pooled.part.get(place)
    return None if len(pooled.part) - (own is not None) < 1 else pooled.found.prior(own)
