"""Hot water: what is drawn, what pipes and stores lose, what is bought for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import MONTH_DAYS, Climate, monthly
from vatra.plans.services.account import Account
from vatra.plans.services.generation import Asked, Place, generate
from vatra.plans.services.heating import surroundings_c
from vatra.plans.services.reading import Floats, value
from vatra.plans.services.served import Served
from vatra.plans.services.systems import SUN, System, Systems
from vatra.plans.services.weather import MONTH_HOURS, Weather

HOT_WATER = "hot_water"
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# Water back to a boiler that makes hot water, for how much it condenses [degC].
_RETURN_C = 45.0


def cold_c() -> Floats:
    """Cold water by month [degC], [12]."""
    return np.array([value("hot_water", f"cold_{each}_c") for each in MONTHS])


def persons(flat_m2: Floats, use: str) -> Floats:
    """Equivalent persons in a flat or house by its area [m2] (Mc 001-2022, 3.192 to 3.195)."""
    small, middle, per_m2 = (
        value("hot_water", each, use) for each in ("small_m2", "middle_m2", "persons_per_m2")
    )
    most = value("hot_water", "persons_middle")
    rising = most - value("hot_water", "persons_middle_per_m2") * (middle - flat_m2)
    counted = np.where(flat_m2 > middle, per_m2 * flat_m2, np.where(flat_m2 < small, 1.0, rising))
    above = value("hot_water", "persons_above_share")
    return np.where(counted > most, most + above * (counted - most), counted)


def litres_per_day(flat_m2: Floats, use: str) -> Floats:
    """Hot water of a flat or house at 60 degC [l/d] (Mc 001-2022, 3.189 and 3.196)."""
    by_person = value("hot_water", "litres_most") * persons(flat_m2, use)
    return np.asarray(np.minimum(by_person, value("hot_water", "litres_per_m2") * flat_m2))


def tap_wh(flats_count: Floats, floor_m2: Floats, use: str) -> Floats:
    """Heat in the hot water that is drawn, by month [Wh], [n, 12].

    What the methodology states at 60 degC is drawn at 45 degC, more of it (3.191), and warmed up
    from the month's cold water (3.188).
    """
    flat_m2 = np.divide(floor_m2, flats_count, out=np.zeros(len(floor_m2)), where=flats_count > 0)
    stated, cold, mean_cold, draw = (
        value("hot_water", each)
        for each in ("stated_hot_c", "stated_cold_c", "stated_mean_cold_c", "draw_c")
    )
    drawn = litres_per_day(flat_m2, use) * (stated - cold) / (draw - mean_cold)
    per_litre = value("hot_water", "water_wh_l_k") * (draw - cold_c()) * np.asarray(MONTH_DAYS)
    return np.asarray((flats_count * drawn)[:, None] * per_litre)


@dataclass(frozen=True, eq=False)
class Way:
    """What one system gives, [n, 12, k], and what is lost until the tap, [n, 12] [Wh]."""

    asked: Asked
    need_wh: Floats
    distribution_wh: Floats
    storage_wh: Floats


def warm_water(
    served: Served,
    systems: Systems,
    place: Place,
    account: Account,
    only: System | None = None,
) -> None:
    """Write down what hot water takes, by all systems or by one of them."""
    for system, shares in shares_by_month(systems, place.climate):
        if shares.any() and only in (None, system):
            way = way_of(served, system, place, shares)
            account.needs(HOT_WATER, way.need_wh)
            account.loses(HOT_WATER, "distribution", way.distribution_wh)
            account.loses(HOT_WATER, "storage", way.storage_wh)
            generate(system, way.asked, place, account)


def shares_by_month(systems: Systems, climate: Climate) -> list[tuple[System, Floats]]:
    """What part of each month's hot water each system makes, [12].

    Collectors give as the sun on the level does, but no more than all; the others make the rest.
    """
    found = [each for each in systems if each.service == HOT_WATER]
    weight = np.asarray(MONTH_DAYS) / sum(MONTH_DAYS)
    sun = monthly(climate.ghi_w_m2) / MONTH_HOURS
    by_sun = sum(each.share for each in found if each.carrier == SUN)
    if not 0 < by_sun < 1 or not sun.any():
        return [(each, np.full(12, each.share)) for each in found]
    part = _filled(sun / float(weight @ sun), by_sun, weight)
    return [
        (each, each.share * (part / by_sun if each.carrier == SUN else (1 - part) / (1 - by_sun)))
        for each in found
    ]


def _filled(shape: Floats, mean: float, weight: Floats) -> Floats:
    """A shape scaled to a weighted mean, no value above 1."""
    scale = mean
    for _ in range(60):
        scale *= mean / float(weight @ np.minimum(scale * shape, 1.0))
    return np.asarray(np.minimum(scale * shape, 1.0))


def way_of(served: Served, system: System, place: Place, shares: Floats | None = None) -> Way:
    """What one system has to give so that its share of the water is hot at the taps.

    ``shares`` of each month, [12]; the system's own share of all months unless stated.
    """
    part = np.full(12, system.share) if shares is None else shares
    names = f"{HOT_WATER}_{system.system}", f"{HOT_WATER}_any"
    need = tap_wh(served.flats_count, served.floor_m2, served.use) * part
    occupied = served.flats_count[:, None] > 0
    stub = need * value("pipes", "stub_share", *names)
    pipes = _pipes_wh(names, served.floor_m2, place.around) * part * occupied
    store_w = value("pipes", "storage_w_per_flat", *names)
    store = served.flats_count[:, None] * store_w * part * MONTH_HOURS
    around = place.around
    share = around.hours / MONTH_HOURS[:, None]
    supply = np.full_like(around.outdoor_c, value("heat_pumps", "hot_water_c"))
    back = np.full_like(around.outdoor_c, _RETURN_C)
    asked = Asked((need + stub + pipes + store)[:, :, None] * share, supply, back)
    return Way(asked, need, stub + pipes, store)


def _pipes_wh(names: tuple[str, ...], floor_m2: Floats, around: Weather) -> Floats:
    """Loss of supply and circulation in the basement [Wh], [n, 12]."""
    w_per_k = value("pipes", "length_m_per_m2", *names) * value("pipes", "u_w_mk", *names)
    over_k = value("pipes", "pipe_c", *names) - surroundings_c(around.monthly_c)
    return np.asarray(w_per_k * floor_m2[:, None] * np.maximum(over_k, 0.0) * MONTH_HOURS)
