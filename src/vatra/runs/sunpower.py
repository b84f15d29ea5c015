"""Sun on the roofs of a folder's buildings: one block and its flats, or a quarter that shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np

from vatra.plans.blocks import Climate
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.services import electricity_w
from vatra.plans.stock import Building
from vatra.plans.sunpower import (
    MOUNTS,
    PLANES,
    Flow,
    Income,
    Layout,
    Shared,
    SunpowerError,
    community,
    flow,
    income,
    meters_w,
    panel_w,
    roof_kwp,
    shared,
    worth_cents,
)
from vatra.plans.sunpower.prosumer import Cents
from vatra.plans.sunpower.reading import value
from vatra.runs.blocks import read_climate
from vatra.runs.stock import Stock, open_stock
from vatra.tables import Finding, FindingsError, has_errors

Sharing = Literal["dynamic", "static"]
SHARINGS: tuple[Sharing, ...] = ("dynamic", "static")
_WH_PER_KWH = 1000.0


@dataclass(frozen=True)
class Asked:
    """What is asked of each block.

    ``kwp`` at most so much, None: what the roof takes; ``battery_kwh`` usable; ``one_meter``
    whether flats stand behind a common meter, so that what they share never sees the public grid;
    ``flat_m2`` areas of the flats of the one block, like ones where not given.
    """

    on_date: date
    kwp: float | None = None
    battery_kwh: float = 0.0
    share: Sharing = "dynamic"
    layout: Layout = "terrace"
    one_meter: bool = False
    flat_m2: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class SunBlock:
    """One building: what its roof takes, what stands on it, and its hours."""

    building: Building
    roof_kwp: float
    kwp: float
    flow: Flow


@dataclass(frozen=True, eq=False)
class SunRun:
    """A block or a quarter with the sun.

    Attributes
    ----------
    building : code of the one block that was asked for; None: all share
    members : what each member has by key: the flats and, last, the common parts of one block; in a
        quarter the blocks of what they leave each other
    names : of members; the common parts have a blank one
    direct_cents : what a block saves of its own roof before it shares, [k]; zero for flats
    income : the members' part
    """

    stock: Stock
    climate: Climate
    asked: Asked
    building: str | None
    blocks: tuple[SunBlock, ...]
    members: Shared
    names: tuple[str, ...]
    direct_cents: Cents
    income: Income
    findings: tuple[Finding, ...]

    @property
    def synthetic(self) -> bool:
        """Whether buildings or weather are made up; the hours of flats always are."""
        return self.climate.synthetic or any(each.building.synthetic for each in self.blocks)

    @property
    def total_cents(self) -> Cents:
        """What each member has of the sun in a year, [k]."""
        return self.direct_cents + self.income.total_cents


def run_sun(folder: Path, climate: str, asked: Asked, building: str | None = None) -> SunRun:
    """The sun on one building, or on all of them.

    ``climate`` as for ``run_blocks``. Raises ``FindingsError`` with all faults at once, and
    ``ImportError`` without the extra ``buildings``.
    """
    stock = open_stock(folder)
    around, found = read_climate(climate)
    findings = [*stock.findings, *found]
    chosen = [each for each in stock.buildings if building in (None, each.code)]
    if stock.buildings and not chosen:
        params = {"building": building, "known": [each.code for each in stock.buildings[:5]]}
        findings.append(Finding("runs.sun-no-building", "error", params=params))
    findings += _refused(asked)
    if around is None or has_errors(findings):
        raise FindingsError(findings)
    blocks, more = _blocks(chosen, around, asked)
    findings += [*more, *_other_flats(blocks[0], asked)]
    try:
        parts = _flats(blocks[0], asked) if building else _quarter(blocks, asked)
    except SunpowerError as error:
        raise FindingsError(
            [*findings, Finding(error.code, "error", params=error.params)]
        ) from None
    members, names, direct, earned = parts
    return SunRun(
        stock,
        around,
        asked,
        building,
        tuple(blocks),
        members,
        names,
        direct,
        earned,
        tuple(findings),
    )


def _refused(asked: Asked) -> list[Finding]:
    """Sizes that no plant has."""
    found = []
    for name, size in (("kwp", asked.kwp), ("battery_kwh", asked.battery_kwh)):
        if size is not None and not 0 <= size < 1e6:
            found.append(Finding("runs.sun-size", "error", params={"what": name, "size": size}))
    return found


def _other_flats(block: SunBlock, asked: Asked) -> list[Finding]:
    """Areas of more or fewer flats than the building has."""
    given, known = len(asked.flat_m2), block.building.flats_count
    if given in (0, known):
        return []
    params = {"building": block.building.code, "given": given, "known": known}
    return [Finding("runs.sun-flats-differ", "warning", params=params)]


def _blocks(
    buildings: Sequence[Building], climate: Climate, asked: Asked
) -> tuple[list[SunBlock], list[Finding]]:
    """Each building with its panels, and roofs smaller than what was asked."""
    per_kwp = panel_w(climate, PLANES[asked.layout], mount=MOUNTS[asked.layout])
    blocks, small = [], []
    for each in buildings:
        roof = roof_kwp(each.shape.footprint_m2, asked.layout, latitude_deg=climate.latitude_deg)
        kwp = roof if asked.kwp is None else min(asked.kwp, roof)
        if asked.kwp is not None and kwp < asked.kwp:
            small.append(each.code)
        hours = flow(
            load_w(each, climate),
            per_kwp * kwp,
            asked.battery_kwh * _WH_PER_KWH,
            compiled=True,
        )
        blocks.append(SunBlock(each, roof, kwp, hours))
    if not small:
        return blocks, []
    params = {"kwp": asked.kwp, "count": len(small), "buildings": small[:5]}
    return blocks, [Finding("runs.sun-roof-small", "warning", params=params)]


def load_w(building: Building, climate: Climate) -> Floats:
    """Electricity of a building's flats and common parts in each hour [W], synthetic."""
    return electricity_w(
        building.flats_count,
        building.heated_m2,
        climate,
        storeys_count=building.shape.storeys_count,
    )


