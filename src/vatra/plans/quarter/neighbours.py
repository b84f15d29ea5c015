"""Which blocks are best worked on together: those that touch, or that hang on one branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vatra.plans.stock import Building
from vatra.plans.stock.footprints import TOUCHING_M, to_metres
from vatra.sources.shapes import shapely


def neighbours(
    buildings: Sequence[Building],
    footprints: Mapping[str, Any],
    branches: Iterable[Iterable[str]] = (),
) -> tuple[tuple[str, ...], ...]:
    """Groups of two or more codes, sorted; a block is in one group at most.

    ``footprints`` in degrees, where there are any; made-up blocks of one terrace stand wall to
    wall; ``branches`` are groups of codes that share a stair or a branch of the heat network.
    """
    codes = {each.code for each in buildings}
    links = [*_touching(footprints, codes), *_terraces(buildings)]
    for branch in branches:
        members = sorted(set(branch) & codes)
        links += [(members[0], each) for each in members[1:]]
    return _groups(sorted(codes), links)


def _terraces(buildings: Sequence[Building]) -> list[tuple[str, str]]:
    first: dict[str, str] = {}
    return [
        (first.setdefault(each.terrace, each.code), each.code) for each in buildings if each.terrace
    ]


def _touching(footprints: Mapping[str, Any], codes: set[str]) -> list[tuple[str, str]]:
    """Pairs of footprints closer than what counts as one wall."""
    names = sorted(set(footprints) & codes)
    if len(names) < 2:
        return []
    bodies = to_metres([footprints[each] for each in names])
    tree = shapely().STRtree(bodies)
    one, other = tree.query(bodies, predicate="dwithin", distance=TOUCHING_M)
    return [(names[a], names[b]) for a, b in zip(one, other, strict=True) if a < b]


def _groups(codes: Sequence[str], links: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    parent = {each: each for each in codes}

    def root(code: str) -> str:
        while parent[code] != code:
            parent[code] = parent[parent[code]]
            code = parent[code]
        return code

    for one, other in links:
        parent[root(other)] = root(one)
    members: dict[str, list[str]] = {}
    for code in codes:
        members.setdefault(root(code), []).append(code)
    return tuple(sorted(tuple(each) for each in members.values() if len(each) > 1))
