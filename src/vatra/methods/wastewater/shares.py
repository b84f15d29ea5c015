"""Shares of people: how many of them a row stands for, and whether they are counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vatra.methods.base import Results

SHARES = ("group_percent", "treated_percent")
# Shares printed to a whole per cent may add up to a little more than everyone.
ROUNDING_SHARE = 0.005


def share_of(row: dict[str, Any]) -> float:
    """U x T: the part of the people that the row stands for; a blank is all of them."""
    found = 1.0
    for name in SHARES:
        found *= 1.0 if row[name] is None else row[name] / 100
    return found


def rows_of_people(rows: Sequence[dict[str, Any]], results: Results) -> list[dict[str, Any]]:
    """Rows whose shares make sense; the others are reported."""
    possible = [row for row in rows if _is_possible(row, results)]
    together: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in possible:
        # Rows of as many people are the same people, unless 'item' tells them apart.
        key = (row["year"], row.get("item") or "", row["people_count"])
        together.setdefault(key, []).append(row)
    twice: set[int] = set()
    for (year, *_), listed in together.items():
        total = sum(share_of(row) for row in listed)
        if total > 1 + ROUNDING_SHARE:
            lines = [row["line"] for row in listed]
            twice |= _counted_twice(listed, lines, {"year": str(year), "total": total}, results)
    return [row for row in possible if row["line"] not in twice]


def _counted_twice(
    rows: Sequence[dict[str, Any]], lines: list[int], params: dict[str, Any], results: Results
) -> set[int]:
    """Lines to leave out. Without any share the rows may be people of two places, and count."""
    column = "treated_percent"
    if any(row[name] is not None for row in rows for name in SHARES):
        results.finding("methods.wastewater-shares", lines, column, **params)
        return set(lines)
    results.finding("methods.wastewater-same-people", lines, column, "warning", **params)
    return set()


def _is_possible(row: dict[str, Any], results: Results) -> bool:
    above = [name for name in SHARES if (row[name] or 0) > 100]
    for name in above:
        results.finding("methods.share-above-one", [row["line"]], name, percent=row[name])
    return not above
