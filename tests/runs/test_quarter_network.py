"""A small quarter's heat network before and after the works."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.runs.quarters import north, question, write_quarter
from vatra.plans.quarter import Aim, Chosen, kept_place, neighbours
from vatra.runs.quarter import run_quarter
from vatra.runs.quarter_network import NetworkView, branches, network_of, read_net
from vatra.runs.quarter_report import sentences

_STATIONS = (
    "node,kind,building,share_percent,hot_water,supply_temperature,return_temperature,"
    "lowest_temperature,source\nplant,source,,,,90,,55,made up\n"
)


def write_net(folder: Path, codes: list[str]) -> None:
    """A trunk with a pair of blocks at each node."""
    pipes = "pipe,from_node,to_node,length_m,dn,insulation,laid,source\n"
    stations, near = _STATIONS, "plant"
    for place in range(0, len(codes), 2):
        node = f"s{place}"
        pipes += f"p{place},{near},{node},60,100,channel_wool,1985,made up\n"
        for code in codes[place : place + 2]:
            stations += f"{node},substation,{code},100,yes,90,70,,made up\n"
        near = node
    (folder / "heat_pipes.csv").write_text(pipes, encoding="utf-8")
    (folder / "heat_substations.csv").write_text(stations, encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = write_quarter(tmp_path_factory.mktemp("net"), "north")
    write_net(made, list(north().menu.blocks))
    return made


def under(folder: Path, **options: str) -> tuple[Chosen, NetworkView]:
    """The network when every block gets one package."""
    run = north()
    net, found = read_net(folder, run.stock)
    assert net is not None and not found
    packages = run.packages
    places = [
        place
        for place in range(packages.count)
        if all(packages.package(place)[axis] == option for axis, option in options.items())
    ]
    chosen = replace(run.chosen, package=np.full(run.menu.count, places[0]))
    return chosen, network_of(net, run.stock, run.climate, packages, chosen)


def test_nothing_done_changes_nothing(folder: Path) -> None:
    run = north()
    net, _ = read_net(folder, run.stock)
    assert net is not None
    kept = np.full(run.menu.count, kept_place(run.packages))
    view = network_of(net, run.stock, run.climate, run.packages, replace(run.chosen, package=kept))
    assert view.before == view.after and view.left == ()
    # Heat, hot water included, arrives but for what is said to be short.
    assert view.before.served_wh + view.before.short_wh > run.chosen.before("heating_kwh") * 1e3


def test_works_cool_the_return_and_weigh_on_the_price(folder: Path) -> None:
    _, view = under(folder, windows="window_u11", wall="wall_eps10", roof="roof_xps12",
                    heat="heat_kept")  # fmt: skip
    assert view.after is not None and view.left == ()
    assert view.after.plant_wh < view.before.plant_wh
    assert (view.after.return_c or 0) < (view.before.return_c or 0)
    assert view.after.lost_share > view.before.lost_share
    assert (view.after.eur_mwh or 0) > (view.before.eur_mwh or 0)


def test_who_gets_heat_pumps_leaves(folder: Path) -> None:
    chosen, view = under(folder, heat="heat_pump_air")
    assert view.after is None
    assert list(view.left) == sorted(chosen.menu.blocks)


def test_the_plan_tells_of_its_network_and_keeps_branches_together(folder: Path) -> None:
    run = run_quarter(folder, question(Aim("cost", target_share={"co2": 0.35})))
    assert run.network is not None
    said = " ".join(sentences(run, "en"))
    assert "The heat network loses" in said
    net, _ = read_net(folder, run.stock)
    assert len(branches(net)) == 5
    order = [run.menu.blocks[each] for each in run.order.sequence]
    groups = neighbours(run.stock.buildings, run.stock.footprints, branches(net))
    assert groups
    for group in groups:
        at = sorted(order.index(each) for each in group if each in order)
        assert at == list(range(min(at, default=0), min(at, default=0) + len(at)))
    assert len(order) == len(run.chosen.touched)


def test_a_faulty_network_does_not_forbid_the_plan(tmp_path: Path) -> None:
    folder = write_quarter(tmp_path, "north")
    write_net(folder, list(north().menu.blocks))
    pipes = (folder / "heat_pipes.csv").read_text(encoding="utf-8")
    (folder / "heat_pipes.csv").write_text(pipes.replace("60,100", "0,100", 1), encoding="utf-8")
    run = run_quarter(folder, question(Aim("cost", target_share={"co2": 0.2})))
    assert run.network is None
    assert run.findings and all(each.severity != "error" for each in run.findings)
