"""5R1C hour by hour, written as the standard prints it (EN ISO 13790:2008, Annex C)."""

from __future__ import annotations

from vatra.plans.blocks.engines.coupled import coupled_hours
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.hours import FIRST_C, Hours, in_turn, table
from vatra.plans.blocks.engines.loads import Loads, loads, night_w_k
from vatra.plans.blocks.engines.rc5 import SECONDS_PER_H, Network, Step, network
from vatra.plans.blocks.engines.rooms_rc5 import AIR_FELT_SHARE, rc5_rooms
from vatra.plans.blocks.zone.zone import Zone

# C.13: the free and the heated temperature differ by this much heat [W/m2].
TEN_W_M2 = 10.0


def rc5_hours(zone: Zone, around: Surroundings, *, free: bool = False) -> Hours:
    """The year of a zone in 5R1C; ``free`` leaves heating and cooling off. Rooms beside it are
    solved with it."""
    if zone.is_coupled:
        return coupled_hours(rc5_rooms(zone, around), free=free)
    net, year = network(zone), loads(zone, around)
    tm_c, air_c = FIRST_C, FIRST_C
    records = []
    for hour, counts in in_turn():
        te = float(year.te_c[hour])
        h_ve = year.h_ve_w_k[hour] + night_w_k(year, hour, air_c)
        step = _step(net, h_ve, zone.gains_convective_share)
        heats = step.heats(float(year.gains_w[hour]), float(year.glass_w[hour] + year.wall_w[hour]))
        behind = net.h_em_w_k * (net.outside_share * te + _beyond_c(net))
        plant = 0.0 if free else _plant(zone, step, year, hour, tm_c, behind, heats)
        after, mean, surface, air = step.advance(tm_c, te, behind, heats, plant)
        if counts:
            lost = h_ve * (air - te) + net.h_w_w_k * (surface - te) + net.h_em_w_k * mean - behind
            stored = net.c_m_j_k / SECONDS_PER_H * (after - tm_c)
            split = (max(plant, 0.0), max(-plant, 0.0))
            felt = AIR_FELT_SHARE * air + (1 - AIR_FELT_SHARE) * surface
            balance = (float(sum(heats)), float(lost), float(stored))
            records.append((*split, float(air), *balance, float(felt)))
        tm_c, air_c = after, float(air)
    return table(records)


def _beyond_c(net: Network) -> float:
    """Steady temperatures behind elements, by their share of the opaque conductance."""
    return net.beyond_w / net.h_op_w_k if net.h_op_w_k else 0.0


def _step(net: Network, h_ve_w_k: float, convective_share: float) -> Step:
    figures = (net.h_w_w_k, net.h_em_w_k, h_ve_w_k, net.h_is_w_k, net.h_ms_w_k,
               net.a_m_m2, net.a_t_m2, net.c_m_j_k, convective_share)  # fmt: skip
    return Step(*(float(each) for each in figures))


def _plant(
    zone: Zone,
    step: Step,
    year: Loads,
    hour: int,
    tm_c: float,
    behind_w: float,
    heats: tuple[float, float, float],
) -> float:
    """C.4.2: heating (positive) or cooling that brings the air to its setpoint, within the
    capacity there is [W]."""  # fmt: skip
    te = float(year.te_c[hour])
    ten_w = TEN_W_M2 * zone.floor_m2
    free_c = float(step.advance(tm_c, te, behind_w, heats, 0.0)[3])
    heated_c = float(step.advance(tm_c, te, behind_w, heats, ten_w)[3])
    for set_c, least, most in (
        (year.heat_c[hour], 0.0, year.heat_w),
        (year.cool_c[hour], -year.cool_w, 0.0),
    ):
        wanted = ten_w * (set_c - free_c) / (heated_c - free_c)
        if min(max(wanted, least), most):
            return float(min(max(wanted, least), most))
    return 0.0
