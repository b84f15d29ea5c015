"""People write into one city at the same time, in real processes: no edit is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.ops.postgres import postgres_server

SCRIPT = Path(__file__).parent / "together.py"


def run(
    data: Path, rows: int, processes: int, threads: int, edits: int, url: str = ""
) -> dict[str, Any]:
    asked = {**os.environ, "VATRA_DATA": str(data), "VATRA_DATABASE_URL": url}
    command = [sys.executable, str(SCRIPT), *map(str, (rows, processes, threads, edits))]
    done = subprocess.run(
        command, env=asked, capture_output=True, text=True, timeout=1800, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def all_kept(count: int) -> dict[str, Any]:
    # Each is a version of its own and a line in the log, on top of the one it began with.
    return {"answers": {"302": count}, "kept": count, "versions": count + 1, "logged": count}


@pytest.mark.slow
def test_two_people_at_once_lose_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, 10, 1, 2, 10) == all_kept(20)


@pytest.fixture
def postgres() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.mark.slow
def test_a_thousand_edits_at_once_lose_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, 400, 4, 2, 125) == all_kept(1000)


@pytest.mark.slow
def test_a_thousand_edits_at_once_lose_nothing_on_postgresql(tmp_path: Path, postgres: str) -> None:
    assert run(tmp_path, 400, 4, 2, 125, postgres) == all_kept(1000)
