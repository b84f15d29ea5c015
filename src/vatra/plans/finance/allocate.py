"""Uses by payer times sources by instrument: who gets which euro in which year, what is missing.

Sources are asked in their order. Each gives to all uses that it may serve in proportion to what
they may still take from it, so that no action is served because its name comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.finance.cents import Cents, capped
from vatra.plans.finance.sources import Fixed, Purses, Source, Use


@dataclass(frozen=True)
class Allocation:
    """What every source pays of every use; S sources, U uses, T years [cents].

    Attributes
    ----------
    sources : in the order in which they were asked
    amount : [S, U, T]
    gap : [U, T] what no source pays
    unplaced : fixed money that found no use in its window, by position among the fixed
    """

    years: tuple[int, ...]
    uses: tuple[Use, ...]
    sources: tuple[Source, ...]
    need: Cents
    amount: Cents
    gap: Cents
    unplaced: tuple[int, ...]

    def drawn(self, source: int) -> Cents:
        """What a source pays in each year [T]."""
        return np.asarray(self.amount[source].sum(axis=0))


def allocate(
    years: Sequence[int],
    uses: Sequence[Use],
    need: Cents,
    sources: Sequence[Source],
    fixed: Sequence[Fixed] = (),
    purses: Purses | None = None,
) -> Allocation:
    """Pay uses out of sources.

    Parameters
    ----------
    years : T of them
    uses : U of them
    need : [U, T] cents to be found, of the money of each year (nominal, as ceilings are)
    sources : in any order; asked by ``Source.rank``
    fixed : given before anything else, to the earliest years of the window first
    purses : what payers have of their own in each year

    Returns
    -------
    Allocation
        ``need = amount.sum(0) + gap`` to the cent, no ceiling, window, intensity, purse or limit of
        stacking exceeded, no two sources that exclude each other in one action.
    """
    ordered = tuple(sorted(sources, key=lambda each: each.rank))
    run = _Run(tuple(years), tuple(uses), need, ordered, purses or Purses())
    unplaced = tuple(run.place(each) for each in fixed)
    for year in range(len(run.years)):
        for source in range(len(ordered)):
            run.give(source, year)
    return Allocation(
        run.years, run.uses, ordered, need, run.amount, need - run.amount.sum(axis=0), unplaced
    )


class _Run:
    def __init__(
        self,
        years: tuple[int, ...],
        uses: tuple[Use, ...],
        need: Cents,
        sources: tuple[Source, ...],
        purses: Purses,
    ) -> None:
        self.years, self.uses, self.need, self.sources = years, uses, need, sources
        self.purses = purses
        self.amount = np.zeros((len(sources), len(uses), len(years)), np.int64)
        self.position = {each.code: number for number, each in enumerate(sources)}
        self.serves = np.array(
            [[each.serves(use.names, use.payer) for use in uses] for each in sources], bool
        ).reshape(len(sources), len(uses))

    def place(self, fixed: Fixed) -> int:
        """Place fixed money on an action, the earliest years first; what could not be placed."""
        source, left = self.position[fixed.funding], fixed.amount_cents
        mine = np.array([use.action == fixed.action for use in self.uses], bool)
        for year in range(len(self.years)):
            caps = np.where(mine, self.caps(source, year), 0)
            given = capped(min(left, self.room(source)), caps)
            self.amount[source, :, year] += given
            left -= int(given.sum())
        return left

    def give(self, source: int, year: int) -> None:
        """Let a source pay what it may in a year."""
        caps = self.caps(source, year)
        if caps.any():
            self.amount[source, :, year] += capped(self.room(source), caps)

    def room(self, source: int) -> int:
        """What a source still has."""
        ceiling = self.sources[source].ceiling_cents
        if ceiling is None:
            return int(self.need.sum())
        return max(ceiling - int(self.amount[source].sum()), 0)

    def caps(self, source: int, year: int) -> Cents:
        """The most that each use may take from a source in a year [U]."""
        it = self.sources[source]
        if not it.open_in(self.years[year]):
            return np.zeros(len(self.uses), np.int64)
        need = self.need[:, year]
        caps = need - self.amount[:, :, year].sum(axis=0)
        caps = np.minimum(caps, _part(need, it.intensity_max) - self.amount[source, :, year])
        caps = np.minimum(caps, self._stacked(source, year))
        caps = np.where(self.serves[source] & ~self._excluded(source), np.maximum(caps, 0), 0)
        return self._within_purses(source, year, caps) if it.is_own else caps

    def _stacked(self, source: int, year: int) -> Cents:
        """What limits of stacking leave [U]: this source's own, and those of sources before it."""
        need = self.need[:, year]
        grants = [n for n, each in enumerate(self.sources) if each.is_grant]
        granted = self.amount[grants, :, year].sum(axis=0)
        room = need.copy()
        for number, each in enumerate(self.sources):
            if each.stack_limit is None:
                continue
            left = _part(need, each.stack_limit) - granted
            if number == source:
                # Money that is no grant may come in as long as the grants beside it are few enough.
                room = np.minimum(room, left if each.is_grant else np.where(left >= 0, need, 0))
            elif self.sources[source].is_grant:
                present = self.amount[number, :, year] > 0
                room = np.where(present, np.minimum(room, left), room)
        return room

    def _excluded(self, source: int) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Uses whose action already has money that this source may not stand beside [U]."""
        it = self.sources[source]
        against = [
            number
            for number, each in enumerate(self.sources)
            if each.code in it.excludes or it.code in each.excludes
        ]
        paid = self.amount[against].sum(axis=(0, 2)) > 0
        actions = {use.action for use, has in zip(self.uses, paid, strict=True) if has}
        return np.array([use.action in actions for use in self.uses], bool)

    def _within_purses(self, source: int, year: int, caps: Cents) -> Cents:
        """Caps of own money, no payer beyond what it has in the year."""
        own = [n for n, each in enumerate(self.sources) if each.is_own]
        for payer in sorted({use.payer for use in self.uses}):
            purse = self.purses.left(payer, self.years[year])
            if purse is not None:
                mine = np.array([use.payer == payer for use in self.uses], bool)
                left = max(purse - int(self.amount[own][:, mine, year].sum()), 0)
                caps[mine] = capped(left, caps[mine])
        return caps


def _part(need: Cents, share: float) -> Cents:
    """A share of each need, rounded down; all of it for a share of one."""
    # 0.85 * 100 is 85.00000000000001 or 84.99999999999999: a millionth of a cent is no cent.
    return need if share >= 1 else np.floor(need * share + 1e-6).astype(np.int64)
