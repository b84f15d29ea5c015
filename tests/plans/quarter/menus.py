"""Menus made at random, and every choice of a small one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from vatra.plans.quarter import Menu
from vatra.plans.quarter.menu import Ints


def random_menu(blocks: int, packages: int, seed: int = 0, alike: bool = False) -> Menu:
    """Blocks of different size; package 0 changes nothing, dearer ones save more, with noise."""
    draw = np.random.default_rng(seed)
    n, p = blocks, packages
    flats = draw.integers(8, 70, n) if not alike else np.full(n, 20)
    floor = flats * (draw.uniform(45, 60, n) if not alike else 52.0)
    before = floor * (draw.uniform(110, 230, n) if not alike else 160.0)
    depth = np.sort(draw.uniform(0.05, 0.85, (n, p)), axis=1)
    depth[:, 0] = 0.0
    noise = draw.uniform(0.8, 1.25, (n, p))
    cost = np.rint(floor[:, None] * (20 * (depth > 0) + 260 * depth**1.6) * noise * 100)
    cost = cost.astype(np.int64)
    heating = before[:, None] * (1 - depth)
    state, city = cost // 2, cost * 3 // 10
    other = (floor * 40)[:, None]
    primary = 0.92 * heating + 2 * other
    return Menu(
        blocks=tuple(f"b{each:04d}" for each in range(n)),
        packages=tuple(f"p{each:02d}" for each in range(p)),
        kept=0,
        flats_count=flats.astype(np.int64),
        floor_m2=floor,
        cost_cents=cost,
        owners_cents=cost - state - city,
        grant_cents={"state": state, "city": city},
        co2_kg=heating * 0.22 + other * 0.214,
        primary_kwh=primary,
        heating_kwh=heating,
        bill_eur=heating * 0.08 + other * 0.2,
        peak_heat_kw=heating / 2200,
        final_kwh={"district_heat": heating, "electricity": np.broadcast_to(other, (n, p))},
        energy_class=np.searchsorted(
            [60, 84, 168, 260, 352, 440, 528], primary / floor[:, None]
        ).astype(np.int64),
        allowed=np.ones((n, p), np.bool_),
        group=tuple("low" if each % 3 == 0 else "other" for each in range(n)),
        cost_low_cents=cost * 85 // 100,
        cost_high_cents=cost * 118 // 100,
        vat_percent=21.0,
    )


def every_choice(menu: Menu) -> Iterator[Ints]:
    """All choices of one package per block."""
    places = range(len(menu.packages))
    for each in itertools.product(places, repeat=menu.count):
        yield np.asarray(each, np.int64)
