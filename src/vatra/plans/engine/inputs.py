"""The numbers one evaluation runs on: those of the means, or many draws side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.distributions import Distribution
from vatra.plans.engine.actions import Action, Effect, Model
from vatra.plans.engine.adoption import adoption_curve
from vatra.plans.engine.base import Floats

# One number or [D] draws for every effect of every action.
ByEffect = Sequence[Sequence[Floats | float]]


@dataclass(frozen=True)
class Inputs:
    """Numbers of one run, or of D draws; A actions, C cells, T years.

    Attributes
    ----------
    adoption : [A, T] or [A, D, T], level and requirements already in it
    strength, ratio, conversion, amount : by action and effect, numbers or [D]
    amount_scale, factor_scale : multiples of the base, of a shape that spreads to [C, (D,) T]
    """

    adoption: Floats
    strength: ByEffect
    ratio: ByEffect
    conversion: ByEffect
    amount: ByEffect
    amount_scale: Floats | float = 1.0
    factor_scale: Floats | float = 1.0


def central(model: Model) -> Inputs:
    """Every number at its mean, every action delivered as planned."""
    curves = [adoption_curve(each, model.base.years) for each in model.actions]
    shape = (len(curves), len(model.base.years))
    adoption = np.array(curves, dtype=np.float64).reshape(shape)

    def means(of: Callable[[Effect], Distribution]) -> ByEffect:
        return [[of(effect).mean for effect in each.effects] for each in model.actions]

    return Inputs(
        adoption=with_required(model.actions, adoption),
        strength=means(lambda effect: effect.strength),
        ratio=means(lambda effect: effect.ratio),
        conversion=means(lambda effect: effect.conversion),
        amount=means(lambda effect: effect.amount),
    )


def with_required(actions: Sequence[Action], adoption: Floats) -> Floats:
    """Adoption [A, (D,) T] where an action does nothing until all that it requires has begun.

    What is required may itself require something; a circle would never begin.
    """
    if not any(each.requires for each in actions):
        return adoption
    position = {each.code: number for number, each in enumerate(actions)}
    begun = adoption > 0
    changed = True
    while changed:
        changed = False
        for number, each in enumerate(actions):
            for code in each.requires:
                needed = begun[position[code]] if code in position else np.False_
                narrowed = begun[number] & needed
                if bool((narrowed != begun[number]).any()):
                    begun[number], changed = narrowed, True
    # A circle would stand here as begun on both sides; the scenario refuses circles.
    return np.where(begun, adoption, 0.0)
