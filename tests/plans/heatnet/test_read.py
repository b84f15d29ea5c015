"""Rows of a network: a tree from the source outwards, and everything that is wrong at once."""

import polars as pl
import pytest

from vatra.plans.heatnet.read import read_network
from vatra.tables import check, tables
from vatra.words import LANGUAGES

PIPES = (
    {"pipe": "p1", "from_node": "src", "to_node": "a", "length_m": "100", "dn": "100"},
    {"pipe": "p2", "from_node": "b", "to_node": "a", "length_m": "50", "dn": "80"},
    {"pipe": "p3", "from_node": "a", "to_node": "c", "length_m": "60", "dn": "50"},
)
STATIONS = (
    {"node": "src", "kind": "source", "supply_temperature": "95", "lowest_temperature": "65"},
    {"node": "b", "building": "b1"},
    {"node": "c", "building": "b2", "share_percent": "60"},
)
BUILDINGS = ("b1", "b2")


def rows(name, given):
    table = tables()[name]
    columns = [each.name for each in table.columns]
    listed = [{"source": "survey", **row} for row in given]
    raw = pl.DataFrame(
        {c: [row.get(c, "") for row in listed] for c in columns}
        | {"line": list(range(2, len(listed) + 2))}
    )
    return check(table, raw, table.file_name).rows


def read(pipes=PIPES, stations=STATIONS, buildings=BUILDINGS):
    net, found = read_network(
        rows("heat_pipes", pipes), rows("heat_substations", stations), buildings
    )
    for each in found:
        for lang in LANGUAGES:
            assert each.message(lang)
    return net, [each.code.removeprefix("plans.heatnet.") for each in found], found


def changed(given, place, **values):
    return [row | (values if n == place else {}) for n, row in enumerate(given)]


def test_pipes_are_turned_away_from_the_source():
    net, codes, _ = read()
    assert codes == ["insulation-assumed"]
    assert [(p.code, p.near, p.far) for p in net.pipes] == [
        ("p1", "src", "a"), ("p2", "a", "b"), ("p3", "a", "c"),
    ]  # fmt: skip
    assert net.parent.tolist() == [-1, 0, 0]
    assert net.at.tolist() == [1, 2]
    assert net.substations[1].share == 0.6
    assert (net.source.supply_c, net.source.lowest_c) == (95, 65)
    # Nobody says when it was laid: old wool.
    assert net.pipes[0].insulation == "channel_wool"
    assert net.length_m == 210
    assert not net.synthetic


def test_what_was_measured_comes_first():
    pipes = changed(PIPES, 0, u_w_mk="0.5", inner_diameter_mm="99", laid="1980")
    pipes = changed(pipes, 1, laid="2015")
    net, _, _ = read(changed(pipes, 2, insulation="series_3", depth_m="1.2"))
    assert (net.pipes[0].u_w_mk, net.pipes[0].inner_m) == (0.5, 0.099)
    assert net.pipes[1].insulation == "series_1"
    assert net.pipes[2].u_w_mk < net.pipes[1].u_w_mk


@pytest.mark.parametrize(
    ("pipe", "code"),
    [
        ({"length_m": "0"}, "length-zero"),
        ({"dn": ""}, "size-missing"),
        ({"u_w_mk": "50"}, "pipe-outside"),
        ({"inner_diameter_mm": "0"}, "pipe-outside"),
        ({"to_node": "a"}, "pipe-itself"),
    ],
)
def test_a_pipe_that_cannot_be(pipe, code):
    net, codes, _ = read(changed(PIPES, 2, **pipe))
    assert net is None
    assert code in codes


@pytest.mark.parametrize(
    ("station", "code"),
    [
        ({"building": ""}, "building-missing"),
        ({"building": "b9"}, "building-unknown"),
        ({"share_percent": "0"}, "share"),
        ({"share_percent": "130"}, "share"),
        ({"supply_temperature": "60", "return_temperature": "70"}, "temperatures"),
        ({"supply_temperature": "60"}, "temperatures-usual"),
        ({"supply_temperature": "60", "return_temperature": "18"}, "return-cold"),
        ({"power_kw": "0"}, "power-zero"),
        ({"exchanger_degrees": "0"}, "exchanger"),
        ({"bypass_percent": "101"}, "bypass"),
        ({"node": "far"}, "station-unreachable"),
        ({"kind": "source"}, "sources"),
    ],
)
def test_a_substation_that_cannot_be(station, code):
    net, codes, _ = read(stations=changed(STATIONS, 2, **station))
    assert net is None
    assert code in codes


def test_faults_of_the_source():
    for station, code in (
        ({"lowest_temperature": "99"}, "lowest"),
        ({"efficiency_percent": "900"}, "efficiency"),
        ({"kind": "substation", "building": "b1", "share_percent": "1"}, "source-missing"),
    ):
        net, codes, _ = read(stations=changed(STATIONS, 0, **station))
        assert net is None
        assert code in codes


def test_a_loop_is_named_by_its_nodes():
    more = {"pipe": "p4", "from_node": "b", "to_node": "c", "length_m": "10", "dn": "50"}
    net, _, found = read([*PIPES, more])
    assert net is None
    (loop,) = [each for each in found if each.code.endswith(".loop")]
    assert loop.params["nodes"] == "b – a – c – b"
    assert loop.lines == (3, 4, 5)


def test_all_faults_are_told_at_once():
    pipes = [
        *changed(PIPES, 0, length_m="0"),
        {"pipe": "p4", "from_node": "b", "to_node": "c", "length_m": "10", "dn": "50"},
        {"pipe": "p5", "from_node": "x", "to_node": "y", "length_m": "10", "dn": ""},
    ]
    stations = [
        *changed(STATIONS, 1, building="b9"),
        {"node": "src2", "kind": "source"},
        {"node": "c", "building": "b1", "supply_temperature": "50", "return_temperature": "60"},
    ]
    net, codes, _ = read(pipes, stations)
    assert net is None
    assert {"length-zero", "loop", "size-missing", "building-unknown", "sources",
            "temperatures"} <= set(codes)  # fmt: skip


def test_pipes_that_nothing_leads_to_or_that_lead_to_nobody():
    apart = {"pipe": "p5", "from_node": "x", "to_node": "y", "length_m": "10", "dn": "50"}
    net, codes, _ = read([*PIPES, apart])
    assert net is None
    assert "unreachable" in codes
    idle = {"pipe": "p5", "from_node": "c", "to_node": "y", "length_m": "10", "dn": "50"}
    net, codes, _ = read([*PIPES, idle])
    assert net is not None
    assert "dead-end" in codes


def test_substations_that_want_warmer_water_than_there_is():
    _, codes, _ = read(stations=changed(STATIONS, 0, supply_temperature="80"))
    assert "supply-cool" in codes


def test_who_leaves_takes_the_pipes_to_nobody_along():
    net, _, _ = read()
    left = net.without(["b2"])
    assert [p.code for p in left.pipes] == ["p1", "p2"]
    half = net.powered({"b1": 100e3, "b2": 50e3}).shared({"b2": 0.5})
    # 50 kW x 0.6 of the building x 0.5 that stays
    assert half.substations[1].power_w == pytest.approx(15e3)
    assert half.substations[1].share == pytest.approx(0.3)
