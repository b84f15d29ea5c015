"""The exponents of each option, cell by cell: what ``terms`` are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from vatra.plans.engine import Effect, Floats, Outcome, central
from vatra.plans.engine.compiled import At, compiled
from vatra.plans.portfolio.exact import Measures

# Nothing is left to the last millionth: its logarithm has to be finite.
_MOST = 1.0 - 1e-6
# Groups with a technical potential double the terms of a cell; beyond these they are products.
_MOST_CAPS = 3


@dataclass
class Summed:
    """Terms of one figure by year: coefficients [T'] by row of ``a``, linear [T', N]."""

    span: int
    count: int
    rows: list[Floats] = field(default_factory=list)
    owners: list[tuple[int, float]] = field(default_factory=list)
    linear: Floats = field(init=False)
    constant: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.linear = np.zeros((self.span, self.count))
        self.constant = np.zeros(self.span)

    def add(self, t: int, coefficient: float, row: Floats) -> None:
        if coefficient == 0.0:
            return
        if not row.any():
            self.constant[t] += coefficient
            return
        self.rows.append(row)
        self.owners.append((t, coefficient))

    def summed(self) -> Summed:
        """All years together as one figure."""
        result = Summed(1, self.count)
        result.rows = self.rows
        result.owners = [(0, coefficient) for _, coefficient in self.owners]
        result.linear = self.linear.sum(axis=0, keepdims=True)
        result.constant = self.constant.sum(keepdims=True)
        return result


# A product of factors: coefficients [T] and exponents [N, T] of each of its summands.
_Sum = list[tuple[Floats | float, Floats]]
_Remaining = Callable[[At], Floats | float]


class Reader:
    def __init__(self, measures: Measures, around: Outcome | None) -> None:
        self.options = measures.options
        self.model = self.options.model
        self.plan = compiled(self.model)
        self.inputs = central(self.model)
        self.around = around
        self.base_mg = measures.base_mg
        self.shape = self.options.adoption.shape
        factor = self.model.base.factor
        self.clean = self._cleanest() if around is None else _share(around.factor, factor)

    # shares and exponents

    def effect(self, at: At) -> Effect:
        return self.model.actions[at[0]].effects[at[1]]

    def share(self, at: At) -> Floats:
        """What the options of an action remove by one effect [O, T]."""
        reach = self.model.actions[at[0]].reach_share * float(self.inputs.strength[at[0]][at[1]])
        return np.clip(self.options.adoption[self.options.of(at[0])] * reach, 0.0, 1.0)

    def exponents(self, found: Sequence[At], emitted: _Remaining | None = None) -> Floats:
        """``-ln(1 - x (1 - q))`` summed over effects [N, T], q what is emitted elsewhere.

        Shares that exclude each other add up: as a floor, an exponent that is at least ``-ln(1 -
        sum x)`` wherever they do. ``-ln(1 - s) / s`` grows with s, so the largest sum serves all.
        """
        result = np.zeros(self.shape)
        for members in self._exclusive(found):
            shares = [self._net(at, emitted) for at in members]
            if len(members) == 1:
                result[self.options.of(members[0][0])] -= np.log1p(-np.minimum(shares[0], _MOST))
                continue
            most = np.sum([share.max(axis=0) for share in shares], axis=0)
            steep = np.array([_steepness(min(float(each), _MOST)) for each in most])
            for at, share in zip(members, shares, strict=True):
                result[self.options.of(at[0])] += share * steep
        return result

    def _net(self, at: At, emitted: _Remaining | None) -> Floats:
        return self.share(at) * (1.0 - emitted(at)) if emitted else self.share(at)

    def _exclusive(self, found: Sequence[At]) -> list[list[At]]:
        """Effects by groups of which the shares add up; around a plan each stands alone."""
        groups: dict[object, list[At]] = {}
        for at in found:
            effect = self.effect(at)
            adds = effect.combine == "exclusive" and effect.group and self.around is None
            groups.setdefault(effect.group if adds else at, []).append(at)
        return list(groups.values())

    def factor(self, found: Sequence[At] | None) -> _Sum:
        """What effects on one factor leave of it."""
        caps: dict[str, list[At]] = {}
        plain: list[At] = []
        for at in found or ():
            effect = self.effect(at)
            if effect.combine == "capped" and len(caps) < _MOST_CAPS:
                caps.setdefault(effect.group or f"\0{at}", []).append(at)
            else:
                plain.append(at)
        result: _Sum = [(1.0, self.exponents(plain))]
        for members in caps.values():
            part = min(self.effect(at).potential_share for at in members)
            if part > 0:
                inner = self._within(members, part)
                result = _times(result, [(1.0 - part, np.zeros(self.shape)), (part, inner)])
        return result

    def _within(self, found: Sequence[At], potential: float) -> Floats:
        """Exponents of shares of a technical potential [N, T]."""
        result = np.zeros(self.shape)
        for at in found:
            share = np.minimum(self.share(at) / potential, _MOST)
            result[self.options.of(at[0])] -= np.log1p(-share)
        return result

    # how clean a destination is

    def _cleanest(self) -> Floats:
        """Least share of its factor that clean supply can leave to a cell [C, T]."""
        result = np.ones(self.model.base.factor.shape)
        for n, found in self.plan.clean.items():
            for at in found:
                result[n] *= 1.0 - self.share(at).max(axis=0)
        return result

    def _emitted(self, n: int, value: Floats, emits: bool) -> _Remaining:
        """What a unit moved to another carrier emits (costs) there, per unit left behind."""
        clean = self.clean if emits else np.ones_like(self.clean)

        def moved(at: At) -> Floats:
            where = self.plan.arrival[n, at]
            ratio = float(self.inputs.ratio[at[0]][at[1]])
            here = value[n] * (1.0 if self.around is None else clean[n])
            return self._bounded(_share(value[where] * clean[where] / ratio, here))

        return moved

    def _ridden(self, use: str, value: Floats, emits: bool) -> _Remaining:
        """The same of activity moved to another use."""
        clean = self.clean if emits else np.ones_like(self.clean)
        weight = self.model.base.amount * value

        def total(of: str, improved: bool) -> Floats | None:
            cells = self.model.base.cells
            mine = [n for n, cell in enumerate(cells) if cell.use == of]
            if any(cells[n].stream for n in mine):
                return None
            each = [weight[n] * (least(n) if improved else 1.0) for n in mine]
            return np.asarray(np.sum(each, axis=0)) if each else np.zeros(self.shape[1])

        def least(n: int) -> Floats:
            return self._least(n, value, emits) if self.around is None else clean[n]

        def moved(at: At) -> Floats:
            to = self.effect(at).to_use
            known = self.model.base.activity
            here, there = total(use, self.around is not None), total(to, True)
            if here is None or there is None or to not in known:
                return np.zeros(self.shape[1])
            per = known[use] * float(self.inputs.conversion[at[0]][at[1]])
            return self._bounded(_share(_share(there * per, known[to]), here))

        return moved

    def _least(self, n: int, value: Floats, emits: bool) -> Floats:
        """Least share that its own actions can leave of what arrives in a cell [T]."""
        plan = self.plan
        exponent = self.exponents(plan.keep.get(n, ())) + self.exponents(plan.stay.get(n, ()))
        exponent = exponent + self.exponents(plan.shift.get(n, ()), self._emitted(n, value, emits))
        if emits:
            exponent = exponent + self.exponents(plan.clean.get(n, ()))
        most = sum(exponent[self.options.of(i)].max(axis=0) for i in range(len(self.model.actions)))
        return np.asarray(np.exp(-most))

    def _bounded(self, q: Floats) -> Floats:
        return np.clip(q, 0.0, 1.0) if self.around is None else np.clip(q, 0.0, 20.0)

    # the figures

    def of_value(self, value: Floats, emits: bool) -> Summed:
        """Amount times a value per unit, by year; ``emits`` also what acts on emissions alone."""
        count, span = self.shape
        found = Summed(span, count)
        base = self.model.base
        for n, cell in enumerate(base.cells):
            if cell.stream:
                if emits:
                    self._stream(n, value[n] * base.amount[n], found)
                continue
            weight = base.amount[n] * value[n]
            if weight.any():
                _collect(found, weight, self._chain(n, value, emits))
        self._taken(value, emits, found)
        return found

    def _chain(self, n: int, value: Floats, emits: bool) -> _Sum:
        cell, plan = self.model.base.cells[n], self.plan
        result = self.factor(plan.avoid.get(cell.use))
        leave = self.exponents(
            plan.leave.get(cell.use, ()), self._ridden(cell.use, value, emits)
        ) + self.exponents(plan.shift.get(n, ()), self._emitted(n, value, emits))
        result = _times(result, [(1.0, leave)])
        for more in (plan.keep.get(n), plan.stay.get(n), plan.clean.get(n) if emits else None):
            if more:
                result = _times(result, self.factor(more))
        return result

    def _stream(self, n: int, weight: Floats, found: Summed) -> None:
        """A stream with its memory: each year's deposits give off a share in every later one."""
        cell, plan = self.model.base.cells[n], self.plan
        leave = self.exponents(plan.leave.get(cell.use, ()), self._ridden(cell.use, weight, True))
        deposits = _times(self.factor(plan.avoid.get(cell.use)), [(1.0, leave)])
        at_once = self.factor(plan.immediate.get(n))
        if not cell.decay_per_year:
            _collect(found, weight, _times(deposits, at_once))
            return
        fresh = -np.expm1(-cell.decay_per_year)
        for t in range(self.shape[1]):
            for share, exponent in at_once:
                scale = weight[t] * _at(share, t)
                found.add(t, scale * (1.0 - fresh) ** t, exponent[:, t].copy())
                for x in range(t):
                    kept = scale * fresh * (1.0 - fresh) ** (t - 1 - x)
                    for part, gone in deposits:
                        found.add(t, kept * _at(part, x), gone[:, x] + exponent[:, t])

    def _taken(self, value: Floats, emits: bool, found: Summed) -> None:
        """Own generation, printed energy and tonnes, and sinks: linear, in full."""
        plan = self.plan
        for claims in (plan.own, plan.energy_claims):
            for among, ats in claims.items():
                if among:
                    per = self._per_unit(among, value, emits)
                    for at in ats:
                        self._subtract(found, at, per)
        if not emits:
            return
        for among, ats in plan.mass_claims.items():
            for at in ats if among else ():
                self._subtract(found, at, np.full(self.shape[1], 1.0 / self.base_mg))
        for at in plan.sinks:
            self._sink(found, at, 1.0 / self.base_mg)

    def _per_unit(self, among: tuple[int, ...], value: Floats, emits: bool) -> Floats:
        """Value of a Wh taken off some cells [T]: at most, or as around the plan."""
        mine = list(among)
        if self.around is None:
            return np.asarray(value[mine].max(axis=0))
        amount = self.around.amount[mine]
        each = value[mine] * (self.clean[mine] if emits else 1.0)
        return _share((amount * each).sum(axis=0), amount.sum(axis=0))

    def _subtract(self, found: Summed, at: At, per: Floats) -> None:
        i, e = at
        stated = float(self.inputs.amount[i][e]) * float(self.inputs.strength[i][e])
        stated *= self.effect(at).scale
        mine = self.options.of(i)
        found.linear[:, mine] -= (self.options.adoption[mine] * (stated * per)).T

    def _sink(self, found: Summed, at: At, unit: float) -> None:
        i, e = at
        mine = self.options.of(i)
        planted = np.diff(self.options.adoption[mine], axis=1, prepend=0.0)
        strength, span = float(self.inputs.strength[i][e]), self.shape[1]
        for age, removed_mg in enumerate(self.effect(at).curve[:span]):
            found.linear[age:, mine] -= (planted[:, : span - age] * strength * removed_mg * unit).T


def _collect(found: Summed, weight: Floats, parts: _Sum) -> None:
    for share, exponent in parts:
        for t in range(found.span):
            found.add(t, float(weight[t]) * _at(share, t), exponent[:, t].copy())


def _times(one: _Sum, other: _Sum) -> _Sum:
    return [(a * b, x + y) for a, x in one for b, y in other]


def _at(share: Floats | float, t: int) -> float:
    return float(share) if np.ndim(share) == 0 else float(np.asarray(share)[t])


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part, dtype=np.float64), where=whole > 0)


def _steepness(most: float) -> float:
    return float(-np.log1p(-most) / most) if most > 0 else 1.0
