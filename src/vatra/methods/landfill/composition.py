"""What unsorted waste is made of: a composition holds from its year on, the first also before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vatra.methods.base import Inputs, Results

TABLE = "waste_composition"
# Ten shares printed to a tenth of a per cent add up to 1 within this.
ROUNDING_SHARE = 0.005

# item -> year -> type -> share; a composition that does not add up is empty.
Compositions = Mapping[str, Mapping[int, Mapping[str, float]]]


@dataclass(frozen=True)
class Mix:
    """The compositions of a city."""

    compositions: Compositions

    def of(self, item: str, year: int) -> Mapping[str, float] | None:
        """Shares for a landfill and year; None where there is none, empty where it is wrong."""
        by_year = self.compositions.get(item) or self.compositions.get("")
        if not by_year:
            return None
        before = [each for each in by_year if each <= year]
        return by_year[max(before) if before else min(by_year)]


def read_mix(inputs: Inputs, results: Results) -> Mix:
    """Compositions by item and year; one that is no whole is reported and left empty.

    ``results`` are those of the table of compositions, for its findings.
    """
    rows: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in inputs.rows(TABLE):
        rows.setdefault((row.get("item") or "", row["year"]), []).append(row)
    found: dict[str, dict[int, dict[str, float]]] = {}
    for (item, year), listed in sorted(rows.items()):
        total = sum(row["waste_share"] for row in listed)
        whole = abs(total - 1) <= ROUNDING_SHARE
        if not whole:
            results.finding(
                "methods.composition-sum",
                [row["line"] for row in listed],
                "share",
                year=str(year),
                total=total,
            )
        shares = {row["waste_type"]: row["waste_share"] for row in listed}
        found.setdefault(item, {})[year] = shares if whole else {}
    return Mix(found)
