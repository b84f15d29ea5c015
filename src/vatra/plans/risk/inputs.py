"""Drawn numbers put where the engine reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vatra.plans.distributions import Floats
from vatra.plans.engine import Action, Effect, Inputs, Model, adoption_curve, with_required
from vatra.plans.risk.quantities import PARAMETERS, Kind, Quantity, parameter

ByKey = Mapping[tuple[str, str, int], int]
_NO_EFFECT = -1


@dataclass(frozen=True)
class Assembly:
    """Where each quantity of a model goes; made once, used for every block of draws.

    ``horizon_year`` is when scales that grow along a path are fully grown.
    """

    model: Model
    quantities: tuple[Quantity, ...]
    horizon_year: int
    rows: ByKey = field(init=False)
    curves: tuple[Floats, ...] = field(init=False)

    def __post_init__(self) -> None:
        rows = {
            (each.of, each.kind, effect): n
            for n, each in enumerate(self.quantities)
            for effect in each.effects or (_NO_EFFECT,)
        }
        curves = tuple(
            adoption_curve(each, self.model.base.years, each.delay_years.mean)
            for each in self.model.actions
        )
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "curves", curves)

    def inputs(self, values: Floats) -> Inputs:
        """Inputs of the engine for D draws; ``values`` [K, D] in the order of the quantities."""
        actions = self.model.actions
        by_effect = {kind: self._parameters(kind, values) for kind in PARAMETERS}
        return Inputs(
            adoption=with_required(actions, self._adoption(values)),
            strength=by_effect["strength"],
            ratio=by_effect["ratio"],
            conversion=by_effect["conversion"],
            amount=by_effect["amount"],
            amount_scale=self.scale(("activity", "activity_path"), values),
            factor_scale=self.scale(("factor", "factor_path"), values),
        )

    def _parameters(self, kind: Kind, values: Floats) -> list[list[Floats | float]]:
        return [
            [self._parameter(action, e, effect, kind, values)
             for e, effect in enumerate(action.effects)]
            for action in self.model.actions
        ]  # fmt: skip

    def _parameter(
        self, action: Action, e: int, effect: Effect, kind: Kind, values: Floats
    ) -> Floats | float:
        stated = parameter(effect, kind)
        row = self.rows.get((action.code, kind, e))
        if row is None:
            return stated.mean
        drawn = values[row]
        if self.quantities[row].is_multiple:
            drawn = drawn * stated.mean
        return np.clip(drawn, *_bounds(effect, kind, self.quantities[row]))

    def _adoption(self, values: Floats) -> Floats:
        """Shares in place [A, D, T]: later by the delay, nothing where not delivered."""
        shape = (len(self.model.actions), values.shape[1], len(self.model.base.years))
        adoption = np.empty(shape)
        for i, action in enumerate(self.model.actions):
            delay = self.rows.get((action.code, "delay", _NO_EFFECT))
            if delay is None:
                adoption[i] = self.curves[i]
            else:
                adoption[i] = adoption_curve(action, self.model.base.years, values[delay])
            delivery = self.rows.get((action.code, "delivery", _NO_EFFECT))
            if delivery is not None:
                adoption[i] *= values[delivery][:, None]
            elif action.delivery_probability <= 0.0:
                adoption[i] = 0.0
        return adoption

    def scale(self, kinds: Sequence[Kind], values: Floats) -> Floats | float:
        """Multiples of the cells [C, D, T] ([C, D, 1] without a path), or 1 without any doubt."""
        moving = [(n, each) for n, each in enumerate(self.quantities) if each.kind in kinds]
        if not moving:
            return 1.0
        base = self.model.base
        paths = any(each.kind.endswith("_path") for _, each in moving)
        years = len(base.years) if paths else 1
        made = np.ones((len(base.cells), values.shape[1], years))
        grown = self._grown()
        for row, each in moving:
            drawn = np.maximum(values[row], 0.0)[:, None]
            multiple = 1.0 + (drawn - 1.0) * grown if each.kind.endswith("_path") else drawn
            for cell in each.cells:
                made[cell] *= multiple
        return made

    def baseline_mg(self, values: Floats) -> Floats:
        """All emissions of every year without any action [D, T]."""
        amount = self.scale(("activity", "activity_path"), values)
        factor = self.scale(("factor", "factor_path"), values)
        found = self.model.base.emission_mg[:, None, :] * amount * factor
        return np.broadcast_to(found.sum(axis=0), (values.shape[1], found.shape[-1])).copy()

    def _grown(self) -> Floats:
        """How far a path has grown in each year: 0 in the base year, 1 from the horizon on."""
        years = np.asarray(self.model.base.years, dtype=np.float64)
        span = max(self.horizon_year - years[0], 1.0)
        return np.clip((years - years[0]) / span, 0.0, 1.0)

    def base_mg(self, values: Floats) -> Floats:
        """All emissions of the base year, as drawn [D]."""
        multiple = self.scale(("activity",), values) * self.scale(("factor",), values)
        found = self.model.base.emission_mg[:, :1, None] * multiple
        return np.broadcast_to(found[:, :, 0].sum(axis=0), values.shape[1:]).copy()


def _bounds(effect: Effect, kind: Kind, quantity: Quantity) -> tuple[float, float]:
    """What a drawn parameter may be at all: a normal has no ends, a share has."""
    if kind == "strength" and effect.operator != "sink":
        return 0.0, 1.0
    if kind == "ratio":
        # Nothing is divided by what lies in the far tail of an unbounded distribution.
        low = quantity.distribution.low * (effect.ratio.mean if quantity.is_multiple else 1.0)
        return low, np.inf
    return 0.0, np.inf


def means(found: Sequence[Quantity]) -> Floats:
    """Every quantity at its mean, [K, 1]."""
    return np.array([each.distribution.mean for each in found]).reshape(-1, 1)
