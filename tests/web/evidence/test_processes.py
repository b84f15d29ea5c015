"""A large file, checked and taken over by real workers that are killed in the middle of it."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.web.evidence.large import write_large
from tests.web.jobs.place import LIFE_SECONDS, Place, wait
from tests.web.ops.postgres import postgres_server

# More than are checked while a person waits (20,000), and than one portion holds (50,000).
ROWS = 60_000
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
# A worker that is killed at a moment of its own choosing, however slow the machine is.
DIE = """
import os, signal
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
"""
# The first portion of rows is checked, and that is written down.
IN_THE_CHECK = (
    DIE
    + """
from vatra.web.jobs.handle import Handle
said = Handle.progress
def progress(self, done, total=0, step=""):
    said(self, done, total, step)
    if step == "web.evidence.step-checking" and done:
        die()
Handle.progress = progress
"""
)
# Version and decision are written, and not yet settled: the last moment before that.
IN_THE_WRITING = (
    DIE
    + """
from vatra.web.evidence import accepting
accepting._retire = die
"""
)
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
    with postgres_server() if request.param == "postgresql" else nullcontext("") as url:
        made = Place(data, url)
        # On a busy machine a worker that lives may not come to beat for a second.
        made.environment["VATRA_JOBS_BEAT"] = "1"
        yield made


def shown(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(place.call(SHOW))
    return found


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
    assert place.call(HAND_IN, str(file)).endswith("checking")
    died(place, IN_THE_CHECK)
    found = shown(place)
    assert (found["state"], found["rows"], found["job"]) == ("checking", 0, "running")
    with place.worker() as second:
        wait(lambda: shown(place)["job"] == "done", second)
    found = shown(place)
    assert (found["state"], found["rows"], found["errors"], found["attempt"]) == (
        "ready", ROWS, 0, 2,
    )  # fmt: skip
    place.call(ACCEPT)
    died(place, IN_THE_WRITING)
    found = shown(place)
    # Killed while it wrote: the version is not there, and neither is the decision.
    assert (found["state"], found["versions"], found["job"]) == ("ready", 1, "running")
    with place.worker() as fourth:
        wait(lambda: shown(place)["job"] == "done", fourth)
    found = shown(place)
    assert (found["state"], found["versions"], found["attempt"]) == ("accepted", 2, 2)
    lines, origins, last, _ = json.loads(place.call(CHECK))
    assert (lines, origins, last) == (ROWS + 1, ROWS, f"upload-1:{ROWS + 1}")


def died(place: Place, before: str) -> None:
    """A worker takes the job and is killed in the middle of it."""
    with place.worker(before) as worker:
        assert worker.wait(timeout=LIFE_SECONDS) == -signal.SIGKILL
