"""P10 to P90 of what a quarter needs and emits, before the works and after them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks import Climate
from vatra.plans.blocks.bulk import Changes, simulate_states
from vatra.plans.quarter import Chosen
from vatra.plans.quarter.doubt import DRAWS, Range, drawn_states, range_of
from vatra.plans.quarter.menu import Floats, Ints
from vatra.plans.retrofit import Packages
from vatra.plans.retrofit.effects import changes
from vatra.runs.stock import Stock

_WH_PER_KWH = 1e3


@dataclass(frozen=True, eq=False)
class Ranges:
    """What all blocks together need and emit in a typical year; ``draws`` how many were drawn.

    ``heating_before_kwh``, ``heating_after_kwh``, ``heating_saved_kwh`` need of heat for the rooms;
    ``co2_before_kg``, ``co2_after_kg``, ``co2_saved_kg``; ``block_saved_kwh`` P10 and P90 of each
    block's saving [n, 2].
    """

    draws: int
    heating_before_kwh: Range
    heating_after_kwh: Range
    heating_saved_kwh: Range
    co2_before_kg: Range
    co2_after_kg: Range
    co2_saved_kg: Range
    block_saved_kwh: Floats


def ranges(
    stock: Stock, climate: Climate, packages: Packages, chosen: Chosen, draws: int = DRAWS
) -> Ranges:
    """Draw what nobody measured, and simulate every block as it stands and after its works.

    Need follows the 5R1C engine; emissions follow the need in a straight line, as between packages
    with the same source of heat.
    """
    before, after = _drawn_kwh(stock, climate, packages, chosen, draws)
    menu, package = chosen.menu, chosen.package
    # What the draws' middle calls the typical year is held to what the menu computed.
    slopes_before = _kg_per_kwh(chosen, packages, np.full(menu.count, menu.kept))
    slopes_after = _kg_per_kwh(chosen, packages, package)
    co2_before = menu.before("co2_kg").sum() + slopes_before @ (
        before - menu.before("heating_kwh")[:, None]
    )
    co2_after = menu.of("co2_kg", package).sum() + slopes_after @ (
        after - menu.of("heating_kwh", package)[:, None]
    )
    saved = before - after
    return Ranges(
        draws,
        range_of(before.sum(axis=0)),
        range_of(after.sum(axis=0)),
        range_of(saved.sum(axis=0)),
        range_of(co2_before),
        range_of(co2_after),
        range_of(co2_before - co2_after),
        np.quantile(saved, (0.1, 0.9), axis=1).T,
    )


def _drawn_kwh(
    stock: Stock, climate: Climate, packages: Packages, chosen: Chosen, draws: int
) -> tuple[Floats, Floats]:
    """Need of every block under every draw, before and after [n, draws]."""
    zones = stock.zones()
    now, then = drawn_states(draws)
    works = changes(packages)
    before = np.zeros((len(zones), draws))
    after = np.zeros((len(zones), draws))
    for place in np.unique(chosen.package):
        members = np.flatnonzero(chosen.package == place)
        after[members] = _kwh(
            [zones[each] for each in members], climate, works.take([place]).crossed(then)
        )
    before[:] = _kwh(zones, climate, now)
    untouched = chosen.package == chosen.menu.kept
    after[untouched] = before[untouched]
    return before, after


def _kwh(zones: list, climate: Climate, states: Changes) -> Floats:  # type: ignore[type-arg]
    needs = simulate_states(zones, climate, states, "rc5")
    return np.asarray(needs.heating_wh.astype(np.float64).sum(axis=2) / _WH_PER_KWH)


def _kg_per_kwh(chosen: Chosen, packages: Packages, package: Ints) -> Floats:
    """Emission of one more kWh of need under each block's package [n].

    From two packages that differ in the envelope alone.
    """
    menu = chosen.menu
    partner = _partners(packages)
    at = np.arange(menu.count)
    other = partner[package]
    need = menu.heating_kwh[at, package] - menu.heating_kwh[at, other]
    kg = menu.co2_kg[at, package] - menu.co2_kg[at, other]
    return np.divide(kg, need, out=np.zeros(menu.count), where=np.abs(need) > 1.0)


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
