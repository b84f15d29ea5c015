"""What every method declares, and the one step of arithmetic they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

import polars as pl


@dataclass(frozen=True)
class Method:
    """A way from activity rows and factors to emissions.

    Attributes
    ----------
    name : folder of the method, also the prefix of its texts: ``methods.<name>`` is its title,
        ``methods.<name>-formula`` the formula as people write it
    applies : whether it counts a carrier used in a sector
    emission_mg : (energy in Wh, factor in t/MWh) -> mass of the gas in mg, as expressions
    source : where the formula stands
    """

    name: str
    applies: Callable[[str, str], bool]
    emission_mg: Callable[[pl.Expr, pl.Expr], pl.Expr]
    source: str

    def page(self) -> str:
        """The method's own page (``method.md``)."""
        return (resources.files("vatra.methods") / self.name / "method.md").read_text("utf-8")


def to_integer_mg(mass_mg: pl.Expr) -> pl.Expr:
    """Whole milligrams, halves to even: sums of them are the same in any order."""
    return mass_mg.round(mode="half_to_even").cast(pl.Int64)
