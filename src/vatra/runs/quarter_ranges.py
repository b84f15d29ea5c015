"""P10 to P90 of what a quarter needs and emits, before the works and after them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vatra.plans.bills import Draws, Prior, after_works, draws_at, priors, scores, work_draws
from vatra.plans.blocks import Climate, Zone
from vatra.plans.blocks.bulk import Changes, simulate_states
from vatra.plans.quarter import Chosen
from vatra.plans.quarter.menu import Floats, Ints
from vatra.plans.retrofit import Packages
from vatra.plans.services import systems_of, usual_systems
from vatra.plans.stock import Building, archetypes
from vatra.runs.stock import Stock

DRAWS = 256
_SEED = 20261123
_WH_PER_KWH = 1e3
HEATING = "heating_kwh"
# Columns that follow the heat bought.
FOLLOWING = ("co2_kg", "primary_kwh", "bill_eur")


@dataclass(frozen=True)
class Range:
    """P10, middle and P90 of a figure."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, eq=False)
class Ranges:
    """What all blocks together need, emit and pay in a typical year; ``draws`` how many were drawn.

    ``before``, ``after`` and ``saved`` by column of the menu: ``heating_kwh`` need of heat for the
    rooms, ``co2_kg``, ``primary_kwh``, ``bill_eur``; ``block_saved_kwh`` P10 and P90 of what each
    block saves of heat [n, 2].
    """

    draws: int
    before: Mapping[str, Range]
    after: Mapping[str, Range]
    saved: Mapping[str, Range]
    block_saved_kwh: Floats


def ranges(
    stock: Stock,
    climate: Climate,
    packages: Packages,
    chosen: Chosen,
    usual_heat: str,
    draws: int = DRAWS,
) -> Ranges:
    """Draw what nobody measured, and simulate every block as it stands and after its works.

    Blocks of one type err together as far as ``plans.bills`` says (``shared_share``), the rest is
    each block's own and evens out over a quarter. Need follows the 5R1C engine; emissions, primary
    energy and bills follow heat bought in a straight line, as between packages with the same source
    of heat; prices and factors are not drawn.
    """
    drawn = _Drawn(stock, climate, packages, chosen, usual_heat, draws)
    need = {"before": drawn.before_kwh, "after": drawn.after_kwh}
    taken = {"before": np.full(chosen.menu.count, chosen.menu.kept), "after": chosen.package}
    sums = {
        when: {HEATING: need[when].sum(axis=0)}
        | {
            name: _of_heat(chosen, packages, taken[when], need[when] * drawn.losses, name)
            for name in FOLLOWING
        }
        for when in need
    }
    saved = need["before"] - need["after"]
    return Ranges(
        drawn.count,
        {name: range_of(values) for name, values in sums["before"].items()},
        {name: range_of(values) for name, values in sums["after"].items()},
        {name: range_of(values - sums["after"][name]) for name, values in sums["before"].items()},
        np.quantile(saved, (0.1, 0.9), axis=1).T,
    )


def _of_heat(
    chosen: Chosen, packages: Packages, package: Ints, bought_kwh: Floats, name: str
) -> Floats:
    """A column of all blocks together under every draw [draws], from their heat [n, draws]."""
    menu = chosen.menu
    typical = menu.of(HEATING, package)[:, None]
    slope = _per_kwh(chosen, packages, package, name)
    return np.asarray(menu.of(name, package).sum() + slope @ (bought_kwh - typical))


def range_of(values: Floats) -> Range:
    """Of draws."""
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
    return Range(float(low), float(middle), float(high))


class _Drawn:
    """Need of every block under every draw, before and after, and how much more heat is bought
    than needed, over the usual [n, draws]."""

    def __init__(
        self,
        stock: Stock,
        climate: Climate,
        packages: Packages,
        chosen: Chosen,
        usual_heat: str,
        draws: int,
    ) -> None:
        self.stock, self.climate, self.usual_heat = stock, climate, usual_heat
        self.common = self._common(draws)
        self.count = next(iter(self.common.values())).shape[1]
        shape = (len(stock.buildings), self.count)
        self.before_kwh, self.after_kwh, self.losses = (np.zeros(shape) for _ in range(3))
        luck, kept = work_draws(draws), chosen.menu.kept
        for place, (building, zone) in enumerate(zip(stock.buildings, stock.zones(), strict=True)):
            block = self._block(building, place)
            at = int(chosen.package[place])
            states = [block.changes()]
            states += [after_works(block, packages, at, luck)] if at != kept else []
            need = [self._kwh(zone, each) for each in states]
            self.before_kwh[place], self.after_kwh[place] = need[0], need[-1]
            self.losses[place] = block.of("losses")

    def _common(self, draws: int) -> Mapping[str, Floats]:
        """Scores that blocks of a type share (parameters, draws)."""
        codes = sorted({each.archetype for each in self.stock.buildings})
        return {code: scores(draws, _SEED + n) for n, code in enumerate(codes)}

    def _block(self, building: Building, place: int) -> Draws:
        """Draws of one block: its type's part and its own."""
        found = self._priors(building)
        shared = np.asarray([each.shared_share for each in found])[:, None]
        # Any numbers do for what evens out; the place makes them another block's.
        own = np.random.default_rng([_SEED, place]).standard_normal((len(found), self.count))
        common = self.common[building.archetype]
        return draws_at(found, np.sqrt(shared) * common + np.sqrt(1 - shared) * own)

    def _priors(self, building: Building) -> tuple[Prior, ...]:
        use = building.use if building.use in ("block", "house") else "block"
        systems = systems_of(building.code, self.stock.systems, usual_systems(use, self.usual_heat))
        own = self.stock.elements.get(building.code, ())
        measured = {each.kind for each in own if each.u_w_m2k is not None}
        return priors(archetypes()[building.archetype], systems, use, measured)

    def _kwh(self, zone: Zone, states: Changes) -> Floats:
        needs = simulate_states([zone], self.climate, states, "rc5")
        return np.asarray(needs.heating_wh[0].astype(np.float64).sum(axis=1) / _WH_PER_KWH)


def _per_kwh(chosen: Chosen, packages: Packages, package: Ints, name: str) -> Floats:
    """What one more kWh of need adds to a column under each block's package [n].

    From two packages that differ in the envelope alone.
    """
    menu = chosen.menu
    at = np.arange(menu.count)
    other = _partners(packages)[package]
    need = menu.heating_kwh[at, package] - menu.heating_kwh[at, other]
    more = menu.columns[name][at, package] - menu.columns[name][at, other]
    return np.divide(more, need, out=np.zeros(menu.count), where=np.abs(need) > 1.0)


def _partners(packages: Packages) -> Ints:
    """For each package one with the same source of heat, panels, battery and ventilation and
    another envelope; itself where there is none [p]."""
    same = [each for each in ("ventilation", "heat", "pv", "battery") if each in packages.axes]
    kept = [packages.axes.index(each) for each in same]
    signature = packages.chosen[:, kept]
    found = np.arange(packages.count)
    for place in range(packages.count):
        alike = np.flatnonzero((signature == signature[place]).all(axis=1))
        others = alike[alike != place]
        if len(others):
            # The one that differs most, for a straight line over the whole way.
            far = (packages.chosen[others] != packages.chosen[place]).sum(axis=1)
            found[place] = others[int(far.argmax())]
    return found
