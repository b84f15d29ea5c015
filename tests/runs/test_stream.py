"""A file of buildings to a file of needs: parts, bounded, the same bytes on many processes."""

import os
import signal
from pathlib import Path

import polars as pl
import pytest

pytest.importorskip("numba")

from benchmarks.million import make
from vatra.plans.blocks.bulk.stream import MONTHS, need_of
from vatra.runs.blocks import read_climate
from vatra.runs.stream import run_stream
from vatra.runs.stream_cluster import cluster
from vatra.tables import FindingsError


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    return make(tmp_path_factory.mktemp("stream") / "buildings.parquet", 900)


def test_parts_add_up_to_the_whole(source, tmp_path):
    told = []
    run = run_stream(source, tmp_path / "need.parquet", "iasi", rows_per_part=400,
                     progress=lambda done, total: told.append((done, total)))  # fmt: skip
    found, frame = pl.read_parquet(run.target), pl.read_parquet(source)
    assert told == [(400, 900), (800, 900), (900, 900)]
    assert found["building"].to_list() == frame["building"].to_list()
    assert run.buildings_count == 900
    assert run.heating_wh == found["heating_wh"].sum()
    assert (found.select(pl.sum_horizontal(MONTHS)).to_series() == found["heating_wh"]).all()
    assert 100 < run.heating_kwh_m2 < 250
    whole = need_of(frame, read_climate("iasi")[0])
    assert found["heating_wh"].to_list() == whole["heating_wh"].to_list()
    # Nothing is left beside the answer.
    assert [each.name for each in tmp_path.iterdir()] == ["need.parquet"]


def test_everything_wrong_is_told_at_once_and_nothing_written(source, tmp_path):
    bad = tmp_path / "bad.parquet"
    frame = pl.read_parquet(source).with_row_index()
    at = pl.col("index")
    frame.with_columns(
        building=pl.when(at == 2).then(pl.lit("")).otherwise("building"),
        archetype=pl.when(at == 3).then(pl.lit("castle")).otherwise("archetype"),
        heated_m2=pl.when(at.is_in([4, 5])).then(-1.0).otherwise("heated_m2"),
        storeys_count=pl.when(at == 6).then(0).otherwise("storeys_count"),
        storey_height_m=pl.when(at == 7).then(float("nan")).otherwise("storey_height_m"),
        flats_count=pl.when(at == 8).then(None).otherwise("flats_count"),
        facade_outer_m2=pl.when(at == 9).then(pl.lit([1.0])).otherwise("facade_outer_m2"),
        wall_u_w_m2k=pl.when(at == 10).then(50.0).otherwise("wall_u_w_m2k"),
    ).drop("index").write_parquet(bad)  # fmt: skip
    with pytest.raises(FindingsError) as caught:
        run_stream(bad, tmp_path / "need.parquet", "nowhere")
    codes = {each.code: each.lines for each in caught.value.findings if "stream" in each.code}
    assert codes == {
        "runs.stream-building": (3,),
        "runs.stream-archetype": (4,),
        "runs.stream-size": (5, 6),
        "runs.stream-storeys": (7,),
        "runs.stream-height": (8,),
        "runs.stream-flats": (9,),
        "runs.stream-sides": (10,),
        "runs.stream-u": (11,),
    }
    # The climate is refused in the same breath.
    assert len(caught.value.findings) == len(codes) + 1
    assert [each.name for each in tmp_path.iterdir()] == ["bad.parquet"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda frame: frame.drop("archetype", "flats_count"), "runs.stream-columns"),
        (lambda frame: frame.with_columns(heated_m2=pl.lit("many")), "runs.stream-columns"),
        (lambda frame: frame.clear(), "runs.stream-empty"),
    ],
)
def test_a_file_that_is_none_is_told(source, tmp_path, change, code):
    bad = tmp_path / "bad.parquet"
    change(pl.read_parquet(source)).write_parquet(bad)
    with pytest.raises(FindingsError) as caught:
        run_stream(bad, tmp_path / "need.parquet", "iasi")
    assert [each.code for each in caught.value.findings] == [code]


def test_a_file_of_something_else_is_told(tmp_path):
    bad = tmp_path / "bad.parquet"
    bad.write_text("building;archetype\n")
    with pytest.raises(FindingsError) as caught:
        run_stream(bad, tmp_path / "need.parquet", "iasi")
    assert [each.code for each in caught.value.findings] == ["runs.stream-unreadable"]


def test_own_elements_are_looked_at(source, tmp_path):
    bad = tmp_path / "bad.parquet"
    sound = {"code": "w", "kind": "wall", "area_m2": 90.0, "u_w_m2k": 0.4}
    given = [[], [sound], [{**sound, "u_w_m2k": 50.0}], [{**sound, "kind": "door"}], None]
    pl.read_parquet(source).head(5).with_columns(elements=pl.Series(given)).write_parquet(bad)
    with pytest.raises(FindingsError) as caught:
        run_stream(bad, tmp_path / "need.parquet", "iasi")
    assert [(each.code, each.lines) for each in caught.value.findings] == [
        ("runs.stream-elements", (3, 4))
    ]


@pytest.mark.slow
def test_processes_write_the_same_bytes_even_where_one_is_killed(source, tmp_path):
    pytest.importorskip("distributed")
    here = run_stream(source, tmp_path / "here.parquet", "iasi", rows_per_part=50)
    killed: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if not killed and done >= 100:
            victim = next(iter(_workers()))
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    with cluster(2) as pool:
        there = run_stream(source, tmp_path / "there.parquet", "iasi", rows_per_part=50, pool=pool,
                           progress=kill_one)  # fmt: skip
    assert killed
    assert there.buildings_count == 900
    assert here.target.read_bytes() == there.target.read_bytes()


def _workers() -> list[int]:
    """Processes of workers that this test started."""
    import psutil

    started = psutil.Process().children(recursive=True)
    return [each.pid for each in started if "spawn_main" in " ".join(each.cmdline())]
