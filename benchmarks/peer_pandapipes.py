"""A peer's hours of a heat network, run by an interpreter of its own.

Reads from standard input as JSON the pipes and some hours with the flow and heat of every
substation; prints as JSON the seconds of an hour, and per hour the losses of supply and return,
the return at the source and the coldest supply.
"""

from __future__ import annotations

import json
import sys
import time
from statistics import median

K = 273.15


def _network(pipes, hour):  # type: ignore[no-untyped-def]
    import pandapipes as pp

    net = pp.create_empty_network(fluid="water")
    pp.create_constant_property(
        net, "heat_capacity", hour["heat_j_kgk"], overwrite=True, warn_on_duplicates=False
    )
    pp.create_constant_property(
        net, "density", hour["density_kg_m3"], overwrite=True, warn_on_duplicates=False
    )
    nodes = sorted({node for pipe in pipes for node in (pipe["near"], pipe["far"])})
    start = hour["plant_c"] + K
    ways = {
        way: {n: pp.create_junction(net, pn_bar=10, tfluid_k=start, name=n) for n in nodes}
        for way in ("supply", "return")
    }
    for way, (begin, end) in (("supply", ("near", "far")), ("return", ("far", "near"))):
        for pipe in pipes:
            # Their coefficient is per area of the pipe's inner wall.
            u_w_m2k = pipe["u_w_mk"] / 3.141592653589793 / pipe["inner_m"]
            pp.create_pipe_from_parameters(
                net, ways[way][pipe[begin]], ways[way][pipe[end]], pipe["length_m"] / 1e3,
                pipe["inner_m"] * 1e3, k_mm=pipe["roughness_m"] * 1e3, u_w_per_m2k=u_w_m2k,
                text_k=hour["ground_c"] + K, sections=1,
            )  # fmt: skip
    for each in hour["stations"]:
        pp.create_heat_consumer(
            net, ways["supply"][each["node"]], ways["return"][each["node"]],
            qext_w=each["heat_w"], controlled_mdot_kg_per_s=each["flow_kg_s"],
        )  # fmt: skip
    source = pipes[0]["near"]
    pp.create_circ_pump_const_pressure(
        net, ways["return"][source], ways["supply"][source], p_flow_bar=12, plift_bar=8,
        t_flow_k=start,
    )  # fmt: skip
    return net, ways, source


def _found(net, ways, source, pipes, hour):  # type: ignore[no-untyped-def]
    found = net.res_pipe
    drop = (found.t_from_k - found.t_outlet_k).abs() * found.mdot_from_kg_per_s.abs()
    lost = drop * hour["heat_j_kgk"]
    at_station = [ways["supply"][each["node"]] for each in hour["stations"]]
    return {
        "supply_loss_w": float(lost.iloc[: len(pipes)].sum()),
        "return_loss_w": float(lost.iloc[len(pipes) :].sum()),
        "return_c": float(net.res_junction.t_k.at[ways["return"][source]]) - K,
        "coldest_c": float(net.res_junction.t_k.loc[at_station].min()) - K,
    }


def main() -> None:
    """Solve the hours that are handed in."""
    import pandapipes as pp

    told = json.load(sys.stdin)
    taken, found = [], []
    for hour in told["hours"]:
        net, ways, source = _network(told["pipes"], hour)
        for _ in range(2):
            begin = time.perf_counter()
            # Flow and heat of every consumer are given: hydraulics first, then temperatures.
            pp.pipeflow(net, mode="sequential", max_iter_hyd=100, max_iter_therm=100)
            seconds = time.perf_counter() - begin
        taken.append(seconds)
        found.append(_found(net, ways, source, told["pipes"], hour))
    print(json.dumps({"seconds": median(taken), "theirs": found, "version": pp.__version__}))


if __name__ == "__main__":
    main()
