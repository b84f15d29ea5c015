"""Cities are added to an installation, which is then served without naming folders."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.web.ops.conftest import Installation

START_SECONDS = 60


@contextmanager
def served(installation: Installation) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "vatra.cli", "serve", "--port", str(port)],
        env=installation.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/ready", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


def wait_for(url: str, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (OSError, urllib.error.URLError):
            assert process.poll() is None, process.stdout and process.stdout.read()
            time.sleep(0.2)
    raise AssertionError("the server did not become ready")


def read(url: str) -> str:
    with urllib.request.urlopen(url) as page:
        return str(page.read().decode())


@pytest.mark.slow
def test_a_restored_installation_is_served_and_counts_what_all_processes_answered(
    backup: Path, tmp_path: Path
) -> None:
    new = Installation(tmp_path / "data")
    new.admin("restore", backup)
    with served(new) as url:
        for _ in range(12):
            assert "1.167.223" in read(f"{url}/ro/cities/cluj-napoca/")
        figures = read(f"{url}/metrics")
    assert 'vatra_requests_total{view="cities:overview",status="2xx"} 12' in figures
    assert "vatra_request_seconds_count 12" in figures


@pytest.mark.slow
def test_a_folder_is_registered_in_a_new_installation(cluj_folder: Path, tmp_path: Path) -> None:
    new = Installation(tmp_path / "data")
    told = new.as_json("register", cluj_folder)
    assert [each["slug"] for each in told["cities"]] == ["cluj-napoca"]
    assert new.data.stat().st_mode & 0o077 == 0
    assert "1 city: its seal holds" in new.admin("check")


@pytest.mark.slow
def test_one_folder_without_a_contract_registers_none(cluj_folder: Path, tmp_path: Path) -> None:
    new = Installation(tmp_path / "data")
    (tmp_path / "empty").mkdir()
    assert "contract.json" in new.admin("register", cluj_folder, tmp_path / "empty", code=1)
    assert "0 cities" in new.admin("check")


@pytest.mark.slow
def test_check_names_what_does_not_hold(cluj_folder: Path, tmp_path: Path) -> None:
    new, folder = Installation(tmp_path / "data"), tmp_path / "cluj"
    shutil.copytree(cluj_folder, folder)
    new.admin("register", folder)
    energy = folder / "pack" / "energy.csv"
    energy.write_text(energy.read_text("utf-8").replace("231941", "231942"), "utf-8")
    # Whoever runs the tests may be allowed to read everything; nobody reads a folder as a file.
    (folder / "pack" / "factors.csv").unlink()
    (folder / "pack" / "factors.csv").mkdir()
    (new.data / "secret-key").write_text("x")
    (new.data / "secret-key").chmod(0o644)
    with sqlite3.connect(new.data / "vatra.sqlite3") as database:
        for verb in ("update", "delete"):
            database.execute(f"DROP TRIGGER base_auditentry_no_{verb}")
        database.execute("UPDATE base_auditentry SET actor = 'nobody' WHERE id = 2")
    database.close()
    found = new.as_json("check", code=1)
    errors = [each for each in found["checks"] if each["severity"] == "error"]
    told = " ".join(each["message"] for each in errors if each["check"] == "cities")
    faults = {each["check"]: each["message"] for each in errors}
    assert "cluj-napoca: not the files that were sealed: energy.csv" in faults["cities"]
    assert "cluj-napoca: files that were sealed cannot be read" in told
    assert "factors.csv" in told
    assert "broken at entry 2" in faults["log"]
    assert "secret-key" in faults["permissions"]
    contract = folder / "contract.json"
    contract.write_text(contract.read_text("utf-8").replace("231941000000", "231942000000", 1))
    assert "the seal of its contract does not hold" in new.admin("check", code=1)


def test_nothing_is_served_where_nothing_is(tmp_path: Path) -> None:
    new = Installation(tmp_path / "data")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = subprocess.run(
        [sys.executable, "-m", "vatra.cli", "serve", "--port", str(port)],
        env=new.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "there is no installation yet" in done.stderr
    assert "vatra admin create" in done.stderr
    assert not new.data.exists()
