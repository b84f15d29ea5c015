"""Blocks handed over to the pathway: those with one package that are done in one year are a part.

A part becomes one action on a use of its own, so that no measure of another use counts its blocks
a second time, and no block stands in two parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vatra.runs.handover_energy import Bought, Energies

ELECTRICITY = "electricity"
# Less than this of a carrier is rounding of floats, not energy.
_NOTHING_WH = 1e-3


@dataclass(frozen=True)
class Money:
    """What the works of a part cost, without value added tax, and who pays."""

    cost_cents: int = 0
    low_cents: int | None = None
    high_cents: int | None = None
    paid_cents: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """Heat of a carrier that another serves: of what is left of ``carrier``, ``share`` goes over,
    ``ratio`` units of it to one of ``to_carrier``."""

    carrier: str
    to_carrier: str
    share: float
    ratio: float


@dataclass(frozen=True)
class Part:
    """Blocks of one package that are done in one year.

    Attributes
    ----------
    code, use : of the action, and of its own use in the pathway; ``of_use`` the use that it is
        taken out of
    package : options joined by ``+``
    start_year : the first year in which the saving counts
    before, envelope, after : energy of all its blocks by carrier [Wh], as in ``Bought``
    """

    code: str
    use: str
    of_use: str
    package: str
    start_year: int
    blocks: tuple[str, ...]
    flats_count: int
    area_m2: float
    before: Energies
    envelope: Energies
    after: Energies
    own_wh: float
    made_wh: float
    money: Money = Money()
    lifetime_years: float = 30.0

    @property
    def carriers(self) -> tuple[str, ...]:
        """Every carrier that it buys before or after."""
        return tuple(sorted({*self.before, *self.after}))

    @property
    def kept(self) -> dict[str, float]:
        """What efficiency leaves of each carrier [Wh].

        Where nothing takes a carrier's place, that is what is bought after all works.
        """
        low = self._lowered()
        if self.moves:
            return {name: low[name] for name in self.before}
        return {name: min(_of(self.after, name), wh) for name, wh in self.before.items()}

    @property
    def moves(self) -> tuple[Move, ...]:
        """What goes from one carrier to another, the same ratio for all."""
        low = self._lowered()
        more = {name: _of(self.after, name) - low[name] for name in self.carriers}
        rises = {name: wh for name, wh in more.items() if wh > _NOTHING_WH}
        falls = {name: -wh for name, wh in more.items() if wh < -_NOTHING_WH}
        gained, lost = sum(rises.values()), sum(falls.values())
        return tuple(
            Move(name, to, wh * rises[to] / gained / low[name], lost / gained)
            for name, wh in sorted(falls.items())
            for to in sorted(rises)
        )

    @property
    def wrong_carriers(self) -> tuple[str, ...]:
        """Carriers of which more is bought than before while no other falls for it."""
        if self.moves:
            return ()
        return tuple(
            name
            for name in self.carriers
            if _of(self.after, name) > _of(self.before, name) + _NOTHING_WH
        )

    def _lowered(self) -> dict[str, float]:
        """Each carrier after the works on the envelope, never more than before [Wh]."""
        return {
            name: min(_of(self.envelope, name), _of(self.before, name)) for name in self.carriers
        }

    def bought_after(self) -> dict[str, float]:
        """By carrier after all works, panels' own use taken off [Wh]."""
        return {
            name: _of(self.after, name) - (self.own_wh if name == ELECTRICITY else 0.0)
            for name in self.carriers
        }

    def saved(self) -> dict[str, float]:
        """By carrier [Wh]; below zero where more is bought."""
        after = self.bought_after()
        return {name: _of(self.before, name) - after[name] for name in self.carriers}

    def scaled(self, factor: Mapping[str, float]) -> Part:
        """The same part with every carrier's energy times a factor."""

        def times(held: Energies) -> dict[str, float]:
            return {name: wh * factor.get(name, 1.0) for name, wh in held.items()}

        after = times(self.after)
        own = min(self.own_wh, after.get(ELECTRICITY, 0.0))
        return Part(
            self.code, self.use, self.of_use, self.package, self.start_year, self.blocks,
            self.flats_count, self.area_m2, times(self.before), times(self.envelope), after,
            own, self.made_wh, self.money, self.lifetime_years,
        )  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One block of a part: its energy, its package, the first year that counts, its money."""

    bought: Bought
    package: str
    start_year: int
    flats_count: int
    area_m2: float
    money: Money
    lifetime_years: float = 30.0


def parts_of(members: Iterable[Member], stem: str = "blocks") -> tuple[Part, ...]:
    """Blocks by use, year and package, in that order; codes count within a year.

    Raises ``ValueError`` for a block that stands twice.
    """
    grouped: dict[tuple[int, str, str], list[Member]] = {}
    seen: set[str] = set()
    for each in members:
        if each.bought.building in seen:
            raise ValueError(f"{each.bought.building} stands twice")
        seen.add(each.bought.building)
        key = (each.start_year, each.bought.use, each.package)
        grouped.setdefault(key, []).append(each)
    found: list[Part] = []
    counts: dict[int, int] = {}
    for (year, use, package), held in sorted(grouped.items()):
        counts[year] = counts.get(year, 0) + 1
        code = f"{stem}_{year}_{counts[year]}"
        found.append(_part(code, use, package, year, held))
    return tuple(found)


def _part(code: str, use: str, package: str, year: int, held: Sequence[Member]) -> Part:
    bought = [each.bought for each in held]
    area = sum(each.area_m2 for each in held)
    return Part(
        code=code,
        use=code,
        of_use=use,
        package=package,
        start_year=year,
        blocks=tuple(sorted(each.building for each in bought)),
        flats_count=sum(each.flats_count for each in held),
        area_m2=area,
        before=_sums(each.before for each in bought),
        envelope=_sums(each.envelope for each in bought),
        after=_sums(each.after for each in bought),
        own_wh=sum(each.own_wh for each in bought),
        made_wh=sum(each.made_wh for each in bought),
        money=_money([each.money for each in held]),
        lifetime_years=sum(each.lifetime_years * each.area_m2 for each in held) / area,
    )


def _money(held: Sequence[Money]) -> Money:
    paid: dict[str, int] = {}
    for each in held:
        for payer, cents in each.paid_cents.items():
            paid[payer] = paid.get(payer, 0) + cents
    known = all(each.low_cents is not None and each.high_cents is not None for each in held)
    return Money(
        sum(each.cost_cents for each in held),
        sum(each.low_cents or 0 for each in held) if known else None,
        sum(each.high_cents or 0 for each in held) if known else None,
        dict(sorted(paid.items())),
    )


def _sums(parts: Iterable[Energies]) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in parts:
        for carrier, wh in part.items():
            found[carrier] = found.get(carrier, 0.0) + wh
    return {name: found[name] for name in sorted(found) if found[name] > 0}


def _of(held: Energies, name: str) -> float:
    return float(held.get(name, 0.0))
