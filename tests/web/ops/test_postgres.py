"""The tests of the web wing that touch the database, run again on a real PostgreSQL."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.ops.postgres import postgres_server

ROOT = Path(__file__).resolve().parents[3]
# What starts a browser, a server or many processes of its own is about other things.
CHOSEN = "not slow and not browser and not sqlite"


@pytest.mark.slow
@pytest.mark.web
def test_the_web_tests_pass_on_postgresql() -> None:
    with postgres_server() as url:
        # An inner run is no worker of the outer one.
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "SLOW", "CI"))}
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-m", CHOSEN, "-x"]
        command += ["-p", "no:cacheprovider", "-p", "tests.web.ops.touching", "tests/web"]
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
