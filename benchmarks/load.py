"""Load on an installation as people run it: PostgreSQL, ``vatra serve`` with two workers and its
worker for jobs, three hundred synthetic cities of ten thousand rows each.

Asked by ``benchmarks.clients`` in a process of its own: public pages with fifty requests in flight,
as the first of all visits, after a restart once the worker has made them ahead, and again; twenty
people at work at once; lists and the search. The same people work on an installation of twenty
cities as well. The floor is ``/health`` under the same client.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cities import code_of

ROOT = Path(__file__).resolve().parent.parent
PORT = 8771
IN_FLIGHT, EDITORS, ROUNDS, THINK_SECONDS = 50, 20, 5, 1.0
# People who read what they open before they go on.
CALM_SECONDS = 5.0
SECONDS, START_SECONDS, AHEAD_SECONDS = 10.0, 180.0, 1200.0
ADDRESS = "VATRA_URL"
LISTS = {
    "list of cities": "/en/",
    "search, two words": "/en/search/?q=contor+017",
    "search, a word of all rows": "/en/search/?q=contor",
    "search, nothing found": "/en/search/?q=contor+99999",
    "API, cities": "/api/v1/cities",
    "API, rows": "/api/v1/cities/oras-007/rows?limit=100",
}
WORK_REQUESTS = ("desk", "tables", "table page", "row", "save a cell", "table after it", "history")


@dataclass(frozen=True)
class Size:
    """How large an installation is."""

    city_count: int
    row_count: int


FULL, FEW = Size(300, 10_000), Size(20, 10_000)
QUICK, QUICK_FEW = Size(30, 1_000), Size(20, 1_000)


def measured(folder: Path, size: Size, few: Size) -> dict[str, dict[str, float]]:
    """Figures [ms] by what was asked; ``few`` editors on the smaller installation."""
    found: dict[str, dict[str, float]] = {}
    for name, each in (("few", few), ("full", size)):
        with _installed(folder / name, each) as (environment, editors):
            if name == "full":
                nameless = {key: value for key, value in environment.items() if key != ADDRESS}
                with _served(nameless):
                    found |= _ask(do="visit", paths=_pages(size), kind="city, first of all",
                                  in_flight=IN_FLIGHT, seconds=0)  # fmt: skip
                with _served(environment):
                    print(f"pages made ahead in {_made_ahead(environment, size):.0f} s",
                          file=sys.stderr)  # fmt: skip
            with _served(environment):
                if name == "full":
                    found |= _public(size)
                work = _ask(do="edit", editors=editors, rounds=ROUNDS,
                            think_seconds=THINK_SECONDS, row_count=each.row_count)  # fmt: skip
                found |= {f"{kind}, {name}": figures for kind, figures in work.items()}
                if name == "full":
                    work = _ask(do="edit", editors=editors, rounds=ROUNDS,
                                think_seconds=CALM_SECONDS, row_count=each.row_count)  # fmt: skip
                    found |= {f"{kind}, calm": figures for kind, figures in work.items()}
    return found


def _made_ahead(environment: dict[str, str], size: Size) -> float:
    """Seconds until the worker has made the pages of all cities; each city is a job."""
    import psycopg

    begin = time.monotonic()
    with psycopg.connect(environment["VATRA_DATABASE_URL"], autocommit=True) as database:
        while time.monotonic() < begin + AHEAD_SECONDS:
            done = "SELECT count(*) FROM jobs_job WHERE kind = 'pages' AND state = 'done'"
            (count,) = database.execute(done).fetchone() or (0,)
            if count >= size.city_count:
                return time.monotonic() - begin
            time.sleep(1)
    raise RuntimeError("the pages were not made ahead")


def _public(size: Size) -> dict[str, dict[str, float]]:
    pages = _pages(size)
    found = _ask(do="visit", paths=["/health"], kind="health", in_flight=IN_FLIGHT, seconds=SECONDS)
    found |= _ask(do="visit", paths=pages, kind="city, cold", in_flight=IN_FLIGHT, seconds=0)
    # Each of the two workers has a shelf of its own: asked twice more, nearly all lies on both.
    _ask(do="visit", paths=pages * 2, kind="", in_flight=IN_FLIGHT, seconds=0)
    found |= _ask(do="visit", paths=pages, kind="city, warm", in_flight=IN_FLIGHT, seconds=SECONDS)
    for kind, path in LISTS.items():
        found |= _ask(do="visit", paths=[path], kind=kind, in_flight=2, seconds=SECONDS / 2)
    return found


def _pages(size: Size) -> list[str]:
    """The page of every city, in one language or the other."""
    numbers = range(1, size.city_count + 1)
    return [f"/{'ro' if n % 2 else 'en'}/cities/{code_of(n)}/" for n in numbers]


def _ask(**wish: Any) -> dict[str, dict[str, float]]:
    command = [sys.executable, "-m", "benchmarks.clients"]
    asked = json.dumps({"port": PORT, **wish})
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout)
    wrong = {status for status in found["statuses"] if status not in ("200", "302")}
    if wrong:
        raise RuntimeError(f"answered {found['statuses']}")
    return dict(found["figures"])


@contextmanager
def _installed(folder: Path, size: Size) -> Iterator[tuple[dict[str, str], list[Any]]]:
    """A database and a data folder full of cities, and who works on them."""
    from tests.web.ops.postgres import postgres_server

    folder.mkdir(parents=True)
    with postgres_server() as url:
        environment = {
            **os.environ,
            "VATRA_DATABASE_URL": url,
            "VATRA_DATA": str(folder / "data"),
            ADDRESS: f"http://127.0.0.1:{PORT}",
            # One client asks for all: it is not to be held back as one visitor would be.
            "VATRA_API_LIMIT": "1000000",
        }
        command = [sys.executable, "-m", "benchmarks.cities", str(folder / "out")]
        command += [str(each) for each in (size.city_count, size.row_count, EDITORS)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
        yield environment, json.loads(done.stdout.splitlines()[-1])


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[None]:
    """``vatra serve`` until the block ends."""
    begin = "from vatra.cli import main; main()"
    command = [sys.executable, "-c", begin, "serve", "--port", str(PORT)]
    quiet = subprocess.DEVNULL
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", PORT)) == 0:
            raise RuntimeError(f"another server answers at port {PORT}")
    with subprocess.Popen(
        command, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
    ) as server:
        try:
            _wait()
            yield
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def _wait() -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
            return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("the server did not start")
