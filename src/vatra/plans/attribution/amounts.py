"""Energy, streams and factors of every cell, written as sums of products.

The second way to the figures of ``vatra.plans.engine.evaluate``: the same rules, from their
definitions, without a pass over the cells. Caps are not here: ``vatra.plans.attribution.chains``
proves that they cannot bind, or treats what they change apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from vatra.plans.attribution.factors import Acting, acts, gone, left
from vatra.plans.attribution.products import Floats, Products, added, constant
from vatra.plans.engine import Inputs, Model
from vatra.plans.engine.compiled import At, Compiled


@dataclass
class Writer:
    """Writes the cells of a model at some of its years; T counts those.

    ``at`` positions of the years in the model; ``needs`` of each action all those without which it
    does nothing.
    """

    model: Model
    inputs: Inputs
    plan: Compiled
    at: Sequence[int]
    needs: Sequence[tuple[int, ...]]
    _left: dict[tuple[At, ...], Products] = field(default_factory=dict)
    _deposits: dict[str, Products] | None = None

    @property
    def years(self) -> int:
        """T."""
        return len(self.at)

    def base(self, values: Floats, scale: Floats | float) -> Floats:
        """Values of the base [C, T], scaled."""
        scaled = np.broadcast_to(values * scale, values.shape)
        return np.asarray(scaled[:, list(self.at)])

    def spread(self, i: int) -> Floats:
        """Adoption of an action [T]."""
        return np.asarray(self.inputs.adoption[i, list(self.at)])

    def acting(self, at: At) -> Acting:
        """An effect with what it removes."""
        i, e = at
        action = self.model.actions[i]
        share = self.spread(i) * (float(self.inputs.strength[i][e]) * action.reach_share)
        return Acting(action.effects[e], share, i, self.needs[i])

    def left(self, at: Sequence[At] | None) -> Products:
        """What effects leave of a factor."""
        key = tuple(at or ())
        if key not in self._left:
            self._left[key] = left([self.acting(each) for each in key], self.years)
        return self._left[key]

    def _after(self, what: Products, at: Sequence[At] | None) -> Products:
        """What is left of something after effects on it."""
        return what.times(self.left(at)) if at else what

    def index(self, wanted: Collection[str]) -> dict[str, Products]:
        """Activity of those of some uses that any effect moves, as a multiple of the base's."""
        found: dict[str, list[Products]] = {use: [] for use in wanted}
        for use in sorted({*self.plan.avoid, *self.plan.leave}):
            leaving = self.plan.leave.get(use, [])
            ends = [self.model.actions[i].effects[e].to_use for i, e in leaving]
            if use not in found and found.keys().isdisjoint(ends):
                continue
            kept = self.left(self.plan.avoid.get(use))
            if use in found:
                found[use].append(kept.times(self.left(leaving)))
            for at, to_use, share in zip(leaving, ends, self._gone(leaving), strict=True):
                if share is not None and to_use in found:
                    moved = self._conversion(use, to_use, at)
                    found[to_use].append(kept.times(share).scaled(moved))
        one = constant(1.0, self.years)
        moved_itself = {*self.plan.avoid, *self.plan.leave}
        return {
            use: added([*([] if use in moved_itself else [one]), *parts], self.years)
            for use, parts in found.items()
            if parts
        }

    def _gone(self, at: Sequence[At]) -> list[Products | None]:
        """What leaves through each effect."""
        return gone([self.acting(each) for each in at], self.years)

    def _conversion(self, use: str, to_use: str, at: At) -> Floats:
        """Activity that arrives per share that leaves, as a multiple of what is there."""
        activity = self.model.base.activity
        ratio = activity[use][list(self.at)] / activity[to_use][list(self.at)]
        return np.asarray(ratio * float(self.inputs.conversion[at[0]][at[1]]))

    def amounts(self) -> list[Products]:
        """Energy [Wh] or emission [mg] of every cell before caps and stated amounts."""
        base = self.model.base
        index = self.index({cell.use for cell in base.cells})
        amount = self.base(base.amount, self.inputs.amount_scale)
        parts: list[list[Products]] = [[] for _ in base.cells]
        for n, cell in enumerate(base.cells):
            own = constant(amount[n], self.years)
            if cell.stream:
                kept = own.times(self._stream(n, index))
                parts[n].append(self._after(kept, self.plan.immediate.get(n)))
                continue
            service = self._after(own, self.plan.keep.get(n))
            if cell.use in index:
                service = service.times(index[cell.use])
            shift = self.plan.shift.get(n, [])
            parts[n].append(self._after(self._after(service, self.plan.stay.get(n)), shift))
            for at, share in zip(shift, self._gone(shift), strict=True):
                if share is not None:
                    ratio = float(self.inputs.ratio[at[0]][at[1]])
                    arriving = service.times(share).scaled(1.0 / ratio)
                    parts[self.plan.arrival[n, at]].append(arriving)
        return [added(each, self.years) for each in parts]

    def _stream(self, n: int, index: dict[str, Products]) -> Products:
        """What is left of a stream, with the memory of what was deposited."""
        cell = self.model.base.cells[n]
        if cell.use not in index:
            return constant(1.0, self.years)
        if not cell.decay_per_year:
            return index[cell.use]
        return remembered(self._all_years()[cell.use], cell.decay_per_year, self.at)

    def _all_years(self) -> dict[str, Products]:
        """Activity in every year of the model: what was deposited may lie far back."""
        if self._deposits is None:
            base = self.model.base
            every = Writer(self.model, self.inputs, self.plan, range(len(base.years)), self.needs)
            self._deposits = every.index({cell.use for cell in base.cells if cell.decay_per_year})
        return self._deposits

    def factors(self) -> list[Products]:
        """CO2e of a unit of every cell [mg/Wh]."""
        factor = self.base(self.model.base.factor, self.inputs.factor_scale)
        return [
            self._after(constant(each, self.years), self.plan.clean.get(n))
            for n, each in enumerate(factor)
        ]

    def stated(self, at: At) -> Products:
        """What an effect states as an amount a year, as far as its strength goes."""
        i, e = at
        each = float(self.inputs.amount[i][e]) * float(self.inputs.strength[i][e])
        scale = self.model.actions[i].effects[e].scale
        return acts(self.acting(at), self.spread(i) * (each * scale))

    def sink(self, at: At) -> Products:
        """What the sinks of an effect take up, with a minus: plantings age along their curve."""
        i, e = at
        curve = np.asarray(self.model.actions[i].effects[e].curve, dtype=np.float64)
        planted = np.diff(self.inputs.adoption[i], prepend=0.0)
        taken = np.convolve(planted, curve)[list(self.at)] if len(curve) else planted[[]]
        strength = float(self.inputs.strength[i][e])
        return acts(self.acting(at), -strength * taken) if len(curve) else added([], self.years)


