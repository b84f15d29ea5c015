"""The sun on blocks as plain rows: the year, its months, and what each member has of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from vatra.plans.blocks.climate.climate import Floats, monthly
from vatra.plans.sunpower import Rule, usual_battery
from vatra.runs.sunpower import SunRun

Row = dict[str, Any]
_FLOWS = ("load_w", "made_w", "own_w", "fed_w", "bought_w")
_WH_PER_KWH = 1e3


def month_rows(run: SunRun) -> list[Row]:
    """One row a month, all blocks together [Wh]: load, panels, own use, fed in, bought, lost in
    batteries and risen in them; in a quarter also what blocks had of each other (``shared_wh``),
    which is neither fed in nor bought."""
    sums = {
        name.removesuffix("_w"): np.sum(
            [monthly(getattr(each.flow, name)) for each in run.blocks], axis=0
        )
        for name in _FLOWS
    }
    passed = run.members.own_wh.sum(axis=0) if run.building is None else np.zeros(12)
    stored = _stored(run)
    lost = sums["made"] - sums["own"] - sums["fed"] - stored
    given = {
        "load_wh": sums["load"],
        "made_wh": sums["made"],
        "own_wh": sums["own"],
        "shared_wh": passed,
        "fed_wh": sums["fed"] - passed,
        "bought_wh": sums["bought"] - passed,
        "lost_wh": lost,
        "stored_wh": stored,
    }
    return [
        {"month": month + 1, **{name: round(float(each[month])) for name, each in given.items()}}
        for month in range(12)
    ]


def _stored(run: SunRun) -> Floats:
    """What batteries held more at the end of each month than at its beginning [Wh]."""
    return sum(
        (monthly(each.flow.charge_wh - np.roll(each.flow.charge_wh, 1)) for each in run.blocks),
        np.zeros(12),
    )


def member_rows(run: SunRun) -> list[Row]:
    """One row a flat (blank name: common parts) or a block, with its year in Wh and cents."""
    keys = ("own_wh", "fed_wh", "bought_wh")
    rows = []
    for place, name in enumerate(run.names):
        energy = {key: round(float(getattr(run.members, key)[place].sum())) for key in keys}
        money = {
            "direct_cents": int(run.direct_cents[place]),
            "own_cents": int(run.income.own_cents[place]),
            "credit_cents": int(run.income.credit_cents[place]),
            "market_cents": int(run.income.market_cents[place]),
            "total_cents": int(run.total_cents[place]),
        }
        rows.append({"member": name, **_block(run, place), **energy, **money})
    return rows


def _block(run: SunRun, place: int) -> Row:
    """What a member of a quarter, a block, has on its roof."""
    if run.building is not None:
        return {}
    block = run.blocks[place]
    return {
        "flats_count": block.building.flats_count,
        "kwp": round(block.kwp, 2),
        "direct_wh": round(float(block.flow.own_w.sum())),
    }


def summary(run: SunRun) -> Row:
    """The year in one record: sizes, sums, shares, rule and money; plain data."""
    months = month_rows(run)
    year = {key: sum(row[key] for row in months) for key in months[0] if key != "month"}
    used = year["own_wh"] + year["shared_wh"]
    prices = run.income.prices
    return {
        "building": run.building,
        "blocks_count": len(run.blocks),
        "flats_count": sum(each.building.flats_count for each in run.blocks),
        "climate": run.climate.name,
        "synthetic": run.synthetic,
        "layout": run.asked.layout,
        "roof_kwp": round(sum(each.roof_kwp for each in run.blocks), 2),
        "kwp": round(sum(each.kwp for each in run.blocks), 2),
        "battery_kwh": run.asked.battery_kwh * len(run.blocks),
        "share": run.asked.share,
        "one_meter": run.asked.one_meter,
        **year,
        "own_share": _share(used, year["made_wh"]),
        "covered_share": _share(used, year["load_wh"]),
        "total_cents": int(run.total_cents.sum()),
        "rules": [_rule(each) for each in run.income.rules],
        "prices_eur_per_mwh": {
            "bought": prices.bought, "active": prices.active, "market": prices.market
        },
        "round_trip_share": usual_battery().round_trip_share,
    }  # fmt: skip


def _rule(rule: Rule) -> Mapping[str, str]:
    names = ("rule", "article_en", "article_ro", "source", "doubt")
    return {name: getattr(rule, name) for name in names}


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


def per_kwp_kwh(run: SunRun) -> float | None:
    """What a kilowatt of panels makes in a year [kWh]; None without panels."""
    kwp = sum(each.kwp for each in run.blocks)
    made = sum(float(each.flow.made_w.sum()) for each in run.blocks)
    return made / kwp / _WH_PER_KWH if kwp else None
