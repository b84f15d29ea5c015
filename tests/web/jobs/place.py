"""An installation with real worker processes, on SQLite or PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
BEAT = "0.2"
PATIENCE_SECONDS = 150
LIFE_SECONDS = 1800
WORK = "import tests.web.jobs.kinds; from vatra.web.jobs.worker import work; work()"
BEGIN = """
import json, sys
import tests.web.jobs.kinds
from vatra.web.cities.models import City
from vatra.web.jobs.actions import do_begin_job
from vatra.web.people.models import Membership, User
from datetime import date
city, _ = City.objects.get_or_create(slug="poiana", defaults=dict(
    name="Poiana", folder="", run_id="", base_year=2021))
who, is_new = User.objects.get_or_create(email="con@example.org")
if is_new:
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
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
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
    def worker(self, before: str = "") -> Iterator[subprocess.Popen[bytes]]:
        """A worker; ``before`` is code that it runs first."""
        process = subprocess.Popen(
            [sys.executable, "-c", SETUP + before + WORK], env=self.environment, cwd=ROOT
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait()


def wait(holds: Callable[[], bool], worker: subprocess.Popen[bytes] | None = None) -> None:
    """Until it holds; with a ``worker`` as long as that lives, for a busy machine is only slow."""
    end = time.monotonic() + (PATIENCE_SECONDS if worker is None else LIFE_SECONDS)
    while not holds():
        assert time.monotonic() < end, "it did not come to that"
        assert worker is None or worker.poll() is None, "the worker is gone"
        time.sleep(0.1)


def lines(file: Path) -> list[list[str]]:
    return [line.split() for line in file.read_text("utf-8").splitlines()] if file.exists() else []