def remembered(deposits: Products, decay_per_year: float, at: Sequence[int]) -> Products:
    """A stream as a multiple of its base, when deposits are multiples of theirs.

    ``e^(-k t) + sum_{x < t} q(x) (1 - e^(-k)) e^(-k (t - 1 - x))``: linear in the deposits of each
    year, so every term of a deposit in year x becomes a term of every later year.

    Parameters
    ----------
    deposits : q for every year of the model
    decay_per_year : k
    at : positions of the years that are asked for
    """
    asked = np.asarray(at, dtype=np.float64)
    every = np.arange(deposits.coefficient.shape[1], dtype=np.float64)
    age = asked[None] - 1.0 - every[:, None]
    weight = np.where(age >= 0, -np.expm1(-decay_per_year) * np.exp(-decay_per_year * age), 0.0)
    shape = (len(deposits.players), deposits.coefficient.size, len(at))
    late = Products(
        deposits.players,
        (deposits.coefficient[:, :, None] * weight[None]).reshape(-1, len(at)),
        np.broadcast_to(deposits.off.reshape(*shape[:2], 1), shape),
        np.broadcast_to(deposits.on.reshape(*shape[:2], 1), shape),
        (deposits.low[:, None] * weight).sum(axis=0),
        (deposits.high[:, None] * weight).sum(axis=0),
        deposits.clipped,
    )
    before = constant(np.exp(-decay_per_year * asked), len(at))
    return added([before, late.without_nothing()], len(at))