Parts = tuple[Shared, tuple[str, ...], Cents, Income]


def _flats(block: SunBlock, asked: Asked) -> Parts:
    """One block: its flats and its common parts, whose fixed part is their part of the load."""
    given = asked.flat_m2 or (1.0,) * block.building.flats_count
    count = len(given)
    if not count:
        raise SunpowerError("flats-wrong")
    areas = np.asarray(given, np.float64)
    common = value("meters", "common_share")
    year = block.flow
    loads = meters_w(year.load_w * (1 - common), areas, year.load_w * common)
    keys = None if asked.share == "dynamic" else [*areas, common * areas.sum()]
    members = shared(loads, np.maximum(year.own_w + year.fed_w, 0.0), keys)
    # The panels stand behind the common meter: what the stairs use of them passes no grid.
    through = [not asked.one_meter] * count + [False]
    earned = income(members, block.kwp, asked.on_date, through_grid=through)
    names = (*(str(number) for number in range(1, count + 1)), "")
    return members, names, np.zeros(count + 1, np.int64), earned


def _quarter(blocks: Sequence[SunBlock], asked: Asked) -> Parts:
    """Blocks that use their own first; a fixed key goes by heated area."""
    keys = None
    if asked.share == "static":
        keys = [each.building.heated_m2 for each in blocks]
    members = community([each.flow for each in blocks], keys).pool
    powers = [each.kwp for each in blocks]
    earned = income(members, powers, asked.on_date, through_grid=True)
    own = np.array([each.flow.own_w.sum() for each in blocks])
    # What flats of a block use of its roof passes the grid unless they share a meter.
    price = earned.prices.bought if asked.one_meter else earned.prices.active
    names = tuple(each.building.code for each in blocks)
    return members, names, worth_cents(own, price), earned
