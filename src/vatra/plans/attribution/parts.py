"""Which cells no cap can disturb, and which belong together because one may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vatra.plans.attribution.amounts import Writer
from vatra.plans.attribution.caps import Cap
from vatra.plans.attribution.products import Bools, Floats, Products, added
from vatra.plans.engine.compiled import At

Cells = tuple[int, ...]
# A cap that is touched by no more than rounding of floats is not reached.
_TOUCHES = 1e-12


@dataclass(frozen=True)
class Part:
    """Cells whose emissions belong together because a cap may bind on them.

    Attributes
    ----------
    cells : positions
    sums : what they emit together as long as no cap binds
    caps : those that may bind and whose effect is known in closed form
    players : actions on which it depends what else may bind, rising; none where ``caps`` are all
    """

    cells: Cells
    sums: tuple[Products, ...]
    caps: tuple[Cap, ...]
    players: tuple[int, ...]

    def value(self, acting: Bools) -> Floats:
        """Emission for sets of actions [M, A] as if nothing but ``caps`` could bind [M, T]."""
        products = [each.value(acting) for each in self.sums]
        return np.asarray(np.sum([*products, *(each.excess(acting) for each in self.caps)], axis=0))


@dataclass(frozen=True)
class Claim:
    """Amounts taken off some cells together, by effects that state them.

    Attributes
    ----------
    wanted : what is taken if nothing limits it [Wh or mg]
    emission : what that emits [mg]
    safe : whether no set of actions can want more than there is
    cap : what is taken for any set of actions, ``None`` where it has no closed form
    """

    cells: Cells
    wanted: Products
    emission: Products
    safe: bool
    cap: Cap | None

    def on(self, cells: Iterable[int]) -> bool:
        """Whether it takes something off one of these cells."""
        return not set(self.cells).isdisjoint(cells)


@dataclass
class Book:
    """Works out every cell, every claim on cells, and which of them no cap can disturb."""

    writer: Writer
    energy: list[Claim] = field(default_factory=list)
    mass: list[Claim] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.amount = self.writer.amounts()
        self.factor = self.writer.factors()
        self.emission = [
            amount.times(factor) for amount, factor in zip(self.amount, self.factor, strict=True)
        ]

    def closed(self) -> tuple[tuple[Products, ...], tuple[Part, ...]]:
        """Sums that hold for every set of actions, and parts that may not."""
        plan, model = self.writer.plan, self.writer.model
        for cells, at in plan.energy_claims.items():
            self._claim_energy(cells, at, 1.0)
        for cells, at in plan.own.items():
            effects = [model.actions[i].effects[e] for i, e in at]
            self._claim_energy(cells, at, max(each.potential_share for each in effects))
        for cells, at in plan.mass_claims.items():
            self._claim_mass(cells, at)
        exact = [self.writer.sink(at) for at in plan.sinks]
        parts = []
        for cells, claims in self._together():
            every = [self.emission[n] for n in cells]
            sums = (*every, *(each.emission.scaled(-1.0) for each in claims))
            if any(each.clipped for each in every) or not all(each.safe for each in claims):
                parts.append(self._part(cells, sums, claims))
            else:
                exact += sums
        return tuple(exact), tuple(parts)

    def _part(self, cells: Cells, sums: tuple[Products, ...], claims: Sequence[Claim]) -> Part:
        """A part, with the actions that must be asked about what has no closed form.

        A safe claim takes the same in total wherever it falls, so only those actions count that
        move an unsafe one, or the claims that come before it on its cells.
        """
        if any(self.emission[n].clipped for n in cells):
            moved = {p for each in (*sums, *(c.wanted for c in claims)) for p in each.players}
            return Part(cells, sums, (), tuple(sorted(moved)))
        caps, players = [], set()
        for k, each in enumerate(claims):
            if each.cap and not each.safe:
                caps.append(each.cap)
            elif not each.safe:
                players |= self._movers(each, claims[:k])
        return Part(cells, sums, tuple(caps), tuple(sorted(players)))

    def _movers(self, claim: Claim, before: Sequence[Claim]) -> set[int]:
        found = {p for n in claim.cells for p in self.emission[n].players}
        found.update(claim.wanted.players)
        for k, each in enumerate(before):
            if each.on(claim.cells):
                found |= self._movers(each, before[:k])
        return found

    def _claim_energy(self, cells: Cells, at: Sequence[At], most_share: float) -> None:
        """Energy taken off cells in proportion to what each has."""
        if not cells:
            return
        years, most_share = self.writer.years, min(most_share, 1.0)
        wanted = added([self.writer.stated(each) for each in at], years)
        before = [each for each in self.energy if each.on(cells)]
        there = self._lowest(self.amount, cells) - sum(each.wanted.high for each in before)
        parts, steady = self._mean_factor(cells, bool(before))
        factor = added(parts, years)
        safe = steady and _below(wanted.high, most_share * there)
        holds = tuple(self.amount[n] for n in cells)
        cap = _cap(cells, before, Cap(wanted, holds, most_share, (), factor)) if steady else None
        self.energy.append(Claim(cells, wanted, wanted.times(factor), safe, cap))

    def _claim_mass(self, cells: Cells, at: Sequence[At]) -> None:
        """Tonnes taken off cells: whichever they come off, they are as many."""
        if not cells:
            return
        wanted = added([self.writer.stated(each) for each in at], self.writer.years)
        energy = [each for each in self.energy if each.on(cells)]
        mass = [each for each in self.mass if each.on(cells)]
        there = self._lowest(self.emission, cells) - sum(each.wanted.high for each in mass)
        for each in energy:
            common = set(each.cells).intersection(cells)
            there = there - each.wanted.high * self._highest_factor(common)
        holds = tuple(self.emission[n] for n in cells)
        cap = _cap(cells, [*energy, *mass], Cap(wanted, holds, 1.0, (), None))
        self.mass.append(Claim(cells, wanted, wanted, _below(wanted.high, there), cap))

    def _lowest(self, sums: Sequence[Products], cells: Cells) -> Floats:
        return np.asarray(np.sum([sums[n].low for n in cells], axis=0))

    def _highest_factor(self, cells: Iterable[int]) -> Floats:
        return np.asarray(np.max([self.factor[n].coefficient[0] for n in cells], axis=0))

    def _mean_factor(self, cells: Cells, disturbed: bool) -> tuple[list[Products], bool]:
        """Factor of what is taken, as a sum; and whether no action moves the proportions."""
        plan, model = self.writer.plan, self.writer.model
        first = cells[0]
        base = self.writer.base(model.base.factor, self.writer.inputs.factor_scale)
        alike = all(
            np.array_equal(base[n], base[first]) and plan.clean.get(n) == plan.clean.get(first)
            for n in cells
        )
        if alike:
            return [self.factor[first]], True
        shares = np.stack(
            [self.amount[n].value(np.zeros((1, len(model.actions)), dtype=bool))[0] for n in cells]
        )
        whole = shares.sum(axis=0)
        shares = np.divide(shares, whole, out=np.zeros_like(shares), where=whole > 0)
        steady = not disturbed and not any(self.amount[n].players for n in cells)
        return [self.factor[n].scaled(s) for n, s in zip(cells, shares, strict=True)], steady

    def _together(self) -> list[tuple[Cells, list[Claim]]]:
        """Cells that claims tie to each other, and those claims; cells that a limit was left out
        of stay together where the same actions move them."""
        root = list(range(len(self.amount)))

        def find(n: int) -> int:
            while root[n] != n:
                n = root[n]
            return n

        ties: list[Sequence[int]] = [each.cells for each in (*self.energy, *self.mass)]
        clipped: dict[tuple[int, ...], list[int]] = {}
        for n, each in enumerate(self.emission):
            if each.clipped:
                clipped.setdefault(each.players, []).append(n)
        for cells in (*ties, *clipped.values()):
            for n in cells[1:]:
                root[find(n)] = find(cells[0])
        groups: Mapping[int, list[int]] = {find(n): [] for n in range(len(root))}
        for n in range(len(root)):
            groups[find(n)].append(n)
        return [
            (
                tuple(cells),
                [each for each in (*self.energy, *self.mass) if find(each.cells[0]) == top],
            )
            for top, cells in groups.items()
        ]


def _cap(cells: Cells, before: Sequence[Claim], cap: Cap) -> Cap | None:
    """A cap with what was taken before; ``None`` where that fell on other cells too."""
    known = [each.cap for each in before if set(each.cells) <= set(cells)]
    taken = tuple(each for each in known if each)
    return replace(cap, before=taken) if len(taken) == len(before) else None


def _below(most: Floats, lowest: Floats) -> bool:
    return bool((most <= lowest + _TOUCHES * np.abs(lowest)).all())
