"""A whole pathway as sums of products, with a proof of where no cap can bind.

Caps (own generation beyond what is used on site, stated tonnes or energy beyond what there is,
shares of one stock that sum to more than it) are no products. A cap that no set of actions can
reach changes nothing, and the pathway is its sum of products. Where a bound cannot rule that out,
or what is taken spreads over cells by proportions that the actions move, the cells concerned are
kept apart as a ``Part``: its products are then a close stand-in, and what the cap changes is
worked out on the engine itself (``vatra.plans.attribution.capped``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vatra.plans.attribution.amounts import Writer
from vatra.plans.attribution.products import Bools, Floats, Products, added
from vatra.plans.engine import Inputs, Model, central
from vatra.plans.engine.compiled import At, compiled

Cells = tuple[int, ...]
# A cap that is touched by no more than rounding of floats is not reached.
_TOUCHES = 1e-12


@dataclass(frozen=True)
class Part:
    """Cells whose emissions belong together because a cap may bind on them.

    ``sums`` together are what they emit as long as none does; ``players`` the actions on which it
    depends what the caps change, rising.
    """

    cells: Cells
    sums: tuple[Products, ...]
    players: tuple[int, ...]

    def value(self, acting: Bools) -> Floats:
        """Emission for sets of actions [M, A] as if no cap bound [M, T]."""
        return np.asarray(np.sum([each.value(acting) for each in self.sums], axis=0))


@dataclass(frozen=True)
class Chains:
    """Emissions of a pathway [mg CO2e] as sums of products.

    Attributes
    ----------
    model, inputs : what it was written from
    at : positions of the T years it stands for
    needs : of each action, all those without which it does nothing
    exact : sums over cells and sinks that hold whichever actions take part
    parts : cells on which a cap may bind
    """

    model: Model
    inputs: Inputs
    at: tuple[int, ...]
    needs: tuple[tuple[int, ...], ...]
    exact: tuple[Products, ...]
    parts: tuple[Part, ...]

    @property
    def sums(self) -> tuple[Products, ...]:
        """All sums, as if no cap bound."""
        return (*self.exact, *(each for part in self.parts for each in part.sums))

    def total_mg(self, acting: Bools | None = None) -> Floats:
        """Emissions less sinks, as if no cap bound, for sets of actions.

        Parameters
        ----------
        acting : [M, A]; all actions when not given

        Returns
        -------
        [M, T], or [T] for all actions
        """
        sets = np.ones((1, len(self.needs)), dtype=bool) if acting is None else acting
        found = np.zeros((len(sets), len(self.at)))
        for each in self.sums:
            found += each.value(sets)
        return found[0] if acting is None else found


def chains(
    model: Model, inputs: Inputs | None = None, years: Sequence[int] | None = None
) -> Chains:
    """Write a pathway as sums of products.

    Parameters
    ----------
    model : base and actions
    inputs : one run, no draws; the means when not given
    years : those to write, all when not given

    Raises ``ValueError`` for draws or a year outside the pathway.
    """
    inputs = central(model) if inputs is None else inputs
    if model.actions and inputs.adoption.ndim != 2:
        raise ValueError("chains are written for one run, not for draws")
    at = tuple(model.base.at(year) for year in years or model.base.years)
    needs = _needs(model)
    writer = Writer(model, inputs, compiled(model), at, needs)
    exact, parts = _Book(writer).closed()
    return Chains(model, inputs, at, needs, exact, parts)


def _needs(model: Model) -> tuple[tuple[int, ...], ...]:
    """Of each action all those without which it does nothing, directly or through others."""

    def beyond(codes: Iterable[str], seen: set[int]) -> set[int]:
        for code in codes:
            position = model.codes.get(code)
            if position is not None and position not in seen:
                seen.add(position)
                beyond(model.actions[position].requires, seen)
        return seen

    found = (beyond(each.requires, set()) - {i} for i, each in enumerate(model.actions))
    return tuple(tuple(sorted(each)) for each in found)


@dataclass(frozen=True)
class _Claim:
    """Amounts taken off some cells together, by effects that state them.

    ``wanted`` what is taken if nothing limits it; ``emission`` what that emits; ``safe`` whether
    that holds for every set of actions.
    """

    cells: Cells
    wanted: Products
    emission: Products
    safe: bool


@dataclass
class _Book:
    """Works out every cell, every claim on cells, and which of them no cap can disturb."""

    writer: Writer
    energy: list[_Claim] = field(default_factory=list)
    mass: list[_Claim] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.amount = self.writer.amounts()
        self.factor = self.writer.factors()
        self.emission = [
            amount.times(factor) for amount, factor in zip(self.amount, self.factor, strict=True)
        ]

    def closed(self) -> tuple[tuple[Products, ...], tuple[Part, ...]]:
        """Sums that hold for every set of actions, and parts that may not."""
        for cells, at in self.writer.plan.energy_claims.items():
            self._claim_energy(cells, at, 1.0)
        for cells, at in self.writer.plan.own.items():
            effects = [self.writer.model.actions[i].effects[e] for i, e in at]
            self._claim_energy(cells, at, max(each.potential_share for each in effects))
        for cells, at in self.writer.plan.mass_claims.items():
            self._claim_mass(cells, at)
        exact = [self.writer.sink(at) for at in self.writer.plan.sinks]
        parts = []
        for cells, claims in self._together():
            every = [self.emission[n] for n in cells]
            taken = [each.emission.scaled(-1.0) for each in claims]
            if any(each.clipped for each in every) or not all(each.safe for each in claims):
                parts.append(Part(cells, (*every, *taken), self._concerned(every, claims)))
            else:
                exact += [*every, *taken]
        return tuple(exact), tuple(parts)

    def _concerned(self, every: Sequence[Products], claims: Sequence[_Claim]) -> tuple[int, ...]:
        """Actions on which it depends what caps change.

        A safe claim takes the same in total wherever it falls, so only those count that move an
        unsafe one, or the claims that come before it on its cells.
        """

        def movers(claim: _Claim, before: Sequence[_Claim]) -> set[int]:
            found = {p for n in claim.cells for p in self.emission[n].players}
            found.update(claim.wanted.players)
            for k, each in enumerate(before):
                if set(each.cells) & set(claim.cells):
                    found |= movers(each, before[:k])
            return found

        if any(each.clipped for each in every):
            sums = [*every, *(each.wanted for each in claims)]
            return tuple(sorted({p for each in sums for p in each.players}))
        unsafe = [(each, claims[:k]) for k, each in enumerate(claims) if not each.safe]
        return tuple(sorted({p for claim, before in unsafe for p in movers(claim, before)}))

    def _claim_energy(self, cells: Cells, at: Sequence[At], most_share: float) -> None:
        """Energy taken off cells in proportion to what each has."""
        if not cells:
            return
        wanted = added([self.writer.stated(each) for each in at], self.writer.years)
        before = [each for each in self.energy if set(each.cells) & set(cells)]
        there = self._lowest(self.amount, cells) - sum(each.wanted.high for each in before)
        factor, steady = self._mean_factor(cells, bool(before))
        emission = added([wanted.times(each) for each in factor], self.writer.years)
        safe = steady and _below(wanted.high, most_share * there)
        self.energy.append(_Claim(cells, wanted, emission, safe))

    def _claim_mass(self, cells: Cells, at: Sequence[At]) -> None:
        """Tonnes taken off cells: whichever they come off, they are as many."""
        if not cells:
            return
        wanted = added([self.writer.stated(each) for each in at], self.writer.years)
        there = self._lowest(self.emission, cells)
        for each in self.energy:
            common = set(each.cells) & set(cells)
            if common:
                there = there - each.wanted.high * self._highest_factor(common)
        for each in self.mass:
            if set(each.cells) & set(cells):
                there = there - each.wanted.high
        self.mass.append(_Claim(cells, wanted, wanted, _below(wanted.high, there)))

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

    def _together(self) -> list[tuple[Cells, list[_Claim]]]:
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


def _below(most: Floats, lowest: Floats) -> bool:
    return bool((most <= lowest + _TOUCHES * np.abs(lowest)).all())
