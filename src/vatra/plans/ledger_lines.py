"""What a gap ledger is made of: published lines, our cells, entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from vatra.plans.reconcile import HALF_PRINTED_UNIT_MG
from vatra.units import MG_PER_WH_AT_ONE_T_PER_MWH

Cause = Literal["factor", "activity", "boundary", "rounding", "unexplained"]
CAUSES: tuple[Cause, ...] = ("factor", "activity", "boundary", "rounding", "unexplained")


@dataclass(frozen=True)
class Line:
    """One published line; ``None`` is not printed, an empty key is all of them.

    ``energy_wh`` [Wh], ``factor_t_per_mwh`` [t CO2e/MWh], ``emission_mg`` [mg CO2e].
    """

    sector: str = ""
    scope: str = ""
    carrier: str = ""
    energy_wh: int | None = None
    factor_t_per_mwh: float | None = None
    emission_mg: int | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What the line is about."""
        return (self.sector, self.scope, self.carrier)

    @property
    def has_amount(self) -> bool:
        """Whether energy or tonnes are printed, not a factor alone."""
        return self.energy_wh is not None or self.emission_mg is not None

    def covers(self, cell: OurCell) -> bool:
        """Whether a cell of ours is part of what the line is about."""
        pairs = zip(self.key, (cell.sector, cell.scope, cell.carrier), strict=True)
        return all(mine in ("", theirs) for mine, theirs in pairs)


@dataclass(frozen=True)
class OurCell:
    """Energy [Wh] and CO2e [mg] of ours; energy is zero for what is no energy."""

    sector: str
    scope: str
    carrier: str
    energy_wh: int
    co2e_mg: int


@dataclass(frozen=True)
class Entry:
    """One part of the gap [mg], printed minus ours; ``why`` is the code of its sentence."""

    cause: Cause
    sector: str
    scope: str
    carrier: str
    amount_mg: int
    why: str = ""


def together(lines: Iterable[Line]) -> list[Line]:
    """Lines about the same thing as one, the narrowest first."""
    found: dict[tuple[str, str, str], Line] = {}
    for line in lines:
        before = found.get(line.key, Line(*line.key))
        for name in ("energy_wh", "factor_t_per_mwh", "emission_mg"):
            old, new = getattr(before, name), getattr(line, name)
            if None not in (old, new) and old != new:
                raise ValueError(f"{line.key}: {name} is printed as {old} and as {new}")
            if new is not None:
                before = replace(before, **{name: new})
        found[line.key] = before
    return sorted(found.values(), key=lambda each: (each.key.count(""), each.key))


def entry(cause: Cause, place: OurCell, amount_mg: int, why: str = "") -> Entry:
    return Entry(cause, place.sector, place.scope, place.carrier, amount_mg, why or cause)


def rest(place: OurCell, left_mg: int, cell_count: int, why: str = "") -> Entry:
    """What is left, as rounding in print where that explains it."""
    explained = abs(left_mg) <= (cell_count + 1) * HALF_PRINTED_UNIT_MG
    return entry("rounding" if explained else "unexplained", place, left_mg, why)


def mass_mg(energy_wh: float, factor_t_per_mwh: float) -> float:
    return energy_wh * factor_t_per_mwh * MG_PER_WH_AT_ONE_T_PER_MWH
