"""Rows of ``heat_pipes.csv`` and ``heat_substations.csv`` -> a network, and all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from vatra.plans.heatnet.catalogue import (
    Insulation,
    insulation_of,
    insulations,
    size_near,
    sizes,
    value,
)
from vatra.plans.heatnet.faults import Faults, building_faults, pipe_faults, shown, station_faults
from vatra.plans.heatnet.ground import u_w_mk
from vatra.plans.heatnet.network import HeatNet, Pipe, Source, Substation
from vatra.plans.heatnet.tree import loop_faults, outwards, reach_faults
from vatra.tables import Finding

Row = Mapping[str, Any]
_SYNTHETIC = "synthetic"
_USUAL = {name: value(name) for name in ("supply", "return", "lowest")}


def read_network(
    pipes: pl.DataFrame,
    stations: pl.DataFrame,
    buildings: Iterable[str],
    files: tuple[str, str] = ("heat_pipes.csv", "heat_substations.csv"),
) -> tuple[HeatNet | None, list[Finding]]:
    """The network of two tables.

    Parameters
    ----------
    pipes, stations : checked rows
    buildings : codes that may be served

    Returns
    -------
    The network, None where an error forbids it, and all findings.
    """
    of_pipes, of_stations = Faults(files[0]), Faults(files[1])
    laid: list[Row] = list(pipes.sort("line").iter_rows(named=True))
    listed: list[Row] = list(stations.sort("line").iter_rows(named=True))
    for row in laid:
        pipe_faults(row, of_pipes)
    for row in listed:
        station_faults(row, _USUAL, value("inside"), of_stations)
    loop_faults(laid, of_pipes)
    served = [each for each in listed if each["kind"] == "substation"]
    building_faults(served, buildings, of_stations)
    source = _source(listed, of_stations)
    if not served and listed:
        of_stations.add("nobody", listed, "kind")
    if source is not None:
        reach_faults(laid, served, source["node"], of_pipes, of_stations)
    found = [*of_pipes.found, *of_stations.found]
    if source is None or of_pipes.error_count or of_stations.error_count or not laid:
        return None, found
    net = _network(laid, served, source)
    _hints(net, laid, served, of_pipes, of_stations)
    return net, [*of_pipes.found, *of_stations.found]


def _source(listed: Sequence[Row], faults: Faults) -> Row | None:
    sources = [each for each in listed if each["kind"] == "source"]
    nodes = sorted({each["node"] for each in sources})
    if len(sources) > 1:
        faults.add("sources", sources, "kind", nodes=nodes, count=len(sources))
    if not sources and listed:
        faults.add("source-missing", listed[:1], "kind")
    return sources[0] if len(sources) == 1 else None


def _network(laid: Sequence[Row], served: Sequence[Row], source: Row) -> HeatNet:
    pipes = tuple(_pipe(row, near, far) for row, near, far in outwards(laid, source["node"]))
    stations = sorted((_station(each) for each in served), key=lambda s: (s.node, s.building))
    sources = [row["source"] or "" for row in (*laid, *served)]
    efficiency = source["efficiency_percent"]
    return HeatNet(
        Source(
            source["node"],
            _or(source["supply_degrees_c"], "supply"),
            _or(source["lowest_degrees_c"], "lowest"),
            None if efficiency is None else efficiency / 100,
        ),
        pipes,
        tuple(stations),
        any(each.casefold().startswith(_SYNTHETIC) for each in sources),
        _places(laid, [*served, source]),
    )


def _places(laid: Sequence[Row], listed: Sequence[Row]) -> dict[str, tuple[float, float]]:
    nodes = [(row["to_node"], row) for row in laid] + [(row["node"], row) for row in listed]
    return {
        node: (row["longitude_degrees"], row["latitude_degrees"])
        for node, row in nodes
        if row["longitude_degrees"] is not None and row["latitude_degrees"] is not None
    }


def _or(given: float | None, name: str) -> float:
    return value(name) if given is None else given


def _pipe(row: Row, near: str, far: str) -> Pipe:
    assumed = []
    size = sizes()[row["dn"]] if row["dn"] else size_near(row["inner_diameter_mm"] / 1e3)
    inner = size.inner_m if row["inner_diameter_mm"] is None else row["inner_diameter_mm"] / 1e3
    if row["insulation"]:
        wrap: Insulation = insulations()[row["insulation"]]
    else:
        wrap = insulation_of(row["laid"])
        if row["u_w_mk"] is None:
            assumed.append("insulation")
    depth = _or(row["depth_m"], "depth")
    loss = row["u_w_mk"]
    if loss is None:
        casing = size.casings_m[wrap.casing - 1]
        loss = u_w_mk(size.outer_m, casing, wrap.insulation_w_mk, depth)
        assumed += [] if row["depth_m"] is not None else ["depth_m"]
    return Pipe(
        row["pipe"],
        near,
        far,
        row["length_m"],
        inner,
        loss,
        wrap.roughness_m,
        size.most_m_s,
        wrap.code,
        row["laid"],
        tuple(assumed),
        row["line"],
    )


def _station(row: Row) -> Substation:
    bypass = row["bypass_percent"]
    return Substation(
        node=row["node"],
        building=row["building"],
        share=row["share_percent"] / 100,
        power_w=None if row["power_kw"] is None else row["power_kw"] * 1e3,
        supply_c=_or(row["supply_degrees_c"], "supply"),
        return_c=_or(row["return_degrees_c"], "return"),
        inside_c=value("inside"),
        exchanger_k=row["exchanger_degrees"],
        bypass_share=_or(bypass, "bypass") / 100,
        most_share=value("flow_limit") / 100,
        hot_water=row["hot_water"] == "yes",
        line=row["line"],
    )


def _hints(
    net: HeatNet, laid: Sequence[Row], served: Sequence[Row], of_pipes: Faults, of_stations: Faults
) -> None:
    """What is assumed, and what cannot be warm enough on the coldest day."""
    assumed = {each.code for each in net.pipes if "insulation" in each.assumed}
    rows = [each for each in laid if each["pipe"] in assumed]
    if rows:
        params = {"pipes": shown(assumed), "count": len(assumed)}
        of_pipes.add("insulation-assumed", rows, "insulation", "warning", **params)
    cool = {
        each.line
        for each in net.substations
        if each.supply_c + (each.exchanger_k or 0.0) > net.source.supply_c
    }
    rows = [each for each in served if each["line"] in cool]
    if rows:
        params = {"nodes": shown(each["node"] for each in rows), "supply": net.source.supply_c}
        of_stations.add("supply-cool", rows, "supply_temperature", "warning", **params)
