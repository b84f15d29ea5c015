"""Real workers, killed in the middle of a job, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.web.ops.postgres import postgres_server

ROOT = Path(__file__).resolve().parents[3]
BEAT = "0.2"
PATIENCE_SECONDS = 60
WORK = "import tests.web.jobs.kinds; from vatra.web.jobs.worker import work; work()"
BEGIN = """
import json, sys
import tests.web.jobs.kinds
from vatra.web.cities.models import City
from vatra.web.jobs.actions import do_begin_job
from vatra.web.people.models import Membership, User
from datetime import date
city, made = City.objects.get_or_create(slug="poiana", defaults=dict(
    name="Poiana", folder="", run_id="", base_year=2021))
who, _ = User.objects.get_or_create(email="con@example.org")
if made:
    Membership.objects.create(city=city, person=who, role="contributor", since=date(2026, 1, 1))
kind, params = json.loads(sys.argv[1])
print(do_begin_job(kind=kind, city=city, params=params, actor=who).pk)
"""
SHOW = """
import json, sys
from vatra.web.jobs.models import Job
found = Job.objects.get(pk=int(sys.argv[1]))
print(json.dumps([found.state, found.attempt, found.result, found.error_key]))
"""
SETUP = "import django; django.setup()\n"


class Place:
    """An installation that processes of its own work on."""

    def __init__(self, data: Path, url: str) -> None:
        self.environment = {
            **os.environ,
            "VATRA_DATA": str(data),
            "VATRA_DATABASE_URL": url,
            "VATRA_JOBS_BEAT": BEAT,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "vatra.web.site.settings",
        }
        data.mkdir(exist_ok=True)
        self.call(
            "from django.core.management import call_command; call_command('migrate', verbosity=0)"
        )

    def call(self, code: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", SETUP + code, *arguments],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def begin(self, kind: str, **params: Any) -> str:
        import json

        return self.call(BEGIN, json.dumps([kind, params]))

    def shown(self, job: str) -> list[Any]:
        import json

        found: list[Any] = json.loads(self.call(SHOW, job))
        return found

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(
            [sys.executable, "-c", SETUP + WORK], env=self.environment, cwd=ROOT
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait()


def wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)


def lines(file: Path) -> list[list[str]]:
    return [line.split() for line in file.read_text("utf-8").splitlines()] if file.exists() else []


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
