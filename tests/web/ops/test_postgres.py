"""The tests of the web wing that touch the database, run again on a real PostgreSQL."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.web.ops.conftest import Installation
from tests.web.ops.postgres import postgres_server
from tests.web.ops.test_backup import END, RESTORE

ROOT = Path(__file__).resolve().parents[3]
# What starts a browser, a server or many processes of its own is about other things.
CHOSEN = "not slow and not browser and not sqlite"


# Two halves of about the same length, one for each core; each app stands in one of them.
HALVES = (
    ("base", "people", "ops", "jobs", "workspace", "evidence", "search", "progress", "monitoring"),
    ("cities", "blocks", "contracts", "lint", "pathways", "investment", "editing", "drafting",
     "publication", "api", "desk"),
)  # fmt: skip
# They ask the same of every address, whatever database answers: that is seen on SQLite.
ASIDE = {"site", "security", "browser", "journeys", "faults"}


def test_every_app_is_in_one_half() -> None:
    folders = {each.parent.name for each in (ROOT / "tests" / "web").glob("*/test_*.py")}
    assert folders - ASIDE == {*HALVES[0], *HALVES[1]}


@pytest.mark.slow
@pytest.mark.web
@pytest.mark.parametrize("half", HALVES, ids=("first", "second"))
def test_the_web_tests_pass_on_postgresql(half: tuple[str, ...]) -> None:
    with postgres_server() as url:
        # An inner run is no worker of the outer one.
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "SLOW", "CI"))}
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-m", CHOSEN, "--maxfail=20"]
        command += ["-p", "no:cacheprovider", "-p", "tests.web.ops.touching"]
        command += [f"tests/web/{each}" for each in half]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=plain | {"VATRA_DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None and int(passed[1]) > 100


@pytest.mark.slow
@pytest.mark.web
def test_a_backup_moves_between_sqlite_and_postgresql(backup: Path, tmp_path: Path) -> None:
    with postgres_server() as url:
        server = Installation(tmp_path / "server", url)
        code = RESTORE + "restore.set_counters = die" + END
        server.python(code, backup, code_wanted=-signal.SIGKILL)
        server.admin("restore", backup)
        assert server.as_json("check")["ok"]
        server.admin("backup", tmp_path / "server.zip")
        assert "3 entries" in server.admin("check")
        other = Installation(tmp_path / "other", url)
        assert "is not empty" in other.admin("restore", backup, code=1)
        assert not other.data.exists()
        # A number that was given once is not given again.
        server.admin("register", server.data / "cities" / "cluj-napoca")
    desk = Installation(tmp_path / "desk")
    desk.admin("restore", tmp_path / "server.zip")
    assert desk.as_json("check")["ok"]
    with zipfile.ZipFile(backup) as first, zipfile.ZipFile(tmp_path / "server.zip") as second:
        assert first.namelist() == second.namelist()
        same = [name for name in first.namelist() if first.read(name) == second.read(name)]
    assert set(first.namelist()) - set(same) == {"rows/cities.city.jsonl", "manifest.json"}
