"""The whole server in a process of its own: starts, answers, refuses a taken port, ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from vatra.web.serve import ServeError, serve

START_SECONDS = 240
CODE = (
    "import sys; from pathlib import Path; from vatra.web.serve import serve;"
    "serve([Path(each) for each in sys.argv[2:]], port=int(sys.argv[1]))"
)


@contextmanager
def served(folder: Path, data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: text for name, text in os.environ.items() if name != "VATRA_DATA"}
    environment |= {"VATRA_DATA": str(data)}
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, str(port), str(folder)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process)
        yield process, url
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
            with urllib.request.urlopen(f"{url}/health", timeout=1):
                return
        except (OSError, urllib.error.URLError):
            assert process.poll() is None, process.stdout and process.stdout.read()
            time.sleep(0.2)
    raise AssertionError("the server did not start")


@pytest.mark.sqlite
def test_it_serves_pages_and_compressed_files_and_ends_on_ctrl_c(
    cluj_folder: Path, tmp_path: Path
) -> None:
    with served(cluj_folder, tmp_path / "data") as (process, url):
        with urllib.request.urlopen(f"{url}/ro/cities/cluj-napoca/") as page:
            assert "1.167.223" in page.read().decode()
        asked = urllib.request.Request(
            f"{url}/static/dist/main.css", headers={"Accept-Encoding": "gzip"}
        )
        with urllib.request.urlopen(asked) as style:
            assert style.headers["Content-Encoding"] == "gzip"
            assert "default-src 'none'" in style.headers["Content-Security-Policy"]
        assert (tmp_path / "data" / "vatra.sqlite3").is_file()
        # A terminal sends Ctrl-C to the server and to its workers at once.
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=20)
        assert process.returncode == 0, output
        assert "Traceback" not in output


def test_a_taken_port_is_said_with_the_next_step(cluj_folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ServeError) as refused:
            serve([cluj_folder], port=port)
    assert refused.value.message("en") == (
        f"Port {port} on 127.0.0.1 is taken by another program. "
        f"Stop it, or choose another port: --port {port + 1}."
    )
    assert f"--port {port + 1}" in refused.value.message("ro")
