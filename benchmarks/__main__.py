"""``python -m benchmarks``: measure, print a table, write ``benchmarks/latest.json``.

Each line: name, value, unit, floor or peer, ratio, goal, and whether it holds. ``--quick`` leaves
out the ten million rows and makes the installation under load smaller; ``--load`` measures only
that.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import load, localities
from benchmarks.clients import FIRST
from benchmarks.measure import Measured, alternately, measure
from benchmarks.million import make as make_buildings
from benchmarks.outside import peer_python
from benchmarks.rows import make
from benchmarks.shapley import REPEATS
from scripts.browser import find_browser

MILLION = 1_000_000
LATEST = Path(__file__).with_name("latest.json")
ROWS = "benchmarks.rows"
LOCALITIES = "benchmarks.localities"
DOUBT = "benchmarks.doubt"
DRAWS = 100_000
OPTIMUM = "benchmarks.optimum"
PLAN_DRAWS = "benchmarks.plan_draws"
DRAWS_OF_A_PLAN = 10_000
SHAPLEY = "benchmarks.shapley"
BLOCKS = "benchmarks.blocks"
PACKAGES = "benchmarks.packages"
STREAM = "benchmarks.million"
RC5_YEARS, MODAL_YEARS = 51_200, 5_120
SLIDER = "benchmarks.slider"
QUARTER = "benchmarks.quarter"
SUNPOWER = "benchmarks.sunpower"
CALIBRATE = "benchmarks.calibrate"
NETWORK = "benchmarks.network"


@dataclass(frozen=True)
class Result:
    """One promise and what was measured: ``ratio`` is value to floor, ``goal`` its limit."""

    name: str
    value: float
    unit: str
    floor_name: str
    floor: float
    ratio: float
    goal: float

    @property
    def holds(self) -> bool:
        """Whether the ratio stays within the goal."""
        return self.ratio <= self.goal


def million_rows(folder: Path) -> Iterator[Result]:
    """A million CSV rows to a sealed contract, beside polars reading and summing the file."""
    pack = make(folder / "million", MILLION)
    ours, floor, ratio = alternately(
        (ROWS, "to_contract", str(pack), str(folder / "contract.json")),
        (ROWS, "floor", str(pack)),
    )
    yield Result(
        "1,000,000 CSV rows to a sealed contract", ours.seconds, "s",
        "polars reads and sums the same file", floor.seconds, ratio, 3.0,
    )  # fmt: skip
    yield _memory("peak memory at 1,000,000 rows", ours, floor)


def ten_million_rows(folder: Path) -> Iterator[Result]:
    """Ten times the rows must not take more than ten times the memory and time."""
    small = measure(ROWS, "to_contract", str(folder / "million"), str(folder / "a.json"), runs=1)
    pack = make(folder / "ten", 10 * MILLION)
    large = measure(ROWS, "to_contract", str(pack), str(folder / "b.json"), runs=1)
    yield Result(
        "10,000,000 CSV rows to a sealed contract", large.seconds, "s",
        "1,000,000 rows, times ten", small.seconds * 10, large.seconds / small.seconds / 10, 1.2,
    )  # fmt: skip
    grown = (large.peak_mb - large.imports_mb) / (small.peak_mb - small.imports_mb) / 10
    yield Result(
        "peak memory at 10,000,000 rows", large.peak_mb, "MB",
        "1,000,000 rows, times ten", small.imports_mb + 10 * (small.peak_mb - small.imports_mb),
        grown, 1.2,
    )  # fmt: skip


def million_rows_of_localities(folder: Path) -> Iterator[Result]:
    """A million rows of 3,000 localities and ten years to every total, beside one sum by polars."""
    pack = localities.make(folder / "localities", MILLION)
    ours, floor, ratio = alternately(
        (LOCALITIES, "to_totals", str(pack)), (LOCALITIES, "floor", str(pack))
    )
    yield Result(
        "1,000,000 rows, 3,000 localities, 10 years", ours.seconds, "s",
        "polars reads the same file and sums by place", floor.seconds, ratio, 4.0,
    )  # fmt: skip


def draws(folder: Path) -> Iterator[Result]:
    """A hundred thousand draws of two hundred rows, beside drawing the normals alone."""
    ours, floor, ratio = alternately((DOUBT, "sample", DRAWS), (DOUBT, "floor", DRAWS))
    name = "100,000 draws of an inventory of 200 rows"
    yield Result(
        name,
        ours.seconds,
        "s",
        "numpy draws the same normals on one core",
        floor.seconds,
        ratio,
        3.0,
    )
    yield Result(name, ours.seconds, "s", "the promise of 2 s", 2.0, ours.seconds / 2.0, 1.0)


def draws_of_a_plan(folder: Path) -> Iterator[Result]:
    """Ten thousand draws of 40 actions over 30 years, beside the bare multiplications in them."""
    ours, floor, ratio = alternately(
        (PLAN_DRAWS, "sample", DRAWS_OF_A_PLAN), (PLAN_DRAWS, "floor", DRAWS_OF_A_PLAN)
    )
    name = "10,000 draws of 40 actions, 30 years"
    yield Result(
        name, ours.seconds, "s", "numpy multiplies as many shares and cells", floor.seconds,
        ratio, 15.0,
    )  # fmt: skip
    yield Result(name, ours.seconds, "s", "the promise of 1 s", 1.0, ours.seconds, 1.0)


def shapley_of_forty(folder: Path) -> Iterator[Result]:
    """The Shapley value of 40 actions in a year, beside evaluating each alone and 4,096 sets."""
    ours, floor, ratio = alternately((SHAPLEY, "closed_form"), (SHAPLEY, "floor"))
    _, every, of_every = alternately((SHAPLEY, "closed_form"), (SHAPLEY, "every_set"))
    name = "Shapley value of 40 actions in a year"
    value, alone = (1000 * each.seconds / REPEATS for each in (ours, floor))
    yield Result(name, value, "ms", "the engine evaluates each action alone", alone, ratio, 6.0)
    peer = 1000 * every.seconds
    yield Result(
        name, value, "ms", "the engine on every set of 12 of them", peer, of_every / REPEATS, 1.0
    )
    yield Result(name, value, "ms", "the promise of 10 ms", 10.0, value / 10.0, 1.0)


def slider(folder: Path) -> Iterator[Result]:
    """A slider of the laboratory, from the event to the painted answer, beside the promise."""
    if find_browser() is None:
        print("no Chromium: the slider is not measured (python scripts/browser.py --install)")
        return
    found = measure(SLIDER, "measure_slider", runs=1).answer
    assert isinstance(found, dict)
    name = "a slider's painted answer, plan of 60 actions"
    yield Result(
        name, found["median"], "s", "the promise of 0.2 s", 0.2, found["median"] / 0.2, 1.0
    )
    yield Result(
        f"{name}, 95 of 100", found["p95"], "s", "the promise of 0.2 s", 0.2,
        found["p95"] / 0.2, 1.0,
    )  # fmt: skip
    yield Result(
        name, found["median"], "s", "the same server says ok and it is painted", found["floor"],
        found["median"] / found["floor"], 8.0,
    )  # fmt: skip


def best_plan(folder: Path) -> Iterator[Result]:
    """The best plan of 40 actions over 15 years: the gap left after its time, beside a greedy's."""
    for carbon, limit_s, what in (
        (False, 10.0, "40 actions, 15 years, budgets"),
        (True, 60.0, "the same, carbon budget"),
    ):
        ours = measure(OPTIMUM, "best", carbon, limit_s, runs=1)
        peer = measure(OPTIMUM, "greedy", carbon, runs=1)
        value, other = float(str(ours.answer)), float(str(peer.answer))
        name = f"gap of {what}"
        yield Result(name, value, "pts", "a greedy by the exact engine", other, value / other, 0.5)
        yield Result(name, value, "pts", "the promise of 0.5 points", 0.5, value / 0.5, 1.0)
        yield Result(
            f"time of {what}", ours.seconds, "s", "its time limit and a fifth", limit_s * 1.2,
            ours.seconds / limit_s / 1.2, 1.0,
        )  # fmt: skip


