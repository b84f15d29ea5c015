"""What each action saves of each cell's energy, so that the actions together save what all do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vatra.plans.engine import Base, Effect, Floats, Model, central, evaluate

# Effects that cannot move the energy of a cell.
_NO_ENERGY = ("clean_supply", "non_energy", "sink", "observed_tonnes")


def saved_wh(model: Model) -> Floats:
    """Energy not bought because of each action [A, C, T], in watt-hours; less than 0 where more.

    Actions interact, so what one saves hangs on which others are there. Each is counted when it
    joins those before it, once in the order of their first years and once backwards, and the two
    are averaged. The sum over actions is what all of them save together, exactly as the engine has
    it. Energy that a contract prints beside tonnes has no cell and is not in here.
    """
    base = model.base
    saved = np.zeros((len(model.actions), len(base.cells), len(base.years)))
    order = sorted(
        (number for number, each in enumerate(model.actions) if _moves_energy(each.effects)),
        key=lambda number: (model.actions[number].adoption.start_year, number),
    )
    if not order:
        return saved
    for one in (order, order[::-1]):
        _join(model, one, saved)
    saved[:, [bool(cell.stream) for cell in base.cells]] = 0.0
    return saved / 2


def _moves_energy(effects: Sequence[Effect]) -> bool:
    return any(each.operator not in _NO_ENERGY for each in effects)


def _join(model: Model, order: Sequence[int], saved: Floats) -> None:
    """Add what each action saves when it joins those before it."""
    # Requirements hold as in the whole plan: an action whose condition joins later still counts.
    adoption = central(model).adoption
    before = model.base.amount
    for count, number in enumerate(order, start=1):
        with_it = sorted(order[:count])
        part = Model(model.base, tuple(model.actions[each] for each in with_it))
        after = evaluate(part, replace(central(part), adoption=adoption[with_it])).amount
        saved[number] += before - after
        before = after


def printed_wh(model: Model, carriers: Sequence[str]) -> Floats:
    """Energy that contracts print beside tonnes, removed in each year [A, K, T] by carrier."""
    adoption = central(model).adoption
    found = np.zeros((len(model.actions), len(carriers), len(model.base.years)))
    for number, each in enumerate(model.actions):
        observed = [effect for effect in each.effects if effect.operator == "observed_tonnes"]
        if each.economics is None or not observed:
            continue
        for position, carrier in enumerate(carriers):
            found[number, position] = each.economics.energy_wh.get(carrier, 0) * adoption[number]
    return found


def printed_carriers(model: Model) -> tuple[str, ...]:
    """Carriers of which printed measures remove energy, sorted."""
    return tuple(
        sorted(
            {name for each in model.actions if each.economics for name in each.economics.energy_wh}
        )
    )


def cells_of_energy(base: Base) -> list[int]:
    """Positions of cells that hold energy."""
    return [number for number, cell in enumerate(base.cells) if not cell.stream]
