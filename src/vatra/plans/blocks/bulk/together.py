"""Zones in many states, group by group and lanes at a time, on all cores.

What can run together goes as columns in chunks of lanes, so that memory stays bounded whatever the
count. Chunks do not depend on how many threads there are, so neither do the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.bulk.apart import as_lanes, by_reference, goes_together
from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.found import Found, Way
from vatra.plans.blocks.bulk.lanes import Hours, chunk_of, hours_of, kernel_of, prepare
from vatra.plans.blocks.bulk.linear_algebra import one_thread_each
from vatra.plans.blocks.bulk.renovated import renovated
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines import rc5_fast
from vatra.plans.blocks.engines.groups import Shared, groups
from vatra.plans.blocks.zone.zone import Zone


def run(zones: Sequence[Zone], changes: Changes, way: Way) -> Found:
    """Every zone in every state.

    A zone whose sun has too many parts, or whose setpoints a warmer heating would shift against
    each other, goes state by state as zones of their own; one whose hours are not known
    beforehand by the reference.
    """
    found = Found.none(len(zones), changes.count)
    together = [place for place, zone in enumerate(zones) if goes_together(zone, changes, way)]
    with one_thread_each():
        _in_chunks(found, zones, together, changes, way)
    for place in sorted(set(range(len(zones))) - set(together)):
        found.put([place], slice(None), _state_by_state(zones[place], changes, way))
        way.tell(changes.count)
    return found


def _state_by_state(zone: Zone, changes: Changes, way: Way) -> Found:
    kept = changes.is_kept
    states = [zone] if kept else [renovated(zone, changes, i) for i in range(changes.count)]
    if not as_lanes(zone, way):
        return by_reference(states, way)
    return run(states, Changes.kept(), way.quiet()).turned()


@dataclass(frozen=True, eq=False)
class _Chunk:
    """Some zones of a group in some states."""

    hours: Hours
    places: list[int]
    states: slice


def _in_chunks(
    found: Found, zones: Sequence[Zone], places: Sequence[int], changes: Changes, way: Way
) -> None:
    def work(chunk: _Chunk) -> int:
        part = changes if chunk.states == slice(None) else changes.take(chunk.states)
        some = [zones[place] for place in chunk.places]
        found.put(chunk.places, chunk.states, _run_chunk(some, part, chunk.hours, way))
        return len(some) * part.count

    chunks = list(_chunks(zones, places, changes, way))
    if min(way.threads, len(chunks)) < 2:
        for chunk in chunks:
            way.tell(work(chunk))
        return
    with ThreadPoolExecutor(way.threads) as pool:
        for count in pool.map(work, chunks):
            way.tell(count)


def _chunks(
    zones: Sequence[Zone], places: Sequence[int], changes: Changes, way: Way
) -> Iterator[_Chunk]:
    recovers = bool((np.nan_to_num(changes.heat_recovery_share) > 0).any())
    p, most = changes.count, chunk_of(way.engine)
    for key, within in groups([zones[place] for place in places], recovers).items():
        some_zones = [zones[places[each]] for each in within]
        hours = hours_of(key, some_zones, way.around, way.engine, changes.is_kept)
        at_once = max(most // p, 1)
        for first in range(0, len(within), at_once):
            some = [places[each] for each in within[first : first + at_once]]
            for begin in range(0, p, most):
                states = slice(None) if p <= most else slice(begin, min(begin + most, p))
                yield _Chunk(hours, some, states)


def _run_chunk(zones: Sequence[Zone], changes: Changes, hours: Hours, way: Way) -> Found:
    numbers = prepare(zones, changes, hours, way.engine)
    return run_numbers(numbers, hours.known, (len(zones), changes.count), way)


def run_numbers(numbers: Floats, known: Shared, shape: tuple[int, int], way: Way) -> Found:
    """The hours of zones in states whose numbers are at hand, zone after zone."""
    n, p = shape
    kernel = kernel_of(way.engine)
    totals = rc5_fast.run_totals(kernel, known, numbers, n * p, way.kind)
    ends = np.full((n * p, 2), np.nan)
    if way.free_float:
        ends = rc5_fast.run_extremes(kernel, known, numbers, n * p, way.kind)
    peaks = np.column_stack([totals.peak_heating_w, totals.peak_cooling_w])
    return Found(
        totals.heating_wh.reshape(n, p, 12),
        totals.cooling_wh.reshape(n, p, 12),
        peaks.reshape(n, p, 2),
        ends.reshape(n, p, 2),
    )
