"""The cells of a pathway: energy and other streams by use, carrier and year, before any action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cell:
    """One carrier in one use, or one stream of emissions that no energy causes.

    ``use`` what it serves (``residential``, ``cars``, ``landfill``); ``carrier`` empty for streams,
    ``stream`` empty for energy; ``decay_per_year`` the rate at which a stream forgets what was
    deposited [1/year], 0 for none.
    """

    use: str
    sector: str
    sub_sector: str = ""
    carrier: str = ""
    scope: str = ""
    stream: str = ""
    decay_per_year: float = 0.0

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What tells cells apart; their order in a base."""
        return (self.sector, self.sub_sector, self.use, self.carrier or self.stream, self.scope)

    def is_of(self, selector: str) -> bool:
        """Whether a use, a sub-sector or a sector named by ``selector`` holds this cell."""
        return selector in ("", self.use, self.sub_sector, self.sector)


@dataclass(frozen=True)
class Base:
    """The pathway without actions.

    Attributes
    ----------
    years : consecutive, the base year first; T of them
    cells : C of them
    amount : [C, T] energy [Wh]; emission [mg CO2e] for streams
    factor : [C, T] CO2e of a unit of energy [mg/Wh]; 1 for streams
    activity : use -> [T] passenger-km, tonnes, ... where known

    Raises ``ValueError`` for years with gaps, shapes that do not agree, or negative energy.
    """

    years: tuple[int, ...]
    cells: tuple[Cell, ...]
    amount: Floats
    factor: Floats
    activity: Mapping[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.cells), len(self.years))
        if self.years != tuple(range(self.years[0], self.years[0] + len(self.years))):
            raise ValueError(f"years {self.years} are not consecutive")
        if self.amount.shape != shape or self.factor.shape != shape:
            raise ValueError(f"arrays are {self.amount.shape} and {self.factor.shape}, not {shape}")
        energy = [not cell.stream for cell in self.cells]
        if bool((self.amount[energy] < 0).any()) or bool((self.factor < 0).any()):
            raise ValueError("energy and factors are never negative")

    @property
    def emission_mg(self) -> Floats:
        """CO2e of each cell and year [C, T] in milligrams."""
        return self.amount * self.factor

    @property
    def uses(self) -> tuple[str, ...]:
        """All uses that have a cell or an activity, sorted."""
        return tuple(sorted({cell.use for cell in self.cells} | set(self.activity)))

    def at(self, year: int) -> int:
        """Position of a year; raises ``ValueError`` for one outside the pathway."""
        position = year - self.years[0]
        if not 0 <= position < len(self.years):
            raise ValueError(f"{year} is not between {self.years[0]} and {self.years[-1]}")
        return position
