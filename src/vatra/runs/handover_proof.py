"""Whether the pathway saves exactly what the blocks save: the engine beside the bottom-up sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.engine import Floats, Model, evaluate
from vatra.runs.handover_cells import Ground
from vatra.runs.handover_parts import ELECTRICITY, Part
from vatra.runs.scenario import Scenario
from vatra.tables import Finding

TOLERANCE = 1e-9
_TINY_WH = 1e-3


@dataclass(frozen=True)
class Proof:
    """Savings of all parts together, by carrier and year; years [T].

    Attributes
    ----------
    stock_wh : bottom-up: what the blocks that are done save, as the pathway lets their energy go on
    engine_wh : what the engine takes off with these actions alone
    beside_wh : the same while every other action on the same uses is on
    with_all_wh : while all actions are on: those on every use of the city also act on the blocks,
        and what they take first is not there to be saved
    stock_mg, engine_mg, with_all_mg : the same as CO2e
    base_off : how far the pathway without measures moved, relative
    """

    years: tuple[int, ...]
    stock_wh: Mapping[str, Floats]
    engine_wh: Mapping[str, Floats]
    beside_wh: Mapping[str, Floats]
    with_all_wh: Mapping[str, Floats]
    stock_mg: Floats
    engine_mg: Floats
    with_all_mg: Floats
    base_off: float

    @property
    def worst(self) -> float:
        """The greatest relative distance of any carrier and year."""
        pairs = [
            (self.stock_wh[name], other.get(name, np.zeros(len(self.years))))
            for name in self.stock_wh
            for other in (self.engine_wh, self.beside_wh)
        ]
        return max([_apart(*each) for each in [*pairs, (self.stock_mg, self.engine_mg)]])

    @property
    def holds(self) -> bool:
        """Whether nothing is counted twice or lost."""
        return self.worst <= TOLERANCE and self.base_off <= TOLERANCE

    def findings(self) -> list[Finding]:
        """An error where it does not hold."""
        if self.holds:
            return []
        params = {"worst": f"{self.worst:.3g}", "base": f"{self.base_off:.3g}"}
        return [Finding("runs.handover-unproved", "error", "actions.csv", params=params)]


def _apart(one: Floats, other: Floats) -> float:
    scale = max(float(np.abs(one).max(initial=0.0)), _TINY_WH)
    size = np.maximum(np.abs(one), scale * 1e-6)
    return float((np.abs(one - other) / size).max(initial=0.0))


def prove(before: Scenario, after: Scenario, parts: Sequence[Part], on: Ground) -> Proof:
    """Evaluate the pathway with the parts' actions alone, and beside all others."""
    mine = {part.code for part in parts}
    model = after.model
    others = {each.code for each in model.actions if each.code not in mine}
    beside = {each for each in others if _names_uses(model, each)}
    stock = expected_wh(before.years, parts, on)
    alone, whole = _saved(model, mine, set()), _saved(model, mine, others)
    return Proof(
        before.years,
        stock,
        alone[0],
        _saved(model, mine, beside)[0],
        whole[0],
        _expected_mg(after, parts, on),
        alone[1],
        whole[1],
        _base_off(before, after),
    )


def _names_uses(model: Model, code: str) -> bool:
    """Whether all effects of an action name a use, so that they cannot reach another."""
    base = model.base
    effects = model.actions[model.codes[code]].effects
    return all(each.use in base.uses for each in effects if each.operator != "sink")


def expected_wh(years: Sequence[int], parts: Sequence[Part], on: Ground) -> dict[str, Floats]:
    """What the blocks that are done save by carrier and year [Wh], from the parts alone."""
    found: dict[str, Floats] = {}
    for part in parts:
        done = (np.asarray(years) >= part.start_year).astype(float)
        for carrier, wh in saved_paths(part, on).items():
            found[carrier] = found.get(carrier, np.zeros(len(years))) + wh * done
    return dict(sorted(found.items()))


def saved_paths(part: Part, on: Ground) -> dict[str, Floats]:
    """Saving of a part by carrier in every year as if it were done [Wh], [T].

    Each carrier's energy goes on as the pathway lets it; what panels give stays as it is.
    """
    paths = {name: on.path(part.of_use, name) for name in part.before}
    kept = part.kept
    found = {name: (wh - kept[name]) * paths[name] for name, wh in part.before.items()}
    for move in part.moves:
        gone = kept[move.carrier] * move.share * paths[move.carrier]
        found[move.carrier] = found[move.carrier] + gone
        found[move.to_carrier] = found.get(move.to_carrier, 0.0 * gone) - gone / move.ratio
    if part.own_wh:
        found[ELECTRICITY] = found[ELECTRICITY] + part.own_wh
    return found


def _expected_mg(after: Scenario, parts: Sequence[Part], on: Ground) -> Floats:
    base = after.model.base
    total = np.zeros(len(base.years))
    for part in parts:
        done = (np.asarray(base.years) >= part.start_year).astype(float)
        for carrier, wh in saved_paths(part, on).items():
            if not wh.any():
                continue
            cells = [
                n
                for n, cell in enumerate(base.cells)
                if cell.use == part.use and cell.carrier == carrier and cell.scope != "3"
            ]
            if not cells:
                continue
            held = base.amount[cells]
            whole = held.sum(axis=0)
            mean = (base.factor[cells] * held).sum(axis=0)
            factor = np.divide(mean, whole, out=base.factor[cells].mean(axis=0), where=whole > 0)
            total += wh * factor * done
    return total


def _saved(model: Model, mine: set[str], others: set[str]) -> tuple[dict[str, Floats], Floats]:
    """What some actions take off beside others: energy by carrier, and CO2e."""
    without, joint = (evaluate(model.only(codes)) for codes in (others, others | mine))
    carriers = sorted({cell.carrier for cell in model.base.cells if cell.carrier})
    bought = [cell.scope != "3" for cell in model.base.cells]
    energy = {}
    for name in carriers:
        cells = [n for n, cell in enumerate(model.base.cells) if cell.carrier == name and bought[n]]
        saved = (without.amount[cells] - joint.amount[cells]).sum(axis=0)
        if np.abs(saved).max() > _TINY_WH:
            energy[name] = saved
    at = [n for n, each in enumerate(bought) if each]
    return energy, (without.emission_mg[at] - joint.emission_mg[at]).sum(axis=0)


def _base_off(before: Scenario, after: Scenario) -> float:
    """How far energy and CO2e of the pathway without measures moved, carrier by carrier."""
    worst = 0.0
    for of in ("amount", "emission_mg"):
        sums: list[dict[tuple[str, str], Floats]] = []
        for scenario in (before, after):
            base, held = scenario.model.base, dict[tuple[str, str], Floats]()
            for n, cell in enumerate(base.cells):
                key = (cell.sector, cell.carrier or cell.stream)
                held[key] = held.get(key, np.zeros(len(base.years))) + getattr(base, of)[n]
            sums.append(held)
        for key, one in sums[0].items():
            worst = max(worst, _apart(one, sums[1].get(key, 0.0 * one)))
    return worst
