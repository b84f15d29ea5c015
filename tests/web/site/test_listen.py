"""Workers of the server: replaced when ended, not for ever; said when they answer; ended in order.

The application is a few lines in a file: what counts is who starts and ends it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from vatra.web.site.listen import answers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")

CODE = """
import sys
from vatra.web.site import listen
listen.APPLICATION, listen.REST_SECONDS = "tiny:application", 0.1
sys.exit(listen.listen("127.0.0.1", int(sys.argv[1]), 2, "en", "Open it."))
"""
TINY = """
import os, time
from pathlib import Path
if Path("broken").exists():
    raise RuntimeError("no settings")
time.sleep(0.3)
def application(environ, start):
    start("200 OK", [])
    return [str(os.getpid()).encode()]
"""


@contextmanager
def listening(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    (folder / "tiny.py").write_text(TINY)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, str(port)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), *sys.path])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process, port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def workers(server: int) -> list[int]:
    return [
        int(each) for each in Path(f"/proc/{server}/task/{server}/children").read_text().split()
    ]


def is_gone(pid: int) -> bool:
    path = Path(f"/proc/{pid}/stat")
    return not path.exists() or path.read_text().rpartition(")")[2].split()[0] == "Z"


def until(holds: object, *args: object) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if holds(*args):  # type: ignore[operator]
            return
        time.sleep(0.05)
    raise AssertionError("never came about")


def test_workers_that_are_killed_are_replaced_and_ctrl_c_is_no_failure(tmp_path: Path) -> None:
    with listening(tmp_path) as (process, port):
        assert process.stdout and process.stdout.readline() == "Open it.\n"
        # Said, so it answers: not a moment later.
        assert answers("127.0.0.1", port)
        killed = workers(process.pid)
        assert len(killed) == 2
        for each in killed:
            os.kill(each, signal.SIGKILL)
        until(lambda: len(workers(process.pid)) == 2 and not set(workers(process.pid)) & {*killed})
        until(answers, "127.0.0.1", port)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert int(page.read()) in workers(process.pid)
        # Ctrl-C reaches the workers first: the server itself is held until they have ended.
        now = workers(process.pid)
        os.kill(process.pid, signal.SIGSTOP)
        for each in now:
            os.kill(each, signal.SIGTERM)
        os.kill(process.pid, signal.SIGINT)
        time.sleep(0.5)
        os.kill(process.pid, signal.SIGCONT)
        assert process.wait(10) == 0
        assert all(is_gone(each) for each in now)


def test_workers_that_cannot_start_end_the_server(tmp_path: Path) -> None:
    (tmp_path / "broken").touch()
    with listening(tmp_path) as (process, _):
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    # Nothing answered, so nobody is told to open it.
    assert "Open it." not in output
    assert "no settings" in errors and "No worker can start" in errors


def test_a_worker_that_cannot_start_again_is_tried_three_times(tmp_path: Path) -> None:
    with listening(tmp_path) as (process, port):
        assert process.stdout and process.stdout.readline() == "Open it.\n"
        until(answers, "127.0.0.1", port)
        (tmp_path / "broken").touch()
        time.sleep(0.5)
        os.kill(workers(process.pid)[0], signal.SIGKILL)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    # 1 that ran and was killed, then 3 starts that failed.
    assert errors.count("RuntimeError: no settings") == 3
    assert "No worker can start" in errors
