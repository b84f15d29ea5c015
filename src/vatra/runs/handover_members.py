"""Which blocks are handed over, under which package and from which year on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vatra.plans.blocks import Climate, Engine
from vatra.plans.quarter import Aim, Capacity, Chosen, Menu, Order, neighbours, order_of_works
from vatra.plans.quarter.menu import Ints
from vatra.plans.retrofit import Packages, default_options
from vatra.plans.retrofit.costs import cost_items
from vatra.plans.retrofit.named import named, options_of
from vatra.plans.stock import Building
from vatra.runs.handover_energy import HOMES, energy_of
from vatra.runs.handover_parts import Member, Money
from vatra.runs.quarter import QuarterRun
from vatra.runs.retrofit import USUAL_HEAT
from vatra.runs.retrofit_facts import Asked
from vatra.runs.retrofit_menu import renovate_all
from vatra.runs.stock import Stock
from vatra.tables import Finding, FindingsError

_KEPT = 0
_NAMED = "named"


@dataclass(frozen=True, eq=False)
class Choice:
    """One package for each block and when it is done, whoever chose it.

    ``packages`` the list that was chosen from; ``unfit`` blocks that were asked for and whose roofs
    do not hold the package's panels; ``others`` buildings that are no homes, for which no package
    can be weighed.
    """

    stock: Stock
    climate: Climate
    packages: Packages
    chosen: Chosen
    order: Order
    engine: Engine = "rc5"
    heat: str = USUAL_HEAT
    unfit: tuple[str, ...] = ()
    others: tuple[Building, ...] = ()

    @property
    def whole(self) -> Stock:
        """The stock with the buildings that packages are not weighed for."""
        everyone = sorted([*self.stock.buildings, *self.others], key=lambda each: each.code)
        return replace(self.stock, buildings=tuple(everyone))


def of_quarter(run: QuarterRun) -> Choice:
    """What a quarter's plan chose."""
    question = run.question
    return Choice(
        run.stock, run.climate, run.packages, run.chosen, run.order, question.engine, question.heat
    )


def of_package(
    stock: Stock,
    climate: Climate,
    package: str,
    asked: Asked,
    capacity: Capacity,
    *,
    types: Collection[str] = (),
    share: float = 1.0,
    engine: Engine = "rc5",
    heat: str = USUAL_HEAT,
) -> Choice:
    """One package for all blocks of some types, or for a share of them.

    Parameters
    ----------
    package : a name, or options joined by ``+``
    types : archetypes; none named: every block
    share : of the flats of these blocks, those that come first in the order of works; a block is
        done whole, so the share is reached by the last one

    Raises ``RetrofitError`` for a package that is not known, ``FindingsError`` for types that the
    stock does not have.
    """
    others = tuple(each for each in stock.buildings if each.use not in HOMES)
    stock = replace(stock, buildings=tuple(e for e in stock.buildings if e.use in HOMES))
    there = {each.archetype for each in stock.buildings}
    foreign = sorted(set(types) - there)
    if foreign:
        params = {"types": foreign, "known": sorted(there)}
        raise FindingsError([Finding("runs.handover-types", "error", params=params)])
    packages = _alone(options_of(package))
    if not there or bool((packages.chosen[0] == packages.chosen[1]).all()):
        raise FindingsError([Finding("runs.handover-none", "error", "buildings.csv")])
    menu = renovate_all(stock, climate, asked, packages, engine=engine, heat=heat)
    wanted = np.array([not types or each.archetype in types for each in stock.buildings])
    picked = np.where(wanted & menu.allowed[:, 1], 1, _KEPT).astype(np.int64)
    unfit = tuple(menu.blocks[n] for n in np.flatnonzero(wanted & ~menu.allowed[:, 1]))
    groups = neighbours(stock.buildings, stock.footprints)
    together = replace(capacity, together=(*capacity.together, *groups))
    order = order_of_works(_chosen(menu, picked), together)
    if share < 1.0:
        order = order_of_works(_chosen(menu, _first(order, picked, share)), together)
    return Choice(stock, climate, packages, order.chosen, order, engine, heat, unfit, others)


def _alone(options: Mapping[str, str]) -> Packages:
    """The package that changes nothing, then the one that is asked for."""
    known = default_options()
    axes = tuple(known)
    kept = [[each.id for each in known[axis]].index(named()["kept"].options[axis]) for axis in axes]
    chosen = [
        [each.id for each in known[axis]].index(options[axis]) if axis in options else at
        for axis, at in zip(axes, kept, strict=True)
    ]
    return Packages(axes, tuple(known[axis] for axis in axes), np.array([kept, chosen], np.int64))


def _chosen(menu: Menu, picked: Ints) -> Chosen:
    value = float(menu.of("cost_cents", picked).sum())
    return Chosen(menu, Aim(), picked, value, value, True, _NAMED)


def _first(order: Order, picked: Ints, share: float) -> Ints:
    """Of the blocks picked, those that come first until they have their share of the flats."""
    flats = order.chosen.menu.flats_count
    whole, done = float(flats[picked > _KEPT].sum()), 0.0
    left = np.full_like(picked, _KEPT)
    for block in order.sequence:
        if done >= share * whole - 1e-9:
            break
        left[block] = picked[block]
        done += float(flats[block])
    return left


def members_of(choice: Choice) -> tuple[list[Member], list[str]]:
    """Blocks on which works are done, and the codes of those whose works never end.

    A block saves from the year after its works on, as the quarter's own order counts.
    """
    menu, chosen, order = choice.chosen.menu, choice.chosen, choice.order
    bought = energy_of(
        choice.stock,
        choice.climate,
        choice.packages,
        chosen.package,
        engine=choice.engine,
        heat=choice.heat,
    )
    found, left = [], []
    for n in chosen.touched.tolist():
        if not order.done[n]:
            left.append(menu.blocks[n])
            continue
        place = int(chosen.package[n])
        found.append(
            Member(
                bought[n],
                menu.packages[place],
                int(order.done[n]) + 1,
                int(menu.flats_count[n]),
                float(menu.floor_m2[n]),
                _money(menu, n, place),
                _lifetime(choice.packages, place),
            )
        )
    return found, left


def _money(menu: Menu, block: int, place: int) -> Money:
    paid = {payer: int(each[block, place]) for payer, each in menu.grant_cents.items()}
    paid["owners"] = int(menu.owners_cents[block, place])
    low, high = menu.cost_low_cents, menu.cost_high_cents
    return Money(
        int(menu.cost_cents[block, place]),
        None if low is None else int(low[block, place]),
        None if high is None else int(high[block, place]),
        {payer: cents for payer, cents in paid.items() if cents},
    )


def _lifetime(packages: Packages, place: int) -> float:
    """The mean life of the works of a package [years]."""
    items: Sequence[str] = [
        item
        for axis, options in enumerate(packages.options)
        for item in options[int(packages.chosen[place, axis])].items
    ]
    lives = [cost_items()[each].lifetime_years for each in items]
    return float(sum(lives)) / len(lives)
