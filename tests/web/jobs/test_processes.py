"""Real workers, killed in the middle of a job, on SQLite and on PostgreSQL."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.jobs.place import Place, lines, wait
from tests.web.ops.postgres import postgres_server


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    data = tmp_path_factory.mktemp("jobs")
    if request.param == "sqlite":
        yield Place(data, "")
        return
    with postgres_server() as url:
        yield Place(data, url)


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_leaves_its_job_to_the_next(
    place: Place, tmp_path: Path
) -> None:
    file = tmp_path / "lines"
    with place.worker() as first:
        job = place.begin("tests.count", to=100, sleep=0.05, file=str(file))
        wait(lambda: len(lines(file)) == 1)
        time.sleep(0.5)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert place.shown(job)[0] == "running"
    with place.worker() as second:
        wait(lambda: lines(file)[-1][0] == "end")
        assert [each[::2] for each in lines(file)] == [
            ["begin", "1"], ["begin", "2"], ["end", "2"],
        ]  # fmt: skip
        assert lines(file)[-1][3] == str(second.pid)
        wait(lambda: place.shown(job) == ["done", 2, {"sum": 100}, ""])


@pytest.mark.slow
def test_two_workers_never_do_one_job_twice(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "lines"
    with place.worker(), place.worker():
        jobs = [place.begin("tests.count", to=3, sleep=0.02, file=str(file)) for _ in range(5)]
        wait(lambda: len(lines(file)) == 10)
        time.sleep(2)
    assert sorted(each[1] for each in lines(file) if each[0] == "begin") == sorted(jobs)
    assert {each[2] for each in lines(file)} == {"1"}


@pytest.mark.slow
def test_a_worker_told_to_end_hands_its_job_back(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "lines"
    with place.worker() as worker:
        job = place.begin("tests.count", to=200, sleep=0.05, file=str(file))
        wait(lambda: len(lines(file)) == 1)
        worker.terminate()
        assert worker.wait(timeout=10) == 0
    assert place.shown(job)[:2] == ["waiting", 2]


@pytest.mark.slow
def test_a_job_that_kills_its_workers_ends_and_says_so(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "lines"
    job = place.begin("tests.die", file=str(file))
    for count in (1, 2):
        with place.worker():
            wait(lambda count=count: len(lines(file)) == count)  # type: ignore[misc]
    with place.worker():
        wait(lambda: place.shown(job)[0] == "stale")
    assert place.shown(job)[3] == "web.jobs.lost"
    assert len(lines(file)) == 2
