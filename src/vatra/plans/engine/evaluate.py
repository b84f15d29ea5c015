"""The engine: all actions together on all cells, in one pass, whatever order they stand in.

``E = A * I * m * EF`` for every use, carrier and year. Activity is avoided or moved, intensity is
lowered, carriers give way to others, supply gets cleaner; then own generation replaces what is
bought, and tonnes and energy known only as printed are taken off what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from vatra.plans.engine.actions import Effect, Model
from vatra.plans.engine.base import Floats
from vatra.plans.engine.combine import combined
from vatra.plans.engine.compiled import At, Compiled, compiled
from vatra.plans.engine.inputs import Inputs, central
from vatra.plans.engine.memory import remembered
from vatra.plans.engine.outcome import Outcome

# A cap bites when it takes more than rounding of floats could.
_BITES = 1e-9


def evaluate(model: Model, inputs: Inputs | None = None) -> Outcome:
    """Emissions of every cell and year under all actions of a model.

    Parameters
    ----------
    model : the base and the actions; one without actions gives the base
    inputs : numbers to run on, those of the means when not given

    Returns
    -------
    Outcome
        [C, T], or [C, D, T] for draws. Raises ``ValueError`` for a shift of activity whose ends are
        not both known, or of a carrier without a cell where it arrives.
    """
    return _Run(model, inputs or central(model), compiled(model)).outcome()


@dataclass
class _Run:
    model: Model
    inputs: Inputs
    plan: Compiled
    binding: bool = False
    x: dict[At, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        base = self.model.base
        self.shape = self.inputs.adoption.shape[1:] if self.model.actions else (len(base.years),)
        lead = self.shape[:-1]
        amount = base.amount.reshape(len(base.cells), *[1] * len(lead), -1)
        factor = base.factor.reshape(amount.shape)
        self.amount = amount * self.inputs.amount_scale
        self.factor = factor * self.inputs.factor_scale

    # what an effect removes of the factor it acts on

    def share(self, at: At) -> Floats:
        """``reach * adoption * strength`` of an effect [(D,) T]."""
        if at not in self.x:
            i, e = at
            strength = self.column(self.inputs.strength[i][e])
            reach = self.model.actions[i].reach_share
            self.x[at] = self.inputs.adoption[i] * (strength * reach)
        return self.x[at]

    def column(self, value: Floats | float) -> Floats | float:
        """Draws as a column beside the years."""
        return value[:, None] if isinstance(value, np.ndarray) else value

    def effects(self, at: Iterable[At]) -> list[Effect]:
        """The effects themselves."""
        return [self.model.actions[i].effects[e] for i, e in at]

    def left(self, at: Sequence[At] | None) -> Floats | float:
        """What effects on one factor leave of it."""
        if not at:
            return 1.0
        found = combined(self.effects(at), [self.share(each) for each in at], split=False)
        self.binding |= found.clipped
        return found.left

    def gone(self, at: Sequence[At]) -> tuple[Floats, list[Floats]]:
        """What effects leave of a factor, and what left through each of them."""
        found = combined(self.effects(at), [self.share(each) for each in at])
        self.binding |= found.clipped
        return found.left, found.gone

    # the steps

    def outcome(self) -> Outcome:
        """All steps, one after the other."""
        amount = self._amounts(self._activity())
        self._take_energy(amount)
        exported = self._generate(amount)
        factor = np.broadcast_to(self.factor, amount.shape).copy()
        for n, at in self.plan.clean.items():
            factor[n] *= self.left(at)
        emission = amount * factor
        self._take_mass(emission)
        return Outcome(
            self.model.base, amount, factor, emission, self._sinks(), exported, self.binding
        )

    def _activity(self) -> dict[str, Floats | float]:
        """Activity of each use as a multiple of the base's [(D,) T]."""
        index: dict[str, Floats | float] = {}
        arrived: dict[str, Floats] = {}
        for use in sorted({*self.plan.avoid, *self.plan.leave}):
            kept = self.left(self.plan.avoid.get(use))
            if use in self.plan.leave:
                at = self.plan.leave[use]
                left, gone = self.gone(at)
                for (i, e), share in zip(at, gone, strict=True):
                    effect = self.model.actions[i].effects[e]
                    moved = self._activity_of(use, i) * kept * share
                    moved = moved * self.column(self.inputs.conversion[i][e])
                    arrived[effect.to_use] = arrived.get(effect.to_use, 0.0) + moved
                kept = kept * left
            index[use] = kept
        for use, moved in arrived.items():
            known = self.model.base.activity.get(use)
            if known is not None and bool((known > 0).all()):
                index[use] = index.get(use, 1.0) + moved / known
            elif any(cell.use == use for cell in self.model.base.cells):
                raise ValueError(f"the activity of {use} is not known, so nothing can move there")
        return index

    def _activity_of(self, use: str, i: int) -> Floats:
        found = self.model.base.activity.get(use)
        if found is None:
            code = self.model.actions[i].code
            raise ValueError(f"{code}: the activity of {use} is not known, so none can move away")
        return found

    def _amounts(self, index: dict[str, Floats | float]) -> Floats:
        """Energy and streams after activity, intensity and carriers [C, (D,) T]."""
        cells, plan = self.model.base.cells, self.plan
        amount = np.zeros((len(cells), *self.shape))
        for n, cell in enumerate(cells):
            if cell.stream:
                kept = remembered(index.get(cell.use, 1.0), cell.decay_per_year, self.shape)
                amount[n] += self.amount[n] * kept * self.left(plan.immediate.get(n))
                continue
            # What arrives enjoys the efficiency of the service, but not that of the device it left.
            service = self.amount[n] * index.get(cell.use, 1.0) * self.left(plan.keep.get(n))
            stays: Floats | float = self.left(plan.stay.get(n))
            if n in plan.shift:
                left, gone = self.gone(plan.shift[n])
                for at, share in zip(plan.shift[n], gone, strict=True):
                    ratio = self.column(self.inputs.ratio[at[0]][at[1]])
                    amount[plan.arrival[n, at]] += service * share / ratio
                stays = stays * left
            amount[n] += service * stays
        return amount

    def _stated(self, at: At) -> Floats:
        """What an effect states as an amount in each year [(D,) T]."""
        i, e = at
        scale = self.model.actions[i].effects[e].scale
        return self.inputs.adoption[i] * (self.column(self.inputs.amount[i][e]) * scale)

    def _take(self, among: tuple[int, ...], values: Floats, wanted: Floats) -> Floats:
        """Take what is wanted off some cells in proportion, never below zero; what was taken."""
        there = values[list(among)].sum(axis=0)
        taken = np.minimum(wanted, np.maximum(there, 0.0))
        self.binding |= bool((wanted - taken > _BITES * np.maximum(np.abs(there), 1.0)).any())
        kept = np.divide(there - taken, there, out=np.ones_like(there), where=there > 0)
        for n in among:
            values[n] *= kept
        return taken

    def _take_energy(self, amount: Floats) -> None:
        for among, claims in self.plan.energy_claims.items():
            wanted = np.sum([self._stated(at) * self._strength(at) for at in claims], axis=0)
            self._take(among, amount, np.broadcast_to(wanted, self.shape))

    def _take_mass(self, emission: Floats) -> None:
        for among, claims in self.plan.mass_claims.items():
            wanted = np.sum([self._stated(at) * self._strength(at) for at in claims], axis=0)
            self._take(among, emission, np.broadcast_to(wanted, self.shape))

    def _strength(self, at: At) -> Floats | float:
        return self.column(self.inputs.strength[at[0]][at[1]])

    def _generate(self, amount: Floats) -> Floats:
        """Own generation replaces what is bought, up to what is used on site; the rest goes out."""
        exported = np.zeros(self.shape)
        for among, at in self.plan.own.items():
            made = np.sum([self._stated(each) for each in at], axis=0)
            used = np.sum([self._stated(each) * self._strength(each) for each in at], axis=0)
            most = max(each.potential_share for each in self.effects(at))
            demand = amount[list(among)].sum(axis=0)
            met = np.minimum(used, most * demand)
            self.binding |= bool((used - met > _BITES * np.maximum(demand, 1.0)).any())
            self._take(among, amount, met)
            exported += made - met
        return exported

    def _sinks(self) -> Floats:
        """What sinks take up [A, (D,) T]: every year's planting ages along its curve."""
        taken = np.zeros((len(self.model.actions), *self.shape))
        for i, e in self.plan.sinks:
            curve = self.model.actions[i].effects[e].curve
            planted = np.diff(self.inputs.adoption[i], axis=-1, prepend=0.0)
            strength = self.column(self.inputs.strength[i][e])
            for age, removed_mg in enumerate(curve[: self.shape[-1]]):
                aged = planted[..., : self.shape[-1] - age] * strength
                taken[i][..., age:] -= aged * removed_mg
        return taken