def blocks_in_5r1c(folder: Path) -> Iterator[Result]:
    """Building-years of 5R1C in one thread, beside as many bare multiplications and a peer."""
    peers = peer_seconds()
    yield from _building_years("rc5", RC5_YEARS, 150_000, peers.get("rc5"))


def blocks_in_modes(folder: Path) -> Iterator[Result]:
    """Building-years of the modal engine in one thread, the same way; the peer is a model of one
    capacity, the fastest there is."""
    yield from _building_years("modal", MODAL_YEARS, 20_000, peer_seconds().get("rc"))


def _building_years(
    engine: str, years: int, promised: int, peer_seconds: float | None
) -> Iterator[Result]:
    ours, floor, ratio = alternately(
        (BLOCKS, "building_years", engine, years), (BLOCKS, "multiplications", engine, years)
    )
    name = f"building-years, {engine}, one thread"
    value, bare = (1e6 * each.seconds / years for each in (ours, floor))
    yield Result(name, value, "us", "as many multiplications", bare, ratio, 2.0)
    promise = 1e6 / promised
    yield Result(name, value, "us", f"{promised:,} a second", promise, value / promise, 1.0)
    if peer_seconds is not None:
        peer = 1e6 * peer_seconds
        yield Result(name, value, "us", "EnTiSe, in the same run", peer, value / peer, 0.1)


