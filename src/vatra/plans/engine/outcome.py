"""What an evaluation gives: energy, factors and emissions of every cell and year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.engine.base import Base, Floats


@dataclass(frozen=True)
class Outcome:
    """The pathway with its actions; C cells, A actions, T years, D draws where there are any.

    Attributes
    ----------
    amount : [C, (D,) T] energy bought [Wh]; emission [mg] of streams before observed tonnes
    factor : [C, (D,) T] CO2e of a unit [mg/Wh]
    emission_mg : [C, (D,) T] never negative where the base is not
    sink_mg : [A, (D,) T] what each action's sinks take up, 0 or less
    exported_wh : [(D,) T] own generation beyond what is used on site: a memo item
    binding : whether a cap bit: self-consumption, observed tonnes or energy beyond what there is,
        or shares that exclude each other above 1
    """

    base: Base
    amount: Floats
    factor: Floats
    emission_mg: Floats
    sink_mg: Floats
    exported_wh: Floats
    binding: bool

    @property
    def gross_mg(self) -> Floats:
        """All cells together, without sinks [(D,) T]."""
        return self.emission_mg.sum(axis=0)

    @property
    def total_mg(self) -> Floats:
        """All cells less what sinks take up [(D,) T]."""
        return self.gross_mg + self.sink_mg.sum(axis=0)

    def by_sector(self) -> dict[str, Floats]:
        """Cells by sector [(D,) T], without sinks."""
        sectors = sorted({cell.sector for cell in self.base.cells})
        return {
            each: self.emission_mg[[cell.sector == each for cell in self.base.cells]].sum(axis=0)
            for each in sectors
        }

    def energy_wh(self, carrier: str) -> Floats:
        """Energy bought of a carrier [(D,) T]."""
        mine = [cell.carrier == carrier for cell in self.base.cells]
        return np.asarray(self.amount[mine].sum(axis=0))
