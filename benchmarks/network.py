"""A year of a heat network of 1,000 pipes, beside one pass with flows known and a peer.

The network is a random tree of 1,000 pairs of pipes with a substation at each end, in the synthetic
year of Iași. What is timed is the year, with needs at hand.
"""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.outside import network_peer_python
from vatra.plans.blocks import synthetic_climate
from vatra.plans.heatnet.catalogue import sizes, value
from vatra.plans.heatnet.ground import ground_c, u_w_mk
from vatra.plans.heatnet.network import HeatNet, Pipe, Source, Substation
from vatra.plans.heatnet.run import run_year
from vatra.plans.heatnet.year import Drive, Year, drive_of, reset_curve_c

PIPES = 1000
HOURS = 8760
SEED = 20260131
# The peer solves each hour alone; so many of them are run.
PEER_HOURS = 5


def random_net(count: int) -> HeatNet:
    """A random tree; the largest pipes at its root, old wool about all of them."""
    random = np.random.RandomState(SEED)
    parent = [-1, *(int(random.randint(max(0, k - 40), k)) for k in range(1, count))]
    leaves = sorted(set(range(count)) - set(parent))
    power = dict(zip(leaves, random.uniform(50e3, 200e3, len(leaves)).tolist(), strict=True))
    load = [power.get(k, 0.0) for k in range(count)]
    for k in range(count - 1, 0, -1):
        load[parent[k]] += load[k]
    pipes = tuple(_pipe(k, parent[k], load[k], float(random.uniform(10, 60))) for k in range(count))
    stations = tuple(Substation(f"n{k}", f"b{k}", power_w=power[k]) for k in leaves)
    return HeatNet(Source("source", 95.0, 60.0), pipes, stations)


def _pipe(number: int, parent: int, load_w: float, length_m: float) -> Pipe:
    flow = load_w / value("water_heat") / 20
    last = list(sizes().values())[-1]

    def speed(inner_m: float) -> float:
        return float(4 * flow / value("water_density") / np.pi / inner_m**2)

    size = next((s for s in sizes().values() if speed(s.inner_m) < 0.6 * s.most_m_s), last)
    near = "source" if parent < 0 else f"n{parent}"
    loss = u_w_mk(size.outer_m, size.casings_m[0], 0.09, 0.8)
    return Pipe(f"p{number}", near, f"n{number}", length_m, size.inner_m, loss, 5e-4, size.most_m_s)


@cache
def _prepared(count: int) -> tuple[HeatNet, Drive]:
    net, climate = random_net(count), synthetic_climate("iasi")
    cold = np.maximum(15 - climate.dry_bulb_c, 0.0)
    heating = np.outer(cold / cold.max(), [each.power_w for each in net.substations])
    plant = reset_curve_c(net, climate.dry_bulb_c, float(climate.dry_bulb_c.min()))
    return net, drive_of(net, plant, ground_c(climate), heating, heating * 0)


def year(count: int = PIPES) -> float:
    """A year of the network; heat lost [MWh]."""
    return float(run_year(*_prepared(count)).loss_w.sum()) / 1e6


def one_pass(count: int = PIPES) -> float:
    """One way out and back by numpy with every flow known: adding up, cooling, mixing, friction."""
    net, drive = _prepared(count)
    flow = drive.heating_w / (value("water_heat") * 20) + 0.01
    hours = len(drive.plant_c)
    carried, parent = np.zeros((count, hours)), net.parent
    for place, at in enumerate(net.at):
        carried[at] += flow[:, place]
    for place in range(count - 1, 0, -1):
        carried[parent[place]] += carried[place]
    warm, lost = np.zeros_like(carried), 0.0
    for place, pipe in enumerate(net.pipes):
        near = warm[parent[place]] if parent[place] >= 0 else drive.plant_c
        left = np.exp(-pipe.u_w_mk * pipe.length_m / (carried[place] * value("water_heat")))
        warm[place] = drive.ground_c + (near - drive.ground_c) * left
        rough = np.log10(0.001 + 1e-5 / carried[place])
        lost += float((carried[place] * (near - warm[place]) + 1e-9 * carried[place] / rough).sum())
    return lost


def warm_up() -> None:
    """Everything once, so that compiling and the climate are in no figure."""
    year()
    one_pass(10)


def peer_hours(count: int, hours: int) -> dict[str, Any] | None:
    """The peer on single hours of the same network with our flows: seconds an hour, and what it
    finds; None where it was not fetched."""
    python = network_peer_python()
    if python is None:
        return None
    net, drive = _prepared(count)
    cold = np.argsort(drive.heating_w.sum(axis=1))[::-1][:: HOURS // 4 // hours][:hours]
    told = {"pipes": _told_pipes(net), "hours": [_hour(net, drive, int(h)) for h in cold]}
    command = [str(python), str(Path(__file__).with_name("peer_pandapipes.py"))]
    done = subprocess.run(
        command, input=json.dumps(told), stdout=subprocess.PIPE, text=True, check=True
    )
    theirs = dict(json.loads(done.stdout.splitlines()[-1]))
    return theirs | {"ours": [each["ours"] for each in told["hours"]]}


def peer_seconds() -> float | None:
    """Seconds of an hour of the whole network by the peer; None where it was not fetched."""
    found = peer_hours(PIPES, PEER_HOURS)
    return None if found is None else float(found["seconds"])


def _told_pipes(net: HeatNet) -> list[dict[str, Any]]:
    return [
        {"near": p.near, "far": p.far, "length_m": p.length_m, "inner_m": p.inner_m,
         "u_w_mk": p.u_w_mk, "roughness_m": p.roughness_m}
        for p in net.pipes
    ]  # fmt: skip


def _hour(net: HeatNet, drive: Drive, hour: int) -> dict[str, Any]:
    """One hour alone: what each substation takes, and what comes out of it."""
    one = slice(hour, hour + 1)
    alone = Drive(drive.plant_c[one], drive.ground_c[one], drive.heating_w[one],
                  drive.hot_water_w[one], drive.running[one])  # fmt: skip
    found: Year = run_year(net, alone, tolerance_k=1e-9)
    spread = found.station_coldest_c - found.station_return_c
    flow = found.station_served_wh / value("water_heat") / spread
    return {
        "plant_c": float(alone.plant_c[0]),
        "ground_c": float(alone.ground_c[0]),
        "heat_j_kgk": value("water_heat"),
        "density_kg_m3": value("water_density"),
        "stations": [
            {"node": s.node, "flow_kg_s": float(m), "heat_w": float(q)}
            for s, m, q in zip(net.substations, flow, found.station_served_wh, strict=True)
        ],
        "ours": {
            "supply_loss_w": float(found.supply_loss_w[0]),
            "return_loss_w": float(found.return_loss_w[0]),
            "return_c": float(found.return_c[0]),
            "coldest_c": float(found.station_coldest_c.min()),
        },
    }


if __name__ == "__main__":
    for size in (20, PIPES):
        print(json.dumps(peer_hours(size, PEER_HOURS), indent=1))
