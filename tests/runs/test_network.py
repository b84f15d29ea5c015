"""A folder with buildings and a network the whole way to its year and its pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba", reason="the extra 'buildings' is not installed")
pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")

from vatra.plans.blocks import simulate, synthetic_climate
from vatra.plans.blocks.climate.climate import monthly
from vatra.plans.heatnet.hours import spread_heating_w
from vatra.runs.network import Asked, NetworkRun, run_network, year_of_months
from vatra.runs.network_example import write_example
from vatra.runs.network_picture import duration_curve, loss_map
from vatra.runs.network_rows import pipe_rows, state_rows, station_rows
from vatra.runs.stock import open_stock
from vatra.tables import FindingsError
from vatra.words import LANGUAGES

QUARTERS = Path("examples/quarters")
T744R = "block_t744r_p4_1973_1982"
BUILDINGS = (
    "building,archetype,flats_count,heated_m2,source\n"
    f"b1,{T744R},20,1500,survey\nb2,{T744R},40,3000,survey\nb3,{T744R},20,1500,survey\n"
)
PIPES = (
    "pipe,from_node,to_node,length_m,dn,insulation,laid,source\n"
    "p1,src,n1,200,100,channel_wool,1979,survey\np2,n1,s1,30,50,channel_wool,1979,survey\n"
    "p3,n1,s2,80,80,channel_wool,1979,survey\np4,s2,s3,150,50,series_2,2015,survey\n"
)
STATIONS = (
    "node,kind,building,hot_water,supply_temperature,return_temperature,lowest_temperature,source\n"
    "src,source,,,95,,65,survey\ns1,,b1,yes,85,65,,survey\ns2,,b2,,85,65,,survey\n"
    "s3,,b3,,85,65,,survey\n"
)


def folder(path: Path, **files: str) -> Path:
    known = {"buildings": BUILDINGS, "heat_pipes": PIPES, "heat_substations": STATIONS} | files
    for name, text in known.items():
        if text:
            (path / f"{name}.csv").write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> NetworkRun:
    asked = Asked(renovated=("b2",), left={"b1": 0.5, "b3": 1.0}, lowest=True)
    return run_network(folder(tmp_path_factory.mktemp("net")), "iasi", asked=asked)


def test_states_say_what_changes(run):
    as_is, after, left, both = rows = state_rows(run)
    assert [each["state"] for each in rows] == ["as_is", "renovated", "left", "both"]
    for row in rows:
        lost = row["supply_loss_wh"] + row["return_loss_wh"]
        assert row["plant_wh"] == pytest.approx(row["served_wh"] + lost, abs=3)
        assert 0 < row["loss_share"] < 0.5
    assert after["served_wh"] < as_is["served_wh"]
    assert after["mean_return_c"] < as_is["mean_return_c"]
    assert after["pump_wh"] < as_is["pump_wh"]
    # p4 leads to nobody once b3 has left.
    assert left["trench_m"] == as_is["trench_m"] - 150
    assert left["eur_mwh"] > as_is["eur_mwh"]
    assert both["served_wh"] < min(after["served_wh"], left["served_wh"])
    assert as_is["lowest_mean_c"] < as_is["mean_supply_c"]


def test_pipes_and_substations_sum_to_the_year(run):
    year = run.states[0].year
    pipes, stations = pipe_rows(year), station_rows(year)
    lost = sum(each["supply_loss_wh"] + each["return_loss_wh"] for each in pipes)
    assert lost == pytest.approx(year.loss_w.sum(), rel=1e-6)
    assert sum(each["served_wh"] for each in stations) == pytest.approx(year.served_w.sum())
    assert [each["pipe"] for each in pipes] == ["p1", "p2", "p3", "p4"]
    # Hot water goes on in summer, through the one pipe to it.
    assert year.served_w[4700:4900].sum() > 0


def test_a_plan_hands_in_its_own_months(run):
    """The months and peaks of the run itself give its year again."""
    net, drive = run.net, run.states[0].year.drive
    building = {each.building: n for n, each in enumerate(net.substations)}
    heating = {code: monthly(drive.heating_w[:, n]) for code, n in building.items()}
    water = {code: monthly(drive.hot_water_w[:, n]) for code, n in building.items()}
    peaks = {code: float(drive.heating_w[:, n].max()) for code, n in building.items()}
    year = year_of_months(net, run.climate, heating, peaks, water)
    assert year.plant_w.sum() == pytest.approx(run.states[0].year.plant_w.sum(), rel=1e-3)
    cold = year_of_months(net, run.climate, heating, peaks)
    assert cold.served_w.sum() < year.served_w.sum()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_are_drawings_with_words(run, lang):
    for chart in (loss_map(run, lang), duration_curve(run, lang)):
        for width in (720.0, 360.0):
            drawn = chart.svg(width=width)
            ET.fromstring(drawn)
            assert "nan" not in drawn
        assert chart.synthetic
        assert chart.rows
        assert chart.alt


def test_a_plan_is_drawn_where_places_are_known(tmp_path):
    places = {"n1": (27.58, 47.16), "s1": (27.581, 47.16), "s2": (27.58, 47.161),
              "s3": (27.582, 47.161)}  # fmt: skip
    lines = PIPES.splitlines()
    placed = [lines[0] + ",longitude_degrees,latitude_degrees"]
    placed += [f"{line},{','.join(map(str, places[line.split(',')[2]]))}" for line in lines[1:]]
    stations = STATIONS.splitlines()
    head = [
        stations[0] + ",longitude_degrees,latitude_degrees",
        stations[1] + ",27.579001,47.160001",
    ]
    head += [line + ",," for line in stations[2:]]
    files = {"heat_pipes": "\n".join(placed), "heat_substations": "\n".join(head)}
    found = run_network(folder(tmp_path, **files), "iasi")
    assert set(found.net.places_deg) == {"src", *places}
    ET.fromstring(loss_map(found, "en").svg())


def test_faults_of_all_files_come_together(tmp_path):
    bad = PIPES.replace("p2,n1,s1,30", "p2,n1,s1,0")
    path = folder(tmp_path, heat_pipes=bad, buildings=BUILDINGS.replace("b3", "b4"))
    with pytest.raises(FindingsError) as error:
        run_network(path, "atlantis", asked=Asked())
    codes = {each.code for each in error.value.findings}
    assert {"plans.heatnet.length-zero", "plans.heatnet.building-unknown"} <= codes
    assert any(each.endswith("climate.unknown") for each in codes)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(renovated=("b9",)), "runs.network-building"),
        (Asked(package="wonder"), "runs.network-package"),
        (Asked(left={"b1": 1.0, "b2": 1.0, "b3": 1.0}), "runs.network-nobody"),
    ],
)
def test_what_cannot_be_asked(tmp_path, asked, code):
    with pytest.raises(FindingsError) as error:
        run_network(folder(tmp_path), "iasi", asked=asked)
    assert [each.code for each in error.value.findings if each.severity == "error"] == [code]


def test_files_that_are_missing_and_an_engine_without_peaks(tmp_path):
    path = folder(tmp_path, heat_pipes="", heat_substations="")
    with pytest.raises(FindingsError) as error:
        run_network(path, "iasi")
    assert [each.code for each in error.value.findings] == ["runs.network-file"] * 2
    with pytest.raises(FindingsError) as error:
        run_network(folder(tmp_path), "iasi", "seasonal")
    assert error.value.findings[0].code == "runs.network-engine"


def test_small_radiators_are_told_to_fall_short(tmp_path):
    lines = STATIONS.replace("source\n", "power_kw,source\n", 1).splitlines()
    small = [lines[0], lines[1].replace(",survey", ",,survey")]
    small += [line.replace(",survey", ",20,survey") for line in lines[2:]]
    found = run_network(folder(tmp_path, heat_substations="\n".join(small)), "iasi")
    (short,) = [each for each in found.findings if each.code == "runs.network-short"]
    assert short.params["count"] == 3
    assert found.states[0].year.short_wh > 0


def test_hours_of_months_against_the_engines_own():
    """Three kinds of block: single hours a fifth of the mean off, the highest within a tenth."""
    stock, climate = open_stock(QUARTERS / "manastur-like"), synthetic_climate("cluj")
    zones = stock.zones()
    kinds = {b.archetype: z for b, z in zip(stock.buildings, zones, strict=True)}
    three = [kinds[name] for name in sorted(kinds)[:3]]
    needs = simulate(three, climate, "rc5", hourly=True, free_float=False)
    exact = np.column_stack([each.heating_w for each in needs.hours])
    spread = spread_heating_w(
        needs.heating_wh.astype(float), needs.peak_heating_w.astype(float), climate
    )
    off = np.sqrt(((spread - exact) ** 2).mean(axis=0)) / exact.mean(axis=0)
    assert (off < 0.27).all()
    assert (np.abs(spread.max(axis=0) / exact.max(axis=0) - 1) < 0.1).all()
    assert spread.sum(axis=0) == pytest.approx(exact.sum(axis=0), rel=1e-5)


@pytest.mark.parametrize("name", ["manastur-like", "iasi-like"])
def test_the_examples_are_what_their_generator_makes(name, tmp_path):
    made = tmp_path / name
    made.mkdir()
    for file in (QUARTERS / name).iterdir():
        if not file.name.startswith("heat_") and file.suffix in (".csv", ".geojson"):
            (made / file.name).write_bytes(file.read_bytes())
    for path in write_example(made):
        assert path.read_bytes() == (QUARTERS / name / path.name).read_bytes()
