"""The range a factor of a carrier can plausibly lie in, with the source of the range."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Family:
    """A plausible range of a carrier's factor, t CO2e per MWh.

    ``country`` and ``year`` are empty for a range that holds everywhere.
    """

    carrier: str
    low_t_per_mwh: Decimal
    high_t_per_mwh: Decimal
    source: str
    country: str = ""
    year: int | None = None


@cache
def families() -> Mapping[str, list[Family]]:
    """The ranges of ``families.csv`` by carrier."""
    text = resources.files("vatra.linter").joinpath("families.csv").read_text("utf-8")
    found: dict[str, list[Family]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["carrier"], []).append(
            Family(
                row["carrier"],
                Decimal(row["low"]),
                Decimal(row["high"]),
                row["source"],
                row["country"],
                int(row["year"]) if row["year"] else None,
            )
        )
    return found
