"""The hours of a radial network in numpy: all hours of a pipe at once, pipe after pipe.

From the leaves inwards flows add up; outwards the supply cools by ``exp(-U L / (m c))`` towards
the ground; inwards again returns mix and cool. Flow follows from the supply that arrives and the
supply from the flow, so both are repeated until they agree (Wegstein's secant for each substation).
The last pass takes the flows as they are and lets every return follow from the heat served: what
leaves the source is what arrives and what is lost, to the rounding of floats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.heatnet.catalogue import value
from vatra.plans.heatnet.emitters import flow_kg_s, hot_water, wish
from vatra.plans.heatnet.friction import drop_pa_m, rough_term, speed_m_s
from vatra.plans.heatnet.network import HeatNet, stations
from vatra.plans.heatnet.year import MOST_ROUNDS, TOLERANCE_K, Drive, Year

# How far the secant may stretch or shorten a step.
SLOPE_LOW, SLOPE_HIGH = -1e4, 0.5
# From this round on the answer is held between two ends; ends so close to each other against what
# is still missing are out of date, since the neighbours have moved.
HELD_FROM, STALE_SHARE = 10, 1e-4
FAR_K = 1e6
# Less than this [W/K] is no flow that the ground could leave warm.
_TRICKLE = 1e-12


@dataclass(frozen=True, eq=False)
class _Settled:
    """Flows and supply of all hours: ``station_kg_s``, ``served_w``, ``supply_c`` (hours,
    substations); ``pipe_kg_s``, ``far_c``, ``left`` (pipes, hours)."""

    station_kg_s: Floats
    served_w: Floats
    supply_c: Floats
    pipe_kg_s: Floats
    far_c: Floats
    left: Floats


def run_reference(net: HeatNet, drive: Drive, tolerance_k: float = TOLERANCE_K) -> Year:
    """The year by the reference engine."""
    settled = _settle(net, drive, tolerance_k)
    return _year(net, drive, settled)


def _settle(net: HeatNet, drive: Drive, tolerance_k: float) -> _Settled:
    numbers = stations(net)
    asked = wish(numbers, drive.heating_w)
    least = np.where(drive.running[:, None], numbers.least_kg_s, 0.0)
    guess = np.repeat(drive.plant_c[:, None], len(net.substations), axis=1)
    last = _Tried(guess, guess, guess - FAR_K, guess + FAR_K)
    for round_ in range(MOST_ROUNDS):
        heating, share = flow_kg_s(asked, guess, numbers)
        washing, hot_share = hot_water(drive.hot_water_w, guess)
        flow = np.maximum(heating + washing, least)
        served = drive.heating_w * share + drive.hot_water_w * hot_share
        pipe_flow, far, left = _outwards(net, drive, flow)
        found = np.where((net.at >= 0)[:, None], far[net.at], drive.plant_c).T
        if np.abs(found - guess).max(initial=0.0) < tolerance_k or round_ == MOST_ROUNDS - 1:
            return _Settled(flow, served, found, pipe_flow, far, left)
        guess, last = _next(guess, found, last, round_ >= HELD_FROM)
    raise AssertionError("unreachable")  # pragma: no cover


@dataclass(frozen=True, eq=False)
class _Tried:
    """The last guesses, what was found with them, and between what the answer lies."""

    guess: Floats
    found: Floats
    low: Floats
    high: Floats


def _next(guess: Floats, found: Floats, last: _Tried, held: bool) -> tuple[Floats, _Tried]:
    """Better guesses: the secant of each substation (Wegstein), or the middle where it leaves the
    ends between which the answer lies. A warmer guess needs less flow, which arrives cooler."""
    moved = guess - last.guess
    still = np.abs(moved) < 1e-12
    slope = np.where(still, 0.0, (found - last.found) / np.where(still, 1.0, moved))
    tried = guess + (found - guess) / (1 - np.clip(slope, SLOPE_LOW, SLOPE_HIGH))
    if not held:
        return np.asarray(tried), _Tried(guess, found, last.low, last.high)
    low = np.where(found >= guess, guess, last.low)
    high = np.where(found <= guess, guess, last.high)
    stale = high - low < STALE_SHARE * np.abs(found - guess)
    low, high = np.where(stale, -FAR_K, low), np.where(stale, FAR_K, high)
    leaves = ((tried <= low) | (tried >= high)) & (high - low < FAR_K)
    return np.where(leaves, (low + high) / 2, tried), _Tried(guess, found, low, high)


def _outwards(net: HeatNet, drive: Drive, flow: Floats) -> tuple[Floats, Floats, Floats]:
    """Flows of the pipes, temperatures at their far ends, and what the ground leaves of the
    difference; each (pipes, hours)."""
    hours, parent = len(drive.plant_c), net.parent
    pipe_flow = np.zeros((len(net.pipes), hours))
    for place, at in enumerate(net.at):
        if at >= 0:
            pipe_flow[at] += flow[:, place]
    for place in range(len(net.pipes) - 1, -1, -1):
        if parent[place] >= 0:
            pipe_flow[parent[place]] += pipe_flow[place]
    far, left = np.zeros_like(pipe_flow), np.zeros_like(pipe_flow)
    for place, pipe in enumerate(net.pipes):
        near = far[parent[place]] if parent[place] >= 0 else drive.plant_c
        moves = pipe_flow[place] > 0
        capacity = np.where(
            moves, np.maximum(pipe_flow[place] * value("water_heat"), _TRICKLE), 1.0
        )
        left[place] = np.where(moves, np.exp(-pipe.u_w_mk * pipe.length_m / capacity), 0.0)
        far[place] = drive.ground_c + (near - drive.ground_c) * left[place]
    return pipe_flow, far, left


def _year(net: HeatNet, drive: Drive, done: _Settled) -> Year:
    heat, hours, count = value("water_heat"), len(drive.plant_c), len(net.pipes)
    moves = done.station_kg_s > 0
    back = done.supply_c - done.served_w / np.where(moves, done.station_kg_s * heat, 1.0)
    # Heat content of the returns that meet at the far end of each pipe, and at the source.
    gathered, root = np.zeros((count, hours)), np.zeros(hours)
    root_flow = np.zeros(hours)
    for place, at in enumerate(net.at):
        carried = done.station_kg_s[:, place] * back[:, place]
        if at >= 0:
            gathered[at] += carried
        else:
            root, root_flow = root + carried, root_flow + done.station_kg_s[:, place]
    supply_loss, return_loss = np.zeros((count, hours)), np.zeros((count, hours))
    for place in range(count - 1, -1, -1):
        flow, up = done.pipe_kg_s[place], net.parent[place]
        mixed = gathered[place] / np.where(flow > 0, flow, 1.0)
        cooled = drive.ground_c + (mixed - drive.ground_c) * done.left[place]
        near = done.far_c[up] if up >= 0 else drive.plant_c
        supply_loss[place] = flow * heat * (near - done.far_c[place])
        return_loss[place] = flow * heat * (mixed - cooled)
        if up >= 0:
            gathered[up] += flow * cooled
        else:
            root, root_flow = root + flow * cooled, root_flow + flow
    plant = heat * (root_flow * drive.plant_c - root)
    head, drop, speed = _hydraulics(net, done.pipe_kg_s)
    needed = drive.heating_w + drive.hot_water_w
    runs = root_flow > 0
    volume = root_flow / value("water_density")
    head = np.where(runs, head, 0.0)
    return Year(
        net=net,
        drive=drive,
        plant_w=plant,
        needed_w=needed.sum(axis=1),
        served_w=done.served_w.sum(axis=1),
        supply_loss_w=supply_loss.sum(axis=0),
        return_loss_w=return_loss.sum(axis=0),
        return_c=np.where(runs, root / np.where(runs, root_flow, 1.0), np.nan),
        flow_kg_s=root_flow,
        head_pa=head,
        pump_w=volume * head / value("pump_efficiency"),
        margin_k=_margin(net, drive, done.supply_c),
        pipe_supply_loss_wh=supply_loss.sum(axis=1),
        pipe_return_loss_wh=return_loss.sum(axis=1),
        pipe_flow_kg_s=done.pipe_kg_s.max(axis=1, initial=0.0),
        pipe_speed_m_s=speed,
        pipe_drop_pa_m=drop,
        station_needed_wh=needed.sum(axis=0),
        station_served_wh=done.served_w.sum(axis=0),
        station_return_c=_by_flow(back, done.station_kg_s),
        station_coldest_c=np.where(moves, done.supply_c, np.inf).min(axis=0, initial=np.inf),
        station_short_hours=(needed - done.served_w > 1e-6 * needed).sum(axis=0).astype(float),
    )


def _margin(net: HeatNet, drive: Drive, supply_c: Floats) -> Floats:
    needed = wish(stations(net), drive.heating_w).needed_c
    warm = value("hot_water_c") + value("hot_water_approach")
    over = np.where(drive.heating_w > 0, supply_c - needed, np.inf)
    over_hot = np.where(drive.hot_water_w > 0, supply_c - warm, np.inf)
    return np.asarray(np.minimum(over, over_hot).min(axis=1, initial=np.inf))


def _by_flow(back: Floats, flow: Floats) -> Floats:
    whole = flow.sum(axis=0)
    mean = (flow * back).sum(axis=0) / np.where(whole > 0, whole, 1.0)
    return np.where(whole > 0, mean, np.nan)


def _hydraulics(net: HeatNet, pipe_kg_s: Floats) -> tuple[Floats, Floats, Floats]:
    """Head at the source by hour; highest drop [Pa/m] and speed of each pipe."""
    count, hours = pipe_kg_s.shape
    head = np.zeros((count, hours))
    drop, speed = np.zeros(count), np.zeros(count)
    both_ways = 2 * (1 + value("fittings"))
    for place, pipe in enumerate(net.pipes):
        inner = np.array(pipe.inner_m)
        per_m = drop_pa_m(pipe_kg_s[place], inner, rough_term(inner, np.array(pipe.roughness_m)))
        up = net.parent[place]
        head[place] = per_m * pipe.length_m * both_ways + (head[up] if up >= 0 else 0.0)
        drop[place] = per_m.max(initial=0.0)
        speed[place] = speed_m_s(pipe_kg_s[place], inner).max(initial=0.0)
    return value("station_drop") + head.max(axis=0, initial=0.0), drop, speed
