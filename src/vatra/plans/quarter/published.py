"""Figures of this room with their source and doubt: jobs, and what is published of quarters."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Figure:
    """A published figure; ``low`` and ``high`` are None where nobody stated a range."""

    place: str
    quantity: str
    value: float
    low: float | None
    high: float | None
    unit: str
    source: str
    doubt: str


@cache
def jobs_per_eur_million() -> Figure:
    """Jobs in a year for each million of works in that year."""
    (found,) = _figures("jobs")
    return found


@cache
def published() -> tuple[Figure, ...]:
    """What is published of real quarters and cities, by ``place``."""
    return _figures("published")


def _figures(name: str) -> tuple[Figure, ...]:
    file = resources.files("vatra.plans.quarter") / "data" / f"{name}.csv"
    return tuple(
        Figure(
            row.get("quarter", ""),
            row["quantity"],
            float(row["value"]),
            float(row["low"]) if row["low"] else None,
            float(row["high"]) if row["high"] else None,
            row["unit"],
            row["source"],
            row["doubt"],
        )
        for row in csv.DictReader(file.read_text("utf-8").splitlines())
    )
