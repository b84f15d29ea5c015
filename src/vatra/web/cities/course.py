"""Sectors over the years: what the rows give, and values in between only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vatra.plans.timeline import series
from vatra.web.cities.figures import Figures


@dataclass(frozen=True)
class Course:
    """Masses by year and sector [mg CO2e]; ``made`` are those on a straight line in between."""

    masses: Mapping[tuple[int, str], int]
    made: frozenset[tuple[int, str]]

    @classmethod
    def of(cls, figures: Figures, interpolate: bool) -> Course:
        """The course of an inventory; nothing is made unless asked for."""
        rows = series(figures.counted, ("sector",), interpolate=interpolate)
        found = {
            (row["year"], row["sector"]): (row["co2e_mg"], row["interpolated"])
            for row in rows.iter_rows(named=True)
        }
        return cls(
            {key: mass for key, (mass, _) in found.items()},
            frozenset(key for key, (_, made) in found.items() if made),
        )

    @property
    def years(self) -> list[int]:
        """Years with a figure or a made one, first to last."""
        return sorted({year for year, _ in self.masses})

    def mass(self, year: int, sector: str) -> int | None:
        """A sector in a year, None where there is nothing."""
        return self.masses.get((year, sector))

    def total(self, year: int) -> int:
        """All sectors of a year."""
        return sum(mass for (each, _), mass in self.masses.items() if each == year)

    def is_made(self, year: int, sector: str) -> bool:
        """Whether a mass lies on a line between two years that have rows."""
        return (year, sector) in self.made
