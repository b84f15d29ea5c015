"""What a substation asks of the network: the return and the flow for the heat a building needs.

A radiator gives ``Q / Q_design = (LMTD / LMTD_design)^n`` (EN 442, n = 1.3), LMTD the logarithmic
mean of what its supply and return are above the room. Network water either runs in the radiators,
or an exchanger of constant UA parts them; behind one the building's own pump keeps its flow and
its supply follows the load. A valve lets through no more than the most of the substation: where
that is not enough for the need, the heat falls short and is told.

All functions take arrays that broadcast; heat in W, temperatures in degC, flow in kg/s.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.heatnet.catalogue import value
from vatra.plans.heatnet.decay import decay_of
from vatra.plans.heatnet.network import Stations

# Rounds of a short iteration that contracts fast enough for the last bit but few.
SHORT_ROUNDS = 14
_NEAR_ONE = 1e-9


@dataclass(frozen=True, eq=False)
class Wish:
    """What substations need in some hours, whatever temperature arrives.

    ``hot_c`` and ``cold_c`` are what the network water gives its heat to, at its two ends;
    ``mean_k`` the logarithmic mean difference towards them; ``needed_c`` the lowest supply that
    gives the whole heat at the most flow; ``spread_k``, ``decay`` and ``beyond_k`` are its parts.
    Below the least load valves open and close: all of this is of that load, and ``part`` of the
    hour they are open.
    """

    heat_w: Floats
    part: Floats
    hot_c: Floats
    cold_c: Floats
    mean_k: Floats
    needed_c: Floats
    inside_c: Floats
    spread_k: Floats
    decay: Floats
    beyond_k: Floats


def wish(stations: Stations, heat_w: Floats) -> Wish:
    """What is needed for heat of shape (..., substations)."""
    load = np.maximum(heat_w / stations.power_w, value("least_load"))
    while_open_w = load * stations.power_w
    mean = stations.mean_k * load ** (1 / value("radiator_exponent"))
    most_spread = while_open_w / (value("water_heat") * stations.most_kg_s)
    behind = stations.exchanger_k > 0
    spread = np.where(behind, stations.spread_k * load, most_spread)
    decay = spread / mean
    above = spread / -np.expm1(-decay)
    exchanger = np.where(behind, stations.exchanger_k * load, 1.0)
    beyond = np.where(behind, _hot_end(most_spread - spread, exchanger), 0.0)
    inside = np.broadcast_to(stations.inside_c, above.shape)
    return Wish(
        heat_w,
        heat_w / while_open_w,
        np.where(behind, inside + above, inside),
        np.where(behind, inside + above - spread, inside),
        np.where(behind, exchanger, mean),
        inside + above + beyond,
        inside,
        spread,
        decay,
        beyond,
    )


def _hot_end(wider_k: Floats, mean_k: Floats) -> Floats:
    """Difference at the hot end of an exchanger whose hot stream's spread is wider by ``wider_k``:
    from ``(a - b) / ln(a / b) = mean`` with ``a - b = wider``."""
    ratio = np.where(np.abs(wider_k / mean_k) < _NEAR_ONE, _NEAR_ONE, wider_k / mean_k)
    return np.asarray(mean_k * ratio / -np.expm1(-ratio))


def served_share(asked: Wish, supply_c: Floats, rounds: int = SHORT_ROUNDS) -> Floats:
    """Share of the heat that a supply can give; 1 where it is warm enough.

    At the most flow all differences shrink with the share, the radiators' a little slower:
    ``share (spread / (1 - exp(-decay share^(1 - 1/n))) + beyond) = supply - inside``.
    """
    slower = 1 - 1 / value("radiator_exponent")
    excess = np.maximum(supply_c - asked.inside_c, 0.0)
    share = np.clip(excess / np.maximum(asked.needed_c - asked.inside_c, 1e-12), 0.0, 1.0)
    for _ in range(rounds):
        left = -np.expm1(-asked.decay * share**slower)
        share = np.clip(
            excess / (asked.spread_k / np.maximum(left, 1e-12) + asked.beyond_k), 0.0, 1.0
        )
    return np.where(supply_c >= asked.needed_c, 1.0, share)


def flow_kg_s(asked: Wish, supply_c: Floats, stations: Stations) -> tuple[Floats, Floats]:
    """Flow for heating, and the share of the heat that is served."""
    enough = supply_c >= asked.needed_c
    above = np.where(enough, supply_c - asked.hot_c, 1.0)
    decay = decay_of(asked.mean_k / above)
    back = asked.cold_c + above * np.exp(-decay)
    spread = np.where(enough, supply_c - back, 1.0)
    flow = np.where(
        enough,
        asked.heat_w / (value("water_heat") * spread),
        asked.part * stations.most_kg_s,
    )
    needs = asked.heat_w > 0
    share = np.where(needs, served_share(asked, supply_c), 1.0)
    return np.where(needs, flow, 0.0), share


def hot_water(heat_w: Floats, supply_c: Floats) -> tuple[Floats, Floats]:
    """Flow for hot water, and the share of it that gets hot enough.

    An exchanger of one stage sends water back at a steady temperature; what arrives too cool heats
    the water as far as it goes, with the valve fully open.
    """
    cold, back = value("hot_water_cold"), value("hot_water_return")
    hot, approach = value("hot_water_c"), value("hot_water_approach")
    share = np.clip((supply_c - approach - cold) / (hot - cold), 0.0, 1.0)
    spread = np.maximum(supply_c - back, hot + approach - back)
    return heat_w / (value("water_heat") * spread), np.where(heat_w > 0, share, 1.0)
