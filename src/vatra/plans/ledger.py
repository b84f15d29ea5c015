"""Our rows against a published inventory: the gap as a ledger that adds up.

For a carrier that both count, ``printed - ours = Ep Fp - Eo Fo`` is split evenly between the
factor and the activity (the Shapley value of two drivers):

- *factor*: ``(Fp - Fo) (Ep + Eo) / 2``
- *activity*: ``(Ep - Eo) (Fp + Fo) / 2``
- *boundary*: what only one side counts: a carrier, a sector, a gas
- *rounding*: what rounding in print explains
- *unexplained*: the residual that makes the sum exact

Nothing printed is made up: where print has no energy, ours stands in and the activity moves
nothing; where it has no factor, what tonnes and energy imply.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from vatra.plans.ledger_carriers import carrier_entries
from vatra.plans.ledger_lines import CAUSES, Cause, Entry, Line, OurCell, entry, rest, together


@dataclass(frozen=True)
class Ledger:
    """The gap of one year: ``ours_mg + sum of entries = published_mg``, exactly."""

    year: int
    ours_mg: int
    published_mg: int
    entries: tuple[Entry, ...]

    @property
    def gap_mg(self) -> int:
        """Published minus ours [mg]."""
        return self.published_mg - self.ours_mg

    def by_cause(self, carrier: str | None = None) -> dict[Cause, int]:
        """Amount of each cause [mg], of one carrier or of all."""
        mine = [each for each in self.entries if carrier in (None, each.carrier)]
        return {
            cause: sum(each.amount_mg for each in mine if each.cause == cause) for cause in CAUSES
        }

    def carriers(self) -> list[str]:
        """Carriers with an entry, sorted; ``""`` for entries of whole sectors."""
        return sorted({each.carrier for each in self.entries})


def ledger(
    cells: pl.DataFrame,
    lines: Iterable[Line],
    year: int,
    printed_gases: Collection[str] | None = None,
) -> Ledger:
    """Split the difference between a published inventory and ours.

    Parameters
    ----------
    cells : year, sector, scope, carrier, energy_wh [Wh], co2e_mg [mg]; ``gas`` where
        ``printed_gases`` is given. What enters totals only.
    lines : what is published for the year: carriers, totals, or both; lines about the same thing
        are put together
    year : the year of both
    printed_gases : gases the publication counts, None for all

    Raises ``ValueError`` when two lines print different figures for the same thing.
    """
    mine = cells.filter(pl.col("year") == year)
    ours_mg = int(mine["co2e_mg"].sum())
    entries, kept = _other_gases(mine, printed_gases)
    ours = _our_cells(kept)
    known = together(lines)
    by_carrier = [each for each in known if each.carrier]
    totals = _totals_of(known)
    entries += carrier_entries(ours, by_carrier, bool(totals))
    energies = _energies_of(known, by_carrier)
    entries += _energies(ours, energies, entries)
    if totals:
        entries += _totals(ours, totals, entries)
    published_mg = ours_mg + sum(each.amount_mg for each in entries)
    if totals.whole_mg is not None:
        # Parts may be printed outside the totals that were chosen; the whole holds them all.
        left = totals.whole_mg - published_mg
        entries.append(rest(OurCell("", "", "", 0, 0), left, len(totals.lines), "print-sum"))
        published_mg = totals.whole_mg
    return Ledger(year, ours_mg, published_mg, tuple(_tidy(entries)))


def _tidy(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(
        (each for each in entries if each.amount_mg),
        key=lambda each: (each.sector, each.scope, each.carrier, CAUSES.index(each.cause)),
    )


def _other_gases(
    cells: pl.DataFrame, printed_gases: Collection[str] | None
) -> tuple[list[Entry], pl.DataFrame]:
    """Gases that print does not count, as entries of the boundary; the other cells."""
    if printed_gases is None:
        return [], cells
    printed = pl.col("gas").is_in(list(printed_gases))
    keys = ["sector", "scope", "carrier", "gas"]
    others = cells.filter(~printed).group_by(keys).agg(pl.col("co2e_mg").sum()).sort(keys)
    entries = [
        Entry("boundary", sector, scope, carrier, -co2e_mg, "gas")
        for sector, scope, carrier, _, co2e_mg in others.iter_rows()
    ]
    return entries, cells.filter(printed)


def _our_cells(cells: pl.DataFrame) -> list[OurCell]:
    keys = ["sector", "scope", "carrier"]
    # Energy stands once for each gas of a row: the gas that has all of it says how much there is.
    energy = pl.col("energy_wh")
    if "gas" in cells.columns:
        by_gas = cells.group_by([*keys, "gas"]).agg(energy.sum(), pl.col("co2e_mg").sum())
        summed = by_gas.group_by(keys).agg(energy.max(), pl.col("co2e_mg").sum())
    else:
        summed = cells.group_by(keys).agg(energy.sum(), pl.col("co2e_mg").sum())
    return [OurCell(*row) for row in summed.sort(keys).iter_rows()]


# Lines of whole sectors


@dataclass(frozen=True)
class _Totals:
    """Printed totals that count nothing twice, and the grand total beside them, if any."""

    lines: tuple[Line, ...]
    whole_mg: int | None = None

    def __bool__(self) -> bool:
        return bool(self.lines)


def _totals_of(known: Sequence[Line]) -> _Totals:
    """The finest totals that still hold every carrier line whole."""
    totals = [each for each in known if not each.carrier and each.emission_mg is not None]
    whole = next((each.emission_mg for each in totals if not any(each.key)), None)
    scoped = [each for each in totals if each.sector and each.scope]
    done = {each.sector for each in scoped}
    chosen = [
        *scoped,
        *(each for each in totals if each.sector and not each.scope and each.sector not in done),
    ]
    chosen = chosen or [each for each in totals if each.scope] or totals
    amounts = [
        each for each in known if each.energy_wh is not None or (each.carrier and each.has_amount)
    ]
    sums: dict[tuple[str, str], int] = {}
    for line in chosen:
        sector = line.sector if all(each.sector for each in amounts) else ""
        loose = any(not each.scope and each.sector in ("", line.sector) for each in amounts)
        place = (sector, "" if loose else line.scope)
        sums[place] = sums.get(place, 0) + (line.emission_mg or 0)
    lines = tuple(Line(*place, emission_mg=mass) for place, mass in sorted(sums.items()))
    return _Totals(lines, whole)


def _energies_of(known: Sequence[Line], by_carrier: Sequence[Line]) -> list[Line]:
    """Energy of sectors of which print names no carrier."""
    named = {each.sector for each in by_carrier if each.has_amount}
    return [
        each
        for each in known
        if not each.carrier and each.energy_wh is not None and not named & {"", each.sector}
    ]


def _energies(
    ours: Sequence[OurCell], energies: Sequence[Line], so_far: Sequence[Entry]
) -> list[Entry]:
    """Activity where print has the energy of a sector as a whole."""
    entries = []
    for line in energies:
        covered = [each for each in ours if line.covers(each)]
        ours_wh = sum(each.energy_wh for each in covered)
        if ours_wh and line.energy_wh is not None:
            mass = sum(each.co2e_mg for each in covered if each.energy_wh)
            mass += _amount(so_far, line)
            share = (line.energy_wh - ours_wh) / ours_wh
            entries.append(entry("activity", _place(line), round(mass * share)))
    return entries


def _totals(ours: Sequence[OurCell], totals: _Totals, so_far: Sequence[Entry]) -> list[Entry]:
    """What the printed totals leave after everything named."""
    entries: list[Entry] = []
    for line in totals.lines:
        covered = [each for each in ours if line.covers(each)]
        mass = sum(each.co2e_mg for each in covered) + _amount(so_far, line)
        left = (line.emission_mg or 0) - mass
        if covered:
            entries.append(rest(_place(line), left, len(covered)))
        else:
            entries.append(entry("boundary", _place(line), left, "sector-only-printed"))
    for cell in ours:
        if not any(line.covers(cell) for line in totals.lines):
            mass = cell.co2e_mg + _amount(so_far, Line(cell.sector, cell.scope, cell.carrier))
            entries.append(entry("boundary", cell, -mass, "sector-not-printed"))
    return entries


def _place(line: Line) -> OurCell:
    return OurCell(line.sector, line.scope, line.carrier, 0, 0)


def _amount(entries: Sequence[Entry], line: Line) -> int:
    """What entries within a line already explain; other gases were set aside before."""
    return sum(
        each.amount_mg
        for each in entries
        if each.why != "gas" and line.covers(OurCell(each.sector, each.scope, each.carrier, 0, 0))
    )
