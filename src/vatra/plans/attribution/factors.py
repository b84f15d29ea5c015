"""Several effects on one factor, written as sums of products over the actions that act.

The second way to the figures of ``vatra.plans.engine.combine``, from the definitions:

- *product*: what is left is ``prod (1 - x)``;
- *exclusive*: ``1 - sum x``;
- *nested*: ``1 - max x``, layer by layer: the layer between two shares is gone when any action
  whose share covers it acts. A layer is shared by the actions that cover it and act, and one part
  in m is ``integral_0^1 v^(m - 1) dv``, which makes it a sum of products too;
- *capped*: ``1 - P + P prod (1 - min(x / P, 1))``.

Groups leave in all orders alike: the part that leaves through group g is what it would take alone
times ``integral_0^1 prod_{h != g} (1 - v + v left_h) dv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vatra.plans.attribution.products import (
    Floats,
    Products,
    added,
    constant,
    multiplied,
    single,
    unit_nodes,
)
from vatra.plans.engine import Effect

# More than rounding of floats makes of shares that sum to one.
_OVER = 1.0 + 1e-12


@dataclass(frozen=True)
class Acting:
    """One effect: what it removes while its action acts.

    ``share`` [T], 0 to 1; ``player`` the action, ``needs`` all actions without which it does
    nothing, rising.
    """

    effect: Effect
    share: Floats
    player: int
    needs: tuple[int, ...] = ()

    @property
    def idle(self) -> bool:
        """Whether it removes nothing in any year."""
        return not self.share.any()


def stays(acting: Acting, share: Floats) -> Products:
    """``1 - share`` while the action and all it needs act, 1 otherwise.

    One term for each of the ways in which something needed first fails to act: terms of two effects
    that need the same cancel where they contradict each other.
    """
    years = len(share)
    own = alone = single(acting.player, 1.0, 1.0 - share, years)
    for needed in reversed(acting.needs):
        absent = single(needed, 1.0, 0.0, years)
        own = added([absent, single(needed, 0.0, 1.0, years).times(own)], years)
    return replace(own, low=alone.low, high=alone.high)


def acts(acting: Acting, share: Floats) -> Products:
    """``share`` while the action and all it needs act, 0 otherwise."""
    years = len(share)
    whole = [single(each, 0.0, 1.0, years) for each in (*acting.needs, acting.player)]
    return multiplied(whole, years).scaled(share)


def left(effects: Sequence[Acting], years: int) -> Products:
    """What effects on one factor leave of it."""
    return multiplied([_left(each, years) for each in _groups(effects)], years)


def gone(effects: Sequence[Acting], years: int) -> list[Products | None]:
    """What leaves the factor through each effect; ``None`` through one that is idle."""
    groups = _groups(effects)
    found: dict[int, Products] = {}
    if len(groups) == 1:
        found = _by_member(groups[0], _own(groups[0], years))
        return [found.get(id(each)) for each in effects]
    nodes, weights = unit_nodes((len(groups) + 1) // 2 or 1)
    for group in groups:
        others = [each for each in groups if each is not group]
        orders = added(
            [
                multiplied([_thinned(each, node, years) for each in others], years).scaled(weight)
                for node, weight in zip(nodes, weights, strict=True)
            ],
            years,
        )
        found |= _by_member(group, [each.times(orders) for each in _own(group, years)])
    return [found.get(id(each)) for each in effects]


def _by_member(group: _Group, sums: Sequence[Products]) -> dict[int, Products]:
    return {id(each): found for each, found in zip(group.members, sums, strict=True)}


@dataclass(frozen=True)
class _Group:
    """Effects that meet: those that are not idle, how they meet, the part they address."""

    members: tuple[Acting, ...]
    how: str
    potential_share: float

    @property
    def shares(self) -> list[Floats]:
        return [each.share for each in self.members]


def _groups(effects: Sequence[Acting]) -> list[_Group]:
    named: dict[str, list[Acting]] = {}
    for position, each in enumerate(effects):
        alone = each.effect.combine == "product" or not each.effect.group
        named.setdefault(f"\0{position}" if alone else each.effect.group, []).append(each)
    groups = [_group(each) for each in named.values()]
    return [each for each in groups if each.members]


def _group(effects: Sequence[Acting]) -> _Group:
    """One alone only knows its cap; an idle one still counts for it."""
    how = effects[0].effect.combine
    potential = min(each.effect.potential_share for each in effects)
    how = how if how == "capped" or len(effects) > 1 else "product"
    return _Group(tuple(each for each in effects if not each.idle), how, max(potential, 0.0))


def _left(group: _Group, years: int) -> Products:
    members = group.members
    if group.how == "exclusive":
        terms = [constant(1.0, years), *(acts(each, -each.share) for each in members)]
        return replace(added(terms, years), clipped=_clipped(group))
    if group.how == "nested":
        return _nested(group, years)
    if group.how == "capped":
        potential = group.potential_share
        inside = _all_stay(members, _inside(group), years)
        return added([constant(1.0 - potential, years), inside.scaled(potential)], years)
    return _all_stay(members, group.shares, years)


def _clipped(group: _Group) -> bool:
    """Whether shares that exclude each other sum to more than the whole."""
    return bool((np.sum(group.shares, axis=0) > _OVER).any())


def _all_stay(members: Sequence[Acting], shares: Sequence[Floats], years: int) -> Products:
    pairs = zip(members, shares, strict=True)
    return multiplied([stays(each, share) for each, share in pairs], years)


def _nested(group: _Group, years: int) -> Products:
    steps, covers = _layers(group)
    terms = [
        _all_stay(group.members, list(cover), years).scaled(step)
        for step, cover in zip(steps, covers, strict=True)
    ]
    return added([constant(1.0 - steps.sum(axis=0), years), *terms], years)


def _thinned(group: _Group, node: float, years: int) -> Products:
    """What a group leaves when it has had the time ``node`` to act: ``1 - v + v left``."""
    if group.how == "product" and len(group.members) == 1:
        return stays(group.members[0], node * group.members[0].share)
    return added([constant(1.0 - node, years), _left(group, years).scaled(node)], years)


def _own(group: _Group, years: int) -> list[Products]:
    """What leaves through each member of a group when no other group is there."""
    if group.how == "exclusive":
        alone = [acts(each, each.share) for each in group.members]
        if not _clipped(group):
            return alone
        # Above the whole, what leaves through one depends on all of them.
        everyone = {player for each in alone for player in each.players}
        return [replace(each.among(everyone), clipped=True) for each in alone]
    if group.how == "nested":
        return _layered(group, years)
    if group.how == "capped":
        inside = _competing(group.members, _inside(group), years)
        return [each.scaled(group.potential_share) for each in inside]
    return _competing(group.members, group.shares, years)


def _competing(members: Sequence[Acting], shares: Sequence[Floats], years: int) -> list[Products]:
    """``x_i integral_0^1 prod_{j != i} (1 - v x_j) dv``."""
    nodes, weights = unit_nodes((len(members) + 1) // 2)
    found = []
    for at, (member, own) in enumerate(zip(members, shares, strict=True)):
        others = [*members[:at], *members[at + 1 :]]
        theirs = [*shares[:at], *shares[at + 1 :]]
        terms = [
            _all_stay(others, [node * share for share in theirs], years).scaled(weight)
            for node, weight in zip(nodes, weights, strict=True)
        ]
        found.append(acts(member, own).times(added(terms, years)))
    return found


def _layers(group: _Group) -> tuple[Floats, Floats]:
    """Thickness of each layer [L, T]; whether each member covers it, 0 or 1 [L, members, T]."""
    shares = np.stack(group.shares)
    ranked = np.sort(shares, axis=0)
    steps = np.diff(ranked, axis=0, prepend=np.zeros_like(ranked[:1]))
    return steps, (shares[None] >= ranked[:, None]).astype(np.float64)


def _layered(group: _Group, years: int) -> list[Products]:
    """Each layer in equal parts to the members that cover it and act."""
    steps, covers = _layers(group)
    nodes, weights = unit_nodes((len(group.members) + 1) // 2)
    found = []
    for at, member in enumerate(group.members):
        others = [*group.members[:at], *group.members[at + 1 :]]
        terms = []
        for step, cover in zip(steps, covers, strict=True):
            theirs = [*cover[:at], *cover[at + 1 :]]
            # Another one that covers the layer and acts multiplies by the node.
            parts = [
                _all_stay(others, [(1.0 - node) * each for each in theirs], years).scaled(weight)
                for node, weight in zip(nodes, weights, strict=True)
            ]
            terms.append(acts(member, step * cover[at]).times(added(parts, years)))
        found.append(added(terms, years))
    return found


def _inside(group: _Group) -> list[Floats]:
    """Share of the part that a capped group addresses which each member removes."""
    potential = group.potential_share
    if not potential:
        return [np.zeros_like(each) for each in group.shares]
    return [np.minimum(each / potential, 1.0) for each in group.shares]