def peer_seconds() -> dict[str, float]:
    """Seconds of a building-year by the peer's models; empty where it was not fetched."""
    python = peer_python()
    if python is None:
        return {}
    command = [str(python), str(Path(__file__).with_name("peer_entise.py"))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def heat_network(folder: Path) -> Iterator[Result]:
    """A year of 1,000 pipes in one thread, beside one pass of numpy and a peer's hours."""
    ours, floor, ratio = alternately((NETWORK, "year"), (NETWORK, "one_pass"))
    name = "1,000 heat pipes, a year by the hour"
    yield Result(
        name, ours.seconds, "s", "numpy passes once, flows known", floor.seconds, ratio, 12.0
    )
    yield Result(name, ours.seconds, "s", "the promise of 2 s", 2.0, ours.seconds / 2.0, 1.0)
    theirs = measure(NETWORK, "peer_seconds", runs=1).answer
    if theirs is not None:
        year = float(str(theirs)) * 8760
        yield Result(
            name, ours.seconds, "s", "pandapipes, 8,760 times an hour of it", year,
            ours.seconds / year, 0.1,
        )  # fmt: skip


def seasonal_rows(folder: Path) -> Iterator[Result]:
    """A million rows of the seasonal method, beside the two powers in it."""
    ours, floor, ratio = alternately((BLOCKS, "rows", MILLION), (BLOCKS, "powers", MILLION))
    name = "1,000,000 rows, seasonal"
    yield Result(name, ours.seconds, "s", "numpy takes two powers", floor.seconds, ratio, 10.0)
    yield Result(name, ours.seconds, "s", "the promise of 1 s", 1.0, ours.seconds, 1.0)


def packages_of_blocks(folder: Path) -> Iterator[Result]:
    """10,000 packages of one block and 50 of 3,000, beside the hours alone, numpy and the peer."""
    name = "10,000 packages of a block, rc5"
    ours, floor, ratio = alternately(
        (PACKAGES, "packages", "rc5", 10_000), (PACKAGES, "floor", "rc5", 10_000)
    )
    yield Result(name, ours.seconds, "s", "the hours alone, one core", floor.seconds, ratio, 2.0)
    bare = measure(PACKAGES, "roofline", "rc5", 10_000, runs=1).seconds
    yield Result(
        name, ours.seconds, "s", "numpy multiplies as much", bare, ours.seconds / bare, 1.0
    )
    yield Result(name, ours.seconds, "s", "the promise of 1 s", 1.0, ours.seconds, 1.0)
    peer = peer_seconds().get("rc5")
    if peer is not None:
        peer *= 10_000
        yield Result(
            name, ours.seconds, "s", "EnTiSe, zone by zone", peer, ours.seconds / peer, 0.01
        )
    for engine, promised in (("rc5", 5.0), ("modal", 20.0), ("seasonal", 5.0)):
        found = measure(PACKAGES, "quarter", engine, 3_000, 50, runs=1).seconds
        yield Result(f"50 packages of 3,000 blocks, {engine}", found, "s",
                     f"the promise of {promised:g} s", promised, found / promised, 1.0)  # fmt: skip
    for engine in ("rc5", "modal"):
        found = measure(PACKAGES, "zones", engine, 3_000).seconds
        yield Result(
            f"simulate of 3,000 zones, {engine}", found, "s", "the promise of 1 s", 1.0, found, 1.0
        )


def panels_and_batteries(folder: Path) -> Iterator[Result]:
    """10,000 states of a block with panels and a battery over a year, beside bare multiplications
    and numpy without the batteries."""
    name = "10,000 years of panels and a battery"
    states = (SUNPOWER, "states", 10_000)
    ours, floor, ratio = alternately(states, (SUNPOWER, "multiplications", 10_000))
    yield Result(name, ours.seconds, "s", "as many multiplications", floor.seconds, ratio, 3.0)
    ours, peer, ratio = alternately(states, (SUNPOWER, "without_battery", 10_000))
    yield Result(name, ours.seconds, "s", "numpy, no batteries", peer.seconds, ratio, 1.0)
    yield Result(name, ours.seconds, "s", "the promise of 0.5 s", 0.5, ours.seconds / 0.5, 1.0)


def draws_of_a_block(folder: Path) -> Iterator[Result]:
    """10,000 draws of a block from scores to bills, and weighed by a meter, beside the hours of as
    many states alone."""
    for what, goal, promised in (("draws", 4.0, 1.0), ("posterior", 8.0, 2.0)):
        ours, floor, ratio = alternately((CALIBRATE, what), (CALIBRATE, "floor"))
        name = f"10,000 draws of a block, {'to bills' if what == 'draws' else 'weighed by a meter'}"
        yield Result(
            name, ours.seconds, "s", "the hours alone, one core", floor.seconds, ratio, goal
        )
        yield Result(
            name, ours.seconds, "s", f"the promise of {promised:g} s", promised,
            ours.seconds / promised, 1.0,
        )  # fmt: skip


def million_buildings(folder: Path) -> Iterator[Result]:
    """A million buildings from one Parquet file to another in 5R1C, beside reading and writing
    alone; its memory beside that of a tenth of them; two processes beside one."""
    source, target = str(make_buildings(folder / "b.parquet", MILLION)), str(folder / "n.parquet")
    tenth = str(make_buildings(folder / "tenth.parquet", MILLION // 10))
    ours = measure(STREAM, "stream", source, target, runs=1)
    bare = measure(STREAM, "floor", source, target, runs=1)
    few = measure(STREAM, "stream", tenth, target, runs=1)
    name = "1,000,000 buildings, Parquet to Parquet, rc5"
    yield Result(name, ours.seconds, "s", "read and write alone", bare.seconds,
                 ours.seconds / bare.seconds, 30.0)  # fmt: skip
    yield Result(name, ours.seconds, "s", "the promise of 60 s", 60.0, ours.seconds / 60.0, 1.0)
    yield Result("peak memory of it", ours.peak_mb, "MB", "100,000 buildings", few.peak_mb,
                 ours.peak_mb / few.peak_mb, 1.3)  # fmt: skip
    one, two = (
        float(str(measure(STREAM, "on_cluster", source, target, workers, runs=1).answer))
        for workers in (1, 2)
    )
    yield Result("the same on two processes", two, "s", "on one", one, two / one, 0.8)


def quarter(folder: Path) -> Iterator[Result]:
    """A package for each of 3,000 blocks out of 50, beside the bare linear programme; and how far
    the choice and a greedy's are from the best, in millionths of the money."""
    ours, floor, ratio = alternately((QUARTER, "chosen"), (QUARTER, "linear_programme"))
    greedy = measure(QUARTER, "greedy", runs=1)
    name = "a package for each of 3,000 blocks, of 50"
    yield Result(
        name, ours.seconds, "s", "HiGHS solves the linear programme", floor.seconds, ratio, 1.0
    )
    gap, other = float(str(ours.answer)), float(str(greedy.answer))
    yield Result(
        "gap of that choice", gap, "ppm", "a greedy by the cheapest tonne", other, gap / other, 0.1
    )


def under_load(folder: Path, quick: bool) -> Iterator[Result]:
    """Public pages, people at work and lists of a large installation, 95 of 100, beside the
    promises; beside one word from the same server; and beside an installation of few cities."""
    size, few = (load.QUICK, load.QUICK_FEW) if quick else (load.FULL, load.FEW)
    found = {kind: each["p95"] for kind, each in load.measured(folder / "load", size, few).items()}
    floor = found["health"]
    # The worker makes pages ahead; "first of all" is where it knew no address to make them for.
    for kind in ("city, first of all", "city, cold", "city, warm"):
        yield Result(f"{kind}, 50 in flight", found[kind], "ms", "the promise of 150 ms", 150.0,
                     found[kind] / 150.0, 1.0)  # fmt: skip
    yield Result("city, warm, 50 in flight", found["city, warm"], "ms", "/health, the same client",
                 floor, found["city, warm"] / floor, 3.0)  # fmt: skip
    for kind in load.WORK_REQUESTS:
        large, small = found[f"{kind}, full"], found[f"{kind}, few"]
        name = f"{kind}, 20 at work"
        yield Result(name, large, "ms", "the promise of 300 ms", 300.0, large / 300.0, 1.0)
        yield Result(name, large, "ms", f"{few.city_count} cities", small, large / small, 1.5)
        first = found[f"{FIRST}{kind}, full"]
        yield Result(f"{name}, first after a restart", first, "ms", "the promise of 300 ms", 300.0,
                     first / 300.0, 1.0)  # fmt: skip
        calm = found[f"{kind}, calm"]
        yield Result(f"{name}, 5 s to read", calm, "ms", "the promise of 300 ms", 300.0,
                     calm / 300.0, 1.0)  # fmt: skip
    for kind in load.LISTS:
        yield Result(f"{kind}, 2 in flight", found[kind], "ms", "the promise of 300 ms", 300.0,
                     found[kind] / 300.0, 1.0)  # fmt: skip


def _memory(name: str, ours: Measured, floor: Measured) -> Result:
    return Result(
        name, ours.peak_mb, "MB", "polars reads and sums the same file", floor.peak_mb,
        ours.peak_mb / floor.peak_mb, 3.0,
    )  # fmt: skip


def main() -> None:
    """Measure and print; the exit code does not depend on the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the ten million rows")
    parser.add_argument("--load", action="store_true", help="only the load on an installation")
    asked = parser.parse_args()
    quick = asked.quick
    results: list[Result] = []
    header = (
        f"{'benchmark':44}{'value':>10} {'unit':5}{'floor':>10}  {'ratio':>6} {'goal':>6}  holds"
    )
    print(header, flush=True)

    def loaded(folder: Path) -> Iterator[Result]:
        return under_load(folder, quick)

    with tempfile.TemporaryDirectory() as name:
        quick_ones = (
            million_rows,
            million_rows_of_localities,
            draws,
            draws_of_a_plan,
            shapley_of_forty,
            blocks_in_5r1c,
            blocks_in_modes,
            seasonal_rows,
            heat_network,
            packages_of_blocks,
            million_buildings,
            best_plan,
            quarter,
            panels_and_batteries,
            draws_of_a_block,
            slider,
        )
        wanted = (*quick_ones, *(() if quick else (ten_million_rows,)), loaded)
        for benchmark in (loaded,) if asked.load else wanted:
            for result in benchmark(Path(name)):
                results.append(result)
                print(_line(result), flush=True)
    content = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "results": [{**asdict(each), "holds": each.holds} for each in results],
    }
    LATEST.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"written to benchmarks/{LATEST.name}")


def _line(result: Result) -> str:
    return (
        f"{result.name:44}{result.value:10.2f} {result.unit:5}{result.floor:10.2f}  "
        f"{result.ratio:6.2f} {result.goal:6.2f}  {'yes' if result.holds else 'NO'}"
        f"   floor: {result.floor_name}"
    )


if __name__ == "__main__":
    main()
