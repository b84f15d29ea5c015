"""Pipes in any direction -> a tree from the source outwards, or what keeps it from being one."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from vatra.plans.heatnet.faults import Faults, shown

Row = Mapping[str, Any]
_LOOPS_TOLD = 20


def outwards(rows: Sequence[Row], source: str) -> list[tuple[Row, str, str]]:
    """Rows with their near and far node, each after the one it hangs on; loops are cut open."""
    ends: dict[str, list[Row]] = {}
    for row in rows:
        for node in {row["from_node"], row["to_node"]}:
            ends.setdefault(node, []).append(row)
    found, seen, waiting = [], {source}, deque([source])
    while waiting:
        near = waiting.popleft()
        for row in sorted(ends.get(near, []), key=lambda each: each["pipe"]):
            far = row["to_node"] if row["from_node"] == near else row["from_node"]
            if far not in seen:
                seen.add(far)
                waiting.append(far)
                found.append((row, near, far))
    return found


def loop_faults(rows: Sequence[Row], faults: Faults) -> None:
    """Each pipe that closes a loop, with the nodes of the loop."""
    into: dict[str, list[tuple[str, Row]]] = {}
    roots: dict[str, str] = {}
    told = 0
    for row in rows:
        one, other = row["from_node"], row["to_node"]
        if one == other:
            continue
        first, second = _root(roots, one), _root(roots, other)
        if first != second:
            roots[first] = second
            into.setdefault(one, []).append((other, row))
            into.setdefault(other, []).append((one, row))
        elif told < _LOOPS_TOLD:
            told += 1
            way = _way(into, one, other)
            nodes = [one, *(node for node, _ in way)]
            around = [row, *(each for _, each in way)]
            faults.add("loop", around, "to_node", pipe=row["pipe"], nodes=" – ".join([*nodes, one]))


def _root(roots: dict[str, str], node: str) -> str:
    while roots.get(node, node) != node:
        roots[node] = roots.get(roots[node], roots[node])
        node = roots[node]
    return node


def _way(
    into: Mapping[str, Sequence[tuple[str, Row]]], begin: str, end: str
) -> list[tuple[str, Row]]:
    """Nodes and rows from one node to another in a forest."""
    before: dict[str, tuple[str, Row]] = {}
    waiting, seen = deque([begin]), {begin}
    while waiting and end not in seen:
        node = waiting.popleft()
        for other, row in into.get(node, ()):
            if other not in seen:
                seen.add(other)
                before[other] = (node, row)
                waiting.append(other)
    way, node = [], end
    while node != begin:
        near, row = before[node]
        way.append((node, row))
        node = near
    return way[::-1]


def reach_faults(
    rows: Sequence[Row], stations: Sequence[Row], source: str, pipes: Faults, others: Faults
) -> None:
    """Pipes and substations that no way leads to, and pipes that lead to nobody."""
    tree = outwards(rows, source)
    reached = {source, *(far for _, _, far in tree)}
    cut_off = [each for each in rows if each["from_node"] not in reached]
    if cut_off:
        nodes = shown(node for each in cut_off for node in (each["from_node"], each["to_node"]))
        pipes.add("unreachable", cut_off, "from_node", nodes=nodes, source=source)
    lost = [each for each in stations if each["node"] not in reached]
    if lost:
        nodes = shown(each["node"] for each in lost)
        others.add("station-unreachable", lost, "node", nodes=nodes, source=source)
    used, idle = {each["node"] for each in stations}, []
    for row, near, far in reversed(tree):
        if far in used:
            used.add(near)
        else:
            idle.append(row)
    if idle and not lost:
        codes = shown(each["pipe"] for each in idle)
        pipes.add("dead-end", idle, "to_node", "warning", pipes=codes, count=len(idle))
