"""The order of works: which block in which year, within what contractors and budgets can bear."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vatra.plans.quarter.chosen import Chosen
from vatra.plans.quarter.errors import QuarterError
from vatra.plans.quarter.menu import Floats, Ints

WORST, CHEAPEST = "worst", "cheapest"
PRIORITIES = (WORST, CHEAPEST)
# More years than anyone plans: what is not done by then does not fit.
MOST_YEARS = 60
_NOTHING = 1e-12


@dataclass(frozen=True)
class Capacity:
    """What can be done in a year; what is not given is no limit.

    ``budget_cents`` for each year, the same or by year (a year that is not named has none);
    ``priority`` ``worst`` (most primary energy per m2 first) or ``cheapest`` (least money per tonne
    of CO2 first); ``together`` groups of codes that are worked on one after the other: blocks that
    touch, or that share a stair or a branch of the heat network.
    """

    first_year: int
    flats_per_year: float | None = None
    area_per_year_m2: float | None = None
    budget_cents: int | Mapping[int, int] | None = None
    priority: str = WORST
    together: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        amounts = [self.flats_per_year, self.area_per_year_m2]
        if isinstance(self.budget_cents, int):
            amounts.append(self.budget_cents)
        if any(each is not None and not each > 0 for each in amounts):
            raise QuarterError("aim-amount", name="capacity")
        if self.priority not in PRIORITIES:
            raise QuarterError("aim-word", names=[self.priority], known=list(PRIORITIES))

    def budget_of(self, year: int) -> float:
        """The money of a year [cents]."""
        if self.budget_cents is None:
            return float("inf")
        if isinstance(self.budget_cents, int):
            return float(self.budget_cents)
        return float(self.budget_cents.get(year, 0))


@dataclass(frozen=True, eq=False)
class Order:
    """When which block is worked on.

    Attributes
    ----------
    years : from the first to the last with works
    sequence : places of blocks in the order of their works
    begun, done : [n] years; 0 for blocks without works or that do not fit
    share : [n, years] part of a block's works in each year
    paid_cents : by payer, [n, years]; over the years exactly what the payer bears
    left : places of blocks whose works do not fit into the budgets given
    """

    chosen: Chosen
    years: tuple[int, ...]
    sequence: tuple[int, ...]
    begun: Ints
    done: Ints
    share: Floats
    paid_cents: Mapping[str, Ints]
    left: tuple[int, ...] = field(default=())

    @property
    def cost_cents(self) -> Ints:
        """Money of each year [years]."""
        none = np.zeros(len(self.years), np.int64)
        return np.asarray(sum((each.sum(axis=0) for each in self.paid_cents.values()), none))

    @property
    def flats(self) -> Floats:
        """Flats worked on in each year, parts counted [years]."""
        return np.asarray(self.chosen.menu.flats_count @ self.share)

    def saved(self, name: str) -> Floats:
        """What the works done save in each year [years]: a block counts from the year after.

        ``name`` a column of the menu: ``co2_kg``, ``bill_eur``, ...
        """
        menu = self.chosen.menu
        less = menu.before(name) - menu.of(name, self.chosen.package)
        working = (self.done[:, None] > 0) & (self.done[:, None] < np.asarray(self.years))
        return np.asarray(less @ working)


def order_of_works(chosen: Chosen, capacity: Capacity) -> Order:
    """Blocks one after the other, each year as much as people and money allow.

    A block may begin in one year and end in the next; then its money is parted as its works are.
    Neighbours follow each other, and a group stands where its blocks together stand.
    """
    sequence = _sequence(chosen, capacity)
    done_by_year = _fill(chosen, capacity, sequence)
    years = tuple(range(capacity.first_year, capacity.first_year + max(len(done_by_year), 1)))
    n = chosen.menu.count
    share = np.zeros((n, len(years)))
    money = np.zeros((n, len(years)), np.int64)
    for place, year in enumerate(done_by_year):
        for block, (part, cents) in year.items():
            share[block, place], money[block, place] = part, cents
    finished = (money.sum(axis=1) == chosen.menu.of("cost_cents", chosen.package)) & (
        share.sum(axis=1) > 1 - 1e-9
    )
    some = share > 0
    first, last = some.argmax(axis=1), len(years) - 1 - some[:, ::-1].argmax(axis=1)
    start = capacity.first_year
    begun = np.where(some.any(axis=1), start + first, 0).astype(np.int64)
    done = np.where(finished, start + last, 0).astype(np.int64)
    left = tuple(each for each in sequence if not finished[each])
    return Order(chosen, years, tuple(sequence), begun, done, share, _parted(chosen, money), left)


def _sequence(chosen: Chosen, capacity: Capacity) -> list[int]:
    """Groups by their urgency, within a group block by block, of equals the code decides."""
    menu = chosen.menu
    place_of = {code: place for place, code in enumerate(menu.blocks)}
    touched = set(chosen.touched.tolist())
    groups: list[list[int]] = []
    seen: set[int] = set()
    for names in capacity.together:
        members = [place_of[each] for each in names if place_of.get(each) in touched - seen]
        seen |= set(members)
        groups += [members] if members else []
    groups += [[each] for each in sorted(touched - seen)]
    urgency = _urgency(chosen, capacity.priority)
    groups = [sorted(each, key=lambda at: (urgency([at]), menu.blocks[at])) for each in groups]
    groups.sort(key=lambda each: (urgency(each), menu.blocks[each[0]]))
    return [block for group in groups for block in group]


def _urgency(chosen: Chosen, priority: str) -> Callable[[Sequence[int]], float]:
    """How soon works are due: the smaller, the sooner."""
    menu = chosen.menu
    primary, floor = menu.before("primary_kwh"), menu.floor_m2
    cost = menu.of("cost_cents", chosen.package)
    saved = menu.before("co2_kg") - menu.of("co2_kg", chosen.package)

    def of(blocks: Sequence[int]) -> float:
        if priority == WORST:
            return -round(float(primary[blocks].sum() / max(floor[blocks].sum(), 1e-9)), 9)
        less = float(saved[blocks].sum())
        return round(float(cost[blocks].sum()) / less, 9) if less > 0 else float("inf")

    return of


def _fill(
    chosen: Chosen, capacity: Capacity, sequence: Sequence[int]
) -> list[dict[int, tuple[float, int]]]:
    """For each year the part of the works and the money of each block."""
    menu = chosen.menu
    cost = menu.of("cost_cents", chosen.package)
    queue = [(block, 1.0, int(cost[block])) for block in sequence]
    years: list[dict[int, tuple[float, int]]] = []
    while queue and len(years) < MOST_YEARS:
        year: dict[int, tuple[float, int]] = {}
        room = _Room(capacity, capacity.first_year + len(years))
        while queue:
            block, part, cents = queue[0]
            able = room.able(float(menu.flats_count[block]), float(menu.floor_m2[block]),
                             int(cost[block]), part, cents)  # fmt: skip
            if able[0] <= _NOTHING:
                break
            room.use(float(menu.flats_count[block]), float(menu.floor_m2[block]), *able)
            year[block] = able
            if able[0] < part - _NOTHING:
                queue[0] = (block, part - able[0], cents - able[1])
                break
            queue.pop(0)
        years.append(year)
        if not year and _no_more(capacity, capacity.first_year + len(years)):
            break
    while years and not years[-1]:
        years.pop()
    return years


def _no_more(capacity: Capacity, year: int) -> bool:
    budgets = capacity.budget_cents
    return isinstance(budgets, Mapping) and not any(each >= year for each in budgets)


@dataclass
class _Room:
    """What is left of a year."""

    capacity: Capacity
    year: int

    def __post_init__(self) -> None:
        endless = float("inf")
        self.flats = self.capacity.flats_per_year or endless
        self.area_m2 = self.capacity.area_per_year_m2 or endless
        self.cents = self.capacity.budget_of(self.year)

    def able(
        self, flats: float, area_m2: float, cost: int, part: float, cents: int
    ) -> tuple[float, int]:
        """How much of what is left of a block fits in, and its money."""
        most = part
        for have, need in ((self.flats, flats), (self.area_m2, area_m2), (self.cents, cost)):
            if need > 0:
                most = min(most, have / need)
        if most >= part - _NOTHING and cents <= self.cents:
            return part, cents
        return most, int(min(cost * most, cents, self.cents))

    def use(self, flats: float, area_m2: float, part: float, cents: int) -> None:
        """Take it off."""
        self.flats -= flats * part
        self.area_m2 -= area_m2 * part
        self.cents -= cents


def _parted(chosen: Chosen, money: Ints) -> dict[str, Ints]:
    """The money of each year by payer: grants as far as the works have come, owners the rest."""
    menu = chosen.menu
    cost = np.maximum(menu.of("cost_cents", chosen.package), 1)
    so_far = money.cumsum(axis=1)
    found, left = {}, money.copy()
    for payer in sorted(menu.grant_cents):
        whole = menu.of(f"grant.{payer}", chosen.package)
        # Whole numbers of Python: cents times cents outgrow 64 bits.
        paid = so_far.astype(object) * whole[:, None].astype(object) // cost[:, None].astype(object)
        found[payer] = np.diff(paid.astype(np.int64), axis=1, prepend=0)
        left -= found[payer]
    return found | {"owners": left}
