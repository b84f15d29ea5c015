"""A package under draws: what works do is not known exactly either, and people answer to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import log
from typing import Any

import numpy as np

from vatra.plans.bills.draws import SEED, Draws, scores
from vatra.plans.bills.reading import TENTH, Floats, rows
from vatra.plans.blocks.bulk import Changes
from vatra.plans.blocks.bulk.changes import KINDS, OTHER
from vatra.plans.retrofit import Packages
from vatra.plans.retrofit.effects import BRIDGE, RESISTANCE, STATED, Effect, effects
from vatra.plans.retrofit.packages import ENVELOPE_AXES
from vatra.plans.risk.drawing import steady

# What is drawn for works; effects of one kind err together.
DIMENSIONS = (*KINDS, BRIDGE, *STATED, "comfort", "panel", "price")


@dataclass(frozen=True, eq=False)
class WorkDraws:
    """Standard normal scores of everything about works, by name, each [n]; not of one package, so
    that packages are compared under the same luck."""

    scores: Floats

    @property
    def count(self) -> int:
        """How many draws there are."""
        return int(self.scores.shape[1])

    def of(self, name: str) -> Floats:
        """Scores of one thing [n]."""
        return np.asarray(self.scores[DIMENSIONS.index(name)])

    @property
    def comfort_k(self) -> Floats:
        """How much warmer rooms are kept after works [K], never colder [n]."""
        low, high = _ends("comfort")
        middle, spread = (low + high) / 2, (high - low) / 2 / TENTH
        return np.asarray(np.maximum(middle + spread * self.of("comfort"), 0.0))

    @property
    def panel_share(self) -> Floats:
        """Yield of panels over the usual one [n]."""
        low, high = _ends("panel")
        return np.asarray(split(self.of("panel"), 1.0, low, high))

    @property
    def price_probability(self) -> Floats:
        """Where prices lie in their distributions, all together [n]: offers of one spring."""
        from scipy.special import ndtr

        return np.asarray(ndtr(self.of("price")))


@lru_cache(maxsize=4)
def work_draws(count: int) -> WorkDraws:
    """As many draws as ``scores(count)`` holds, in another order, so that works and the block
    that gets them are independent."""
    found = scores(count, SEED + 1, len(DIMENSIONS))
    order = np.random.default_rng(SEED).permutation(found.shape[1])
    return WorkDraws(np.ascontiguousarray(found[:, order]))


def after_works(
    draws: Draws, packages: Packages, place: int, luck: WorkDraws, *, comfort: float = 1.0
) -> Changes:
    """States of the same block after one package, draw by draw.

    Insulation comes on top of what the draw says is there; new windows take the place of the old;
    what is stated of air is aired by the habits that stay (``air_habit``). Where the envelope is
    renewed rooms are kept warmer by ``comfort``, a share of what they are after deep works
    (``comfort_of``); 0 as certificates take it.
    """
    chosen = packages.package(place)
    done = [effect for axis in packages.axes for effect in effects().get(chosen[axis], ())]
    now, n = draws.changes(), draws.count
    stated: dict[str, Any] = {name: _stated(done, name, luck, n) for name in STATED}
    warmer = comfort * bool(packages.touches(ENVELOPE_AXES)[place])
    habit = _ends("air_habit")[0]
    airs = np.isnan(stated["air_change_per_h"])
    return replace(
        now,
        resistance_m2k_w={kind: _resistance(done, kind, luck, n) for kind in KINDS},
        bridge_share=_bridges(done, now, luck),
        air_scale=np.where(airs, now.air_scale, now.air_scale**habit),
        inside_k=now.inside_k + warmer * luck.comfort_k,
        **stated,
    )


def comfort_of(heat_saved_share: float) -> float:
    """Share of the comfort that is taken back which works of some saving bring."""
    return min(max(heat_saved_share, 0.0) / _ends("comfort_full")[0], 1.0)


def split(at: Floats, middle: float, low: float, high: float) -> Floats:
    """Values at standard normal scores whose P10, middle and P90 are given, the logarithm normal
    on either side; in straight lines where one of them is not above zero."""
    if min(low, middle) <= 0:
        return np.asarray(middle + np.where(at < 0, middle - low, high - middle) / TENTH * at)
    below, above = max(log(middle / low), 0.0), max(log(high / middle), 0.0)
    return np.asarray(middle * np.exp(np.where(at < 0, below, above) / TENTH * at))


def _value(effect: Effect, at: Floats) -> Floats:
    found = split(at, effect.value, effect.low, effect.high)
    if effect.quantity.endswith("_share") and effect.quantity != BRIDGE:
        found = np.clip(found, 0.0, 0.95)
    return steady(np.maximum(found, 0.0))


def _resistance(done: list[Effect], kind: str, luck: WorkDraws, n: int) -> Floats:
    total = np.zeros(n)
    for effect in done:
        if (effect.quantity, effect.of) == (RESISTANCE, kind):
            total = total + _value(effect, luck.of(kind))
    return total


def _bridges(done: list[Effect], now: Changes, luck: WorkDraws) -> dict[str, Floats]:
    """By name: the block's own times what each option leaves; ``""`` for every other."""
    # A bridge that some option names is left alone by options that do not.
    every = (e for held in effects().values() for e in held if e.quantity == BRIDGE)
    names = sorted({OTHER, *(e.of for e in every)})
    found = {}
    for name in names:
        share = now.bridge(OTHER)
        for effect in done:
            if (effect.quantity, effect.of) == (BRIDGE, name):
                share = share * _value(effect, luck.of(BRIDGE))
        found[name] = share
    return found


def _stated(done: list[Effect], name: str, luck: WorkDraws, n: int) -> Floats:
    """Of several options that state one thing, the later axis'."""
    found = [effect for effect in done if effect.quantity == name]
    return _value(found[-1], luck.of(name)) if found else np.full(n, np.nan)


@cache
def _ends(name: str) -> tuple[float, float]:
    row = next(each for each in rows("works") if each["quantity"] == name)
    return float(row["low"]), float(row["high"])
