"""A large file, checked and taken over by real workers that are killed in the middle of it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.web.evidence.large import write_large
from tests.web.jobs.place import SETUP, Place, wait
from tests.web.ops.postgres import postgres_server

ROWS = 400_000
PREPARE = """
import sys
from datetime import date
from pathlib import Path
from vatra.web.cities.models import City
from vatra.web.people.models import Membership, User
from vatra.web.workspace.actions_start import do_open_workspace
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
who = User.objects.create(email="ed@example.org")
TOTP.activate(who, generate_totp_secret())
city = City.objects.create(slug="poiana", name="Poiana", folder=sys.argv[1], run_id="0",
                           base_year=2021)
Membership.objects.create(city=city, person=who, role="editor", since=date(2026, 1, 1))
do_open_workspace(city=city, actor=None)
"""
HAND_IN = """
import sys
from vatra.web.cities.models import City
from vatra.web.evidence.actions import do_receive_upload
from vatra.web.people.models import User
with open(sys.argv[1], "rb") as source:
    made = do_receive_upload(city=City.objects.get(), name="energy.csv", source=source,
                             actor=User.objects.get())
print(made.pk, made.state)
"""
ACCEPT = """
from vatra.web.evidence.accepting import do_ask_to_accept
from vatra.web.evidence.models import Upload
from vatra.web.people.models import User
do_ask_to_accept(upload=Upload.objects.get(), mode="add", actor=User.objects.get())
"""
SHOW = """
import json
from vatra.web.evidence.models import Upload
from vatra.web.jobs.models import Job
from vatra.web.workspace.models import Version
up, job = Upload.objects.get(), Job.objects.order_by("-pk")[0]
print(json.dumps({"state": up.state, "rows": up.row_count, "errors": up.error_count,
    "job": job.state, "attempt": job.attempt, "done": job.done_count, "step": job.step,
    "versions": Version.objects.count(),
    "error": job.error_key}))
"""
# Looks many times a second, from a process that is ready before the job begins.
KILL = """
import os, signal, sys, time
from vatra.web.jobs.models import Job
print("ready", flush=True)
kind, step, pid = sys.argv[1], sys.argv[2], int(sys.argv[3])
while not Job.objects.filter(kind=kind, step=step, state="running").exists():
    time.sleep(0.02)
time.sleep(float(sys.argv[4]))
os.kill(pid, signal.SIGKILL)
"""
CHECK = """
import json
from vatra.web.workspace import store
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import content_of
for version in Version.objects.all():
    for name in version.manifest:
        content_of(version, name)
head = Version.objects.order_by("-number")[0]
origins = content_of(head, "energy.csv.origins").decode().splitlines()
print(json.dumps([content_of(head, "energy.csv").count(b"\\n"), len(origins), origins[-1],
    [each.name for each in store.folder().glob("*.partial")]]))
"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    data = tmp_path_factory.mktemp("evidence")
    if request.param == "sqlite":
        yield Place(data, "")
        return
    with postgres_server() as url:
        yield Place(data, url)


def shown(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(place.call(SHOW))
    return found


@contextmanager
def killed(
    place: Place, kind: str, step: str, worker: subprocess.Popen[bytes], after_seconds: float
) -> Iterator[None]:
    """Kill a worker as soon as its job comes to a step."""
    arguments = [kind, step, str(worker.pid), str(after_seconds)]
    with subprocess.Popen(
        [sys.executable, "-c", SETUP + KILL, *arguments],
        env=place.environment, stdout=subprocess.PIPE, text=True,
    ) as killer:  # fmt: skip
        assert killer.stdout is not None
        assert killer.stdout.readline() == "ready\n"
        try:
            yield
            assert killer.wait(timeout=120) == 0
        finally:
            killer.kill()


@pytest.mark.slow
def test_an_import_killed_in_the_middle_goes_on_and_writes_once(
    place: Place, tmp_path: Path
) -> None:
    pack = tmp_path / "out" / "pack"
    pack.mkdir(parents=True)
    (pack / "city.yaml").write_text(
        "name: Poiana\ncode: poiana\nbase_year: 2021\ntarget_year: 2030\ngwp_set: AR5\n", "utf-8"
    )
    place.call(PREPARE, str(pack.parent))
    file = tmp_path / "energy.csv"
    write_large(file, ROWS)
    with place.worker() as first:
        with killed(place, "evidence.check", "web.evidence.step-checking", first, 0.0):
            assert place.call(HAND_IN, str(file)).endswith("checking")
        assert first.wait(timeout=60) == -signal.SIGKILL
    found = shown(place)
    assert (found["state"], found["rows"], found["job"]) == ("checking", 0, "running")
    with place.worker():
        wait(lambda: shown(place)["job"] == "done")
    found = shown(place)
    assert (found["state"], found["rows"], found["errors"], found["attempt"]) == (
        "ready", ROWS, 0, 2,
    )  # fmt: skip
    with place.worker() as second:
        with killed(place, "evidence.accept", "web.evidence.step-writing", second, 0.5):
            place.call(ACCEPT)
        assert second.wait(timeout=60) == -signal.SIGKILL
    found = shown(place)
    # Killed while it wrote: the version is not there, and neither is the decision.
    assert (found["state"], found["versions"], found["job"]) == ("ready", 1, "running")
    with place.worker():
        wait(lambda: shown(place)["job"] == "done")
    found = shown(place)
    assert (found["state"], found["versions"], found["attempt"]) == ("accepted", 2, 2)
    lines, origins, last, _ = json.loads(place.call(CHECK))
    assert (lines, origins, last) == (ROWS + 1, ROWS, f"upload-1:{ROWS + 1}")
